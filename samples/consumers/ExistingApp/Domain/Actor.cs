namespace Workshop;

/// <summary>A machine that moves something.</summary>
public sealed record Actor(string Name);

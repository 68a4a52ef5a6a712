namespace Workshop;

/// <summary>Machines that stand together.</summary>
public sealed record Group(string Name, IReadOnlyList<Actor> Machines);

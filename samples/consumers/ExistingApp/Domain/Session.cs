namespace Workshop;

/// <summary>A time that a machine is booked for.</summary>
public sealed record Session(Actor Machine, DateOnly Day);

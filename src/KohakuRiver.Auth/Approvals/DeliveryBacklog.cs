namespace KohakuRiver.Auth.Stores;

/// <summary>Decisions that the host's scheduler has not accepted yet.</summary>
/// <param name="Count">How many.</param>
/// <param name="OldestDecidedAt">When the oldest was decided, UTC; null for none.</param>
public sealed record DeliveryBacklog(int Count, DateTimeOffset? OldestDecidedAt);

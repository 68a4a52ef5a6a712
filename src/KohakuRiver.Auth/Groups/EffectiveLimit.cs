namespace KohakuRiver.Auth;

/// <summary>One quota in force for a user: the most generous value among the user's groups.</summary>
/// <param name="Key">The quota's name, for instance <c>max_tasks</c>.</param>
/// <param name="Value">The value in force.</param>
/// <param name="Group">The group it comes from; the first by name where several have the same value.</param>
public sealed record EffectiveLimit(string Key, long Value, GroupRef Group);

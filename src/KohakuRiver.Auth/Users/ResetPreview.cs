namespace KohakuRiver.Auth;

/// <summary>What a reset code is good for.</summary>
/// <param name="Username">Whose password it sets.</param>
/// <param name="ExpiresAt">Until when, UTC.</param>
public sealed record ResetPreview(string Username, DateTimeOffset ExpiresAt);

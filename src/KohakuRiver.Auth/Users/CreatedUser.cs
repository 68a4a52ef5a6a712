namespace KohakuRiver.Auth;

/// <summary>A user without a password, and the code by which the person sets one.</summary>
/// <param name="User">The user.</param>
/// <param name="Code">The code; its secret is not available again.</param>
public sealed record CreatedUser(UserDetails User, CreatedCode Code);

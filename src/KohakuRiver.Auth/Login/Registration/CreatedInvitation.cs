namespace KohakuRiver.Auth;

/// <summary>An invitation just created. The code appears here once; the store has its hash.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Secret">Its code.</param>
public sealed record CreatedInvitation(Invitation Invitation, SecretText Secret);

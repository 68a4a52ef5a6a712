namespace KohakuRiver.Auth;

/// <summary>Registration: with an invitation, as first admin, or where registration is open.</summary>
public interface IRegistrationService
{
    /// <summary>
    /// Creates an account and logs in. An invitation grants exactly its role and group; the register secret and the setup
    /// code create the first admin and stop working once one exists. A refusal does not use up the code. Refusals: Invalid (fields; bad,
    /// used or expired code), Forbidden (wrong or disabled secret; open registration before an admin exists), Conflict (name taken),
    /// Throttled, Busy.
    /// </summary>
    Task<KohakuResult<LoginResult>> RegisterAsync(RegisterCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// What an invitation would grant, for the registration page. Counts unknown codes like a registration
    /// does. Refusals: Invalid (<c>invitation_code</c>: not valid, or no longer), Throttled.
    /// </summary>
    Task<KohakuResult<InvitationPreview>> PreviewInvitationAsync(
        string code, string? address, CancellationToken cancellationToken = default);

    /// <summary>Whether anyone may register without a code: the setting allows it, and an admin already exists.</summary>
    ValueTask<bool> IsOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>True while no user is an admin, so the first one has yet to be created.</summary>
    ValueTask<bool> IsSetupRequiredAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates a new setup code (24 hours, one use) in place of the last one; null when an admin already exists, a register secret is
    /// configured, or authentication is off. A web host calls it at each start; the plain text appears here once.
    /// </summary>
    Task<SecretText?> CreateSetupCodeAsync(CancellationToken cancellationToken = default);
}

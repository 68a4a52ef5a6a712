namespace KohakuRiver.Auth;

/// <summary>Making one's own account: with an invitation, as first admin, or where registration is open.</summary>
public interface IRegistrationService
{
    /// <summary>
    /// Makes an account and logs in. An invitation gives exactly its role and group; the register secret and the set-up
    /// code make the first admin and are dead once there is one. A refusal takes no use of the code. Refusals: Invalid (fields; bad,
    /// used or expired code), Forbidden (wrong or dead secret; open registration before there is an admin), Conflict (name taken),
    /// Throttled, Busy.
    /// </summary>
    Task<KohakuResult<LoginResult>> RegisterAsync(RegisterCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// What an invitation would give, for the page that asks for a name and password. Counts unknown codes like a registration
    /// does. Refusals: Invalid (<c>invitation_code</c>: not good, or not any more), Throttled.
    /// </summary>
    Task<KohakuResult<InvitationPreview>> PreviewInvitationAsync(
        string code, string? address, CancellationToken cancellationToken = default);

    /// <summary>Whether anybody may make an account without a code: the setting says so, and there is an admin already.</summary>
    ValueTask<bool> IsOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>True while no user is an admin, so that the first one is still to be made.</summary>
    ValueTask<bool> IsSetupRequiredAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a new set-up code (24 hours, one use) in place of the last one; null when there is an admin already, a register secret is
    /// configured, or authentication is off. A web host calls it at each start; the plain text appears here once.
    /// </summary>
    Task<SecretText?> CreateSetupCodeAsync(CancellationToken cancellationToken = default);
}

using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>Finds out what the code of a registration is for. An early check; the guards are in the stores' verbs.</summary>
internal sealed class RegistrationCodes(
    IInvitationStore invitations, ICodeStore codes, IUserStore users, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    /// <summary>The refusal for a code that is unknown or no longer valid.</summary>
    internal static Refusal Invalid(string field) =>
        Refusal.Field(field, "This invitation is not valid: it is unknown, used up, expired or revoked.");

    /// <summary>The refusal for an unknown code. What lists show of one gets a sentence of its own, but counts as a guess, too.</summary>
    internal static Refusal Unknown(string field, string code) => ShortCode.Looks(code)
        ? Refusal.Field(
            field, "This is only the beginning of an invitation code, as lists show it. The whole code is shown once, when the invitation "
                + "is created: ask for a new invitation.")
        : Invalid(field);

    /// <summary>The refusal for an unknown code, in the field that held it.</summary>
    internal static Refusal Unknown(RegisterCommand command) =>
        command.InvitationCode is { } code ? Unknown(nameof(command.InvitationCode), code)
        : command.RegisterSecret is not null ? Refusals.RegisterSecretDead
        : Unknown(nameof(command.AnyCode), command.AnyCode!);

    /// <summary>The code as this host once created it, valid or not; null when the command has none.</summary>
    /// <remarks>The query parameter of older clients may hold a code of any kind; its shape tells which.</remarks>
    internal async Task<RegistrationWay?> FindAsync(RegisterCommand command, CancellationToken cancellationToken)
    {
        if (command.InvitationCode is { } invitation)
        {
            return await FindInvitationAsync(invitation, nameof(command.InvitationCode), cancellationToken);
        }

        return command.RegisterSecret is { } secret
            ? await FindSetupCodeAsync(secret, Refusals.RegisterSecretDead, cancellationToken)
            : await FindInvitationAsync(command.AnyCode!, nameof(command.AnyCode), cancellationToken) ?? await FindSetupCodeAsync(
                command.AnyCode!, Invalid(nameof(command.AnyCode)), cancellationToken);
    }

    /// <summary>The invitation of a code, open or not; null for an unknown one.</summary>
    internal async Task<RegistrationWay?> FindInvitationAsync(string code, string field, CancellationToken cancellationToken)
    {
        if ((!SecretText.TryParse(SecretKind.Invitation, code, out var secret) && !SecretText.TryParseForeignInvitation(code, out secret))
            || await invitations.FindAsync(secret.Hash(), cancellationToken) is not { } invitation)
        {
            return null;
        }

        return new RegistrationWay
        {
            Role = invitation.Role,
            Invitation = invitation,
            Code = secret,
            Field = field,
            Refusal = invitation.IsOpen(clock.GetInstant()) ? null : Invalid(field),
        };
    }

    private async Task<RegistrationWay?> FindSetupCodeAsync(string sent, Refusal expired, CancellationToken cancellationToken)
    {
        if (!SecretText.TryParse(SecretKind.Setup, sent, out var secret)
            || await codes.FindAsync(secret.Hash(), cancellationToken) is not { Purpose: CodePurpose.Setup } code)
        {
            return null;
        }

        return clock.GetInstant() < code.ExpiresAt
            ? await FirstAdminAsync(secret, cancellationToken)
            : new RegistrationWay { Refusal = expired };
    }

    /// <summary>The way of the configured register secret, valid or not; null when the command does not have it.</summary>
    internal async Task<RegistrationWay?> FindRegisterSecretAsync(RegisterCommand command, CancellationToken cancellationToken)
    {
        var sent = command.InvitationCode is null ? command.RegisterSecret ?? command.AnyCode : null;
        return sent is not null && CredentialService.Matches(sent, options.Value.AdminRegisterSecret)
            ? await FirstAdminAsync(null, cancellationToken)
            : null;
    }

    private async Task<RegistrationWay> FirstAdminAsync(SecretText? setupCode, CancellationToken cancellationToken) => new()
    {
        Role = Role.Admin,
        IsFirstAdmin = true,
        Code = setupCode,
        Refusal = await users.AnyAdminAsync(cancellationToken) ? Refusals.RegisterSecretDead : null,
    };
}

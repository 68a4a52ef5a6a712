using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IAccountService" />
internal sealed class AccountService(
    IUserStore users, IAccountStore accounts, ISessionStore sessions, ICodeStore codes, PasswordConfirmation confirmation,
    PasswordSetter passwords, AttemptThrottle throttle, AuditService audit, IOptions<KohakuAuthOptions> options, TimeProvider clock)
    : IAccountService
{
    private readonly KohakuAuthOptions options = options.Value;

    /// <inheritdoc />
    public async Task<KohakuResult<UserDetails>> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.SeeOneself(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        return await users.FindDetailsAsync(actor.Id!.Value, clock.GetInstant(), cancellationToken) is { } user
            ? user
            : Refusals.Unauthenticated;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<UserDetails>> UpdateAsync(
        Actor actor, UpdateAccountCommand change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        // Nothing at all is a name that was forgotten: that is what older clients send.
        var (name, language) = (change.DisplayName, change.Language);
        var fault = new FieldFaults()
            .Add(nameof(change.DisplayName), name is null && language is not null ? null : FieldRules.DisplayName(name))
            .Add(nameof(change.Language), string.IsNullOrEmpty(language) ? null : LanguageTag.Fault(language))
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var now = clock.GetInstant();
        var what = (name, language) switch { (_, null) => "display name", (null, _) => "language", _ => "display name, language" };
        var entry = AuditEntries.By(actor, now, AuditActions.UserUpdate).On("user", actor.Id, actor.Username).With(what);
        var result = await accounts.TryUpdateUserAsync(
            actor.Id!.Value,
            new UserChange
            {
                DisplayName = name?.Trim(),
                Language = string.IsNullOrEmpty(language) ? language : LanguageTag.Canonical(language),
            },
            now,
            AuthorizedWrite.By(actor, entry),
            cancellationToken);
        return result.IsDone ? result.Value : result.Status.OfActor() ?? Refusals.Unauthenticated;
    }

    /// <inheritdoc />
    public async Task<KohakuResult> ChangePasswordAsync(
        Actor actor, string? currentPassword, string? newPassword, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.ChangeOwnPassword(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var fault = new FieldFaults()
            .Add(Fields.CurrentPassword, string.IsNullOrEmpty(currentPassword) ? "The current password is needed." : null)
            .Add(passwords.CheckFormat(Fields.NewPassword, newPassword, actor.Username))
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var verified = await confirmation.VerifyAsync(actor, currentPassword, AuditActions.PasswordChange, cancellationToken);
        if (!verified.IsSuccess)
        {
            return verified.Refusal;
        }

        // Said only to whoever knows the current one.
        if (PasswordText.AreSame(currentPassword!, newPassword!))
        {
            return Refusal.Field(Fields.NewPassword, Refusals.SamePassword);
        }

        var hash = await passwords.HashAsync(Fields.NewPassword, newPassword, actor.Username, actor, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.PasswordChange).On("user", actor.Id, actor.Username);
        var status = await accounts.TryChangePasswordAsync(
            actor.Id!.Value, verified.Value, hash.Value, actor.OwnSessionId ?? 0, AuthorizedWrite.By(actor, entry), cancellationToken);
        return status.ToOutcome(Refusals.PasswordChanged);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> ConfirmPasswordAsync(
        Actor actor, string? currentPassword, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccountBySession(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        return await confirmation.VerifyAsync(actor, currentPassword, AuditActions.PasswordConfirm, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<ResetPreview>> PreviewResetAsync(
        string? code, ClientInfo client, CancellationToken cancellationToken = default)
    {
        if (!options.Enabled)
        {
            return Refusals.AuthOff;
        }

        if (await FindResetAsync(code, cancellationToken) is not { User: { } owner } found)
        {
            return await CountGuessAsync(client, cancellationToken);
        }

        return clock.GetInstant() < found.ExpiresAt ? new ResetPreview(owner.Username, found.ExpiresAt) : BadResetCode;
    }

    /// <inheritdoc />
    public async Task<KohakuResult> ResetPasswordAsync(
        string? code, string? newPassword, ClientInfo client, CancellationToken cancellationToken = default)
    {
        if (!options.Enabled)
        {
            return Refusals.AuthOff;
        }

        var fault = new FieldFaults()
            .Add(Fields.Code, string.IsNullOrEmpty(code) ? "A code is needed." : null)
            .Add(passwords.CheckFormat(Fields.NewPassword, newPassword, null))
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        if (await FindResetAsync(code, cancellationToken) is not { User: { } owner } found)
        {
            return await CountGuessAsync(client, cancellationToken);
        }

        if (clock.GetInstant() >= found.ExpiresAt)
        {
            return await RefuseResetAsync(owner, client, "expired code");
        }

        // Whoever chose the password for somebody has not been replaced by a link with which it is only set again.
        var replaced = await users.FindPasswordAsync(owner.Id, cancellationToken) is { User.MustChangePassword: true } record
            ? record.PasswordHash
            : null;
        var hash = await passwords.HashAsync(Fields.NewPassword, newPassword, owner.Username, client, replaced, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var result = await accounts.TryResetPasswordAsync(
            found.Hash, hash.Value, clock.GetInstant(), AuthorizedWrite.WithoutCredential(ResetEntry(owner, client)), cancellationToken);
        return result.IsDone ? KohakuResult.Success : await RefuseResetAsync(owner, client, "used or expired code");
    }

    /// <inheritdoc />
    public async Task<KohakuResult<OwnSessions>> ListSessionsAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        return decision.IsAllowed
            ? new OwnSessions(
                await sessions.ListAsync(actor.Id!.Value, clock.GetInstant(), cancellationToken),
                actor.OwnSessionId)
            : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult> EndSessionAsync(Actor actor, long sessionId, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.SessionEnd).On("session", sessionId, null);
        var status = await sessions.TryEndAsync(sessionId, actor.Id!.Value, AuthorizedWrite.By(actor, entry), cancellationToken);
        return status.ToOutcome(Refusals.Hidden);
    }

    private static Refusal BadResetCode => Refusal.Field(Fields.Code, "This reset link is not valid: it is unknown, used or expired.");

    private async Task<OneUseCode?> FindResetAsync(string? code, CancellationToken cancellationToken) =>
        SecretText.TryParse(SecretKind.PasswordReset, code, out var secret)
        && await codes.FindAsync(secret.Hash(), cancellationToken) is { Purpose: CodePurpose.PasswordReset } found
            ? found
            : null;

    // Only what is unknown is a guess: 256 random bits need no limit, but a caller who tries others should be slowed down and seen.
    private async Task<Refusal> CountGuessAsync(ClientInfo client, CancellationToken cancellationToken)
    {
        var (throttled, _) = await throttle.TryTakeAsync(AttemptKind.Code, client.Address, cancellationToken);
        if (throttled is not null)
        {
            return throttled;
        }

        await audit.RecordAsync(ResetEntry(null, client).Ended(AuditOutcome.Failure, "unknown code"));
        return BadResetCode;
    }

    private async Task<Refusal> RefuseResetAsync(UserRef owner, ClientInfo client, string why)
    {
        await audit.RecordAsync(ResetEntry(owner, client).Ended(AuditOutcome.Failure, why));
        return BadResetCode;
    }

    private AuditEntry ResetEntry(UserRef? owner, ClientInfo client)
    {
        var actor = Actor.Anonymous with { Id = owner?.Id, Username = owner?.Username ?? Actor.AnonymousName, Address = client.Address };
        return AuditEntries.By(actor, clock.GetInstant(), AuditActions.PasswordReset).On("user", owner?.Id, owner?.Username);
    }
}

using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>One's own account. The master secret and switched-off authentication have none: Forbidden.</summary>
public sealed class AccountService
{
    private readonly IUserStore users;
    private readonly IAccountStore accounts;
    private readonly ISessionStore sessions;
    private readonly ICodeStore codes;
    private readonly PasswordChecker checker;
    private readonly PasswordSetter passwords;
    private readonly AttemptThrottle throttle;
    private readonly AuditService audit;
    private readonly KohakuAuthOptions options;
    private readonly TimeProvider clock;

    internal AccountService(
        IUserStore users, IAccountStore accounts, ISessionStore sessions, ICodeStore codes, PasswordChecker checker, PasswordSetter passwords,
        AttemptThrottle throttle, AuditService audit, IOptions<KohakuAuthOptions> options, TimeProvider clock)
    {
        this.users = users;
        this.accounts = accounts;
        this.sessions = sessions;
        this.codes = codes;
        this.checker = checker;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
        this.options = options.Value;
        this.clock = clock;
    }

    /// <summary>The actor's own user. Refusals: Unauthenticated, Forbidden (no account).</summary>
    public async Task<Outcome<UserDetails>> GetAsync(Actor actor, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        return await users.FindDetailsAsync(actor.Id!.Value, clock.GetInstant(), ct) is { } user ? user : Refusals.Unauthenticated;
    }

    /// <summary>Sets one's display name. Refusals: Invalid (<c>display_name</c>), Forbidden (no account).</summary>
    public async Task<Outcome<UserDetails>> SetDisplayNameAsync(Actor actor, string? displayName, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (FieldRules.DisplayName(displayName) is { } fault)
        {
            return Refusal.Field("display_name", fault);
        }

        var now = clock.GetInstant();
        var entry = AuditEntries.By(actor, now, AuditActions.UserUpdate).On("user", actor.Id, actor.Username).With("display name");
        var result = await accounts.TryUpdateUserAsync(actor.Id!.Value, new UserChange { DisplayName = displayName!.Trim() }, now, AuthorizedWrite.By(actor, entry), ct);
        return result.IsDone ? result.Value : result.Status.OfActor() ?? Refusals.Unauthenticated;
    }

    /// <summary>
    /// Changes one's password: needs a session and the current password, ends the other sessions, keeps the tokens. A wrong
    /// current password counts like a failed login. Refusals: Invalid (<c>current_password</c>, <c>new_password</c>),
    /// Forbidden (no account, a token), Conflict (changed elsewhere meanwhile), Throttled, Busy.
    /// </summary>
    public async Task<Outcome<Unit>> ChangePasswordAsync(Actor actor, string? currentPassword, string? newPassword, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccountBySession(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var fault = new FieldFaults()
            .Add("current_password", string.IsNullOrEmpty(currentPassword) ? "The current password is needed." : null)
            .Add(passwords.CheckFormat("new_password", newPassword, actor.Username))
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var verified = await VerifyCurrentAsync(actor, currentPassword!, AuditActions.PasswordChange, ct);
        if (!verified.IsSuccess)
        {
            return verified.Refusal;
        }

        var hash = await passwords.HashAsync("new_password", newPassword, actor.Username, actor, ct);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.PasswordChange).On("user", actor.Id, actor.Username);
        var status = await accounts.TryChangePasswordAsync(
            actor.Id!.Value, verified.Value, hash.Value, actor.CredentialId ?? 0, AuthorizedWrite.By(actor, entry), ct);
        return status.ToOutcome(new Refusal(RefusalKind.Conflict, "The password was changed elsewhere meanwhile."));
    }

    /// <summary>
    /// Asks the actor's own password again before something that cannot be taken back. A wrong one counts like a failed login.
    /// Refusals: Invalid (<c>current_password</c>), Forbidden (no account, a token), Throttled, Busy.
    /// </summary>
    public async Task<Outcome<Unit>> ConfirmPasswordAsync(Actor actor, string? currentPassword, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccountBySession(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (string.IsNullOrEmpty(currentPassword))
        {
            return Refusal.Field("current_password", "Your own password is needed for this.");
        }

        var verified = await VerifyCurrentAsync(actor, currentPassword, AuditActions.PasswordConfirm, ct);
        return verified.IsSuccess ? default(Unit) : verified.Refusal;
    }

    /// <summary>
    /// Sets a new password by a reset code, which is used up; ends all sessions and tokens of its user. Refusals: Invalid
    /// (<c>code</c>, <c>new_password</c>), Throttled, Busy.
    /// </summary>
    public async Task<Outcome<Unit>> ResetPasswordAsync(string? code, string? newPassword, ClientInfo client, CancellationToken ct = default)
    {
        if (!options.Enabled)
        {
            return Refusals.AuthOff;
        }

        var fault = new FieldFaults()
            .Add("code", string.IsNullOrEmpty(code) ? "A code is needed." : null)
            .Add(passwords.CheckFormat("new_password", newPassword, null))
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        var found = SecretText.TryParse(SecretKind.PasswordReset, code, out var secret) ? await codes.FindAsync(secret.Hash(), ct) : null;
        if (found is not { Purpose: CodePurpose.PasswordReset, User: { } owner })
        {
            // Only what is unknown is a guess: 256 random bits need no limit, but whoever tries others should be slowed and seen.
            var (throttled, _) = await throttle.TryTakeAsync(AttemptKind.Code, client.Address, ct);
            if (throttled is not null)
            {
                return throttled;
            }

            await audit.RecordAsync(ResetEntry(null, client).Ended(AuditOutcome.Failure, "unknown code"));
            return BadResetCode;
        }

        if (clock.GetInstant() >= found.ExpiresAt)
        {
            return await RefuseResetAsync(owner, client, "expired code");
        }

        var hash = await passwords.HashAsync("new_password", newPassword, owner.Username, client, ct);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var result = await accounts.TryResetPasswordAsync(
            found.Hash, hash.Value, clock.GetInstant(), AuthorizedWrite.WithoutCredential(ResetEntry(owner, client)), ct);
        return result.IsDone ? default(Unit) : await RefuseResetAsync(owner, client, "used or expired code");
    }

    /// <summary>One's sessions that are alive, newest first.</summary>
    public async Task<Outcome<OwnSessions>> ListSessionsAsync(Actor actor, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        return decision.IsAllowed
            ? new OwnSessions(await sessions.ListAsync(actor.Id!.Value, clock.GetInstant(), ct), actor.Kind == ActorKind.Session ? actor.CredentialId : null)
            : decision.Refusal;
    }

    /// <summary>Ends one of one's sessions. Refusals: Hidden (not there, or not one's own).</summary>
    public async Task<Outcome<Unit>> EndSessionAsync(Actor actor, long sessionId, CancellationToken ct = default)
    {
        var decision = AccessRules.OwnAccount(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.SessionEnd).On("session", sessionId, null);
        var status = await sessions.TryEndAsync(sessionId, actor.Id!.Value, AuthorizedWrite.By(actor, entry), ct);
        return status.ToOutcome(Refusals.Hidden);
    }

    private static Refusal BadResetCode => Refusal.Field("code", "This reset link is not valid: it is unknown, used or expired.");

    private async Task<Outcome<string>> VerifyCurrentAsync(Actor actor, string currentPassword, string action, CancellationToken ct)
    {
        var check = await checker.CheckAsync(
            actor.Address, actor.Username, currentPassword, c => users.FindPasswordAsync(actor.Id!.Value, c), ct);
        if (check.Refusal is { } refusal)
        {
            return refusal;
        }

        if (check.VerifiedHash is { } hash)
        {
            // Here and not with the change: the new password may yet be refused, and that is no failure to log in.
            await users.ClearLoginFailuresAsync(actor.Id!.Value, ct);
            return hash;
        }

        if (check.Record is null)
        {
            // Deleted since the request was let in: nobody is left whose password could be wrong.
            return Refusals.Unauthenticated;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), action).On("user", actor.Id, actor.Username);
        await audit.RecordAsync(entry.Ended(AuditOutcome.Failure, check.WasLocked ? "locked" : "wrong current password"));
        return Refusal.Field("current_password", "The current password is wrong.");
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

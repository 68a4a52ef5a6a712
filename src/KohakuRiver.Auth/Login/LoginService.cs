using System.Diagnostics;
using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="ILoginService" />
internal sealed class LoginService(
    IUserStore users, IAccountStore accounts, ISessionStore sessions, PasswordChecker passwords, SessionMaker sessionMaker,
    AuditService audit, AuthMetrics metrics, IOptions<KohakuAuthOptions> options, TimeProvider clock, IFormerNames? formerNames = null)
    : ILoginService
{
    private readonly KohakuAuthOptions options = options.Value;

    /// <inheritdoc />
    public async Task<KohakuResult<LoginResult>> LogInAsync(
        string? username, string? password, ClientInfo client, CancellationToken cancellationToken = default)
    {
        using var activity = Activities.Login.Start();
        try
        {
            var (outcome, end) = await TryLogInAsync(username, password, client, activity, cancellationToken);
            activity?.SetTag(Instruments.LoginOutcome.Name, Instruments.LoginOutcome[end]);
            metrics.LoginEnded(end);
            return outcome;
        }
        catch (Exception e) when (Fail(activity, e))
        {
            throw;
        }
    }

    /// <inheritdoc />
    public async Task LogOutAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (actor is { Id: { } userId, OwnSessionId: { } sessionId })
        {
            var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.Logout).On("session", sessionId, null);
            await sessions.TryEndAsync(sessionId, userId, AuthorizedWrite.By(actor, entry), cancellationToken);
        }
    }

    private async Task<(KohakuResult<LoginResult> Outcome, LoginOutcome End)> TryLogInAsync(
        string? username, string? password, ClientInfo client, Activity? activity, CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            return (Refusals.AuthOff, LoginOutcome.Off);
        }

        var missing = new FieldFaults()
            .Add(Fields.Username, string.IsNullOrEmpty(username) ? "A username is needed." : null)
            .Add(Fields.Password, string.IsNullOrEmpty(password) ? "A password is needed." : null)
            .ToRefusal();
        if (missing is not null)
        {
            return (missing, LoginOutcome.Invalid);
        }

        // What cannot be a username is looked up as none, so that it gets the answer of an unknown one.
        var name = FieldRules.Username(username) is null ? username : null;
        var isFormer = false;
        var check = await passwords.CheckAsync(
            client.Address,
            name,
            password!,
            async c =>
            {
                var known = name is null ? null : await users.FindPasswordAsync(name, c);

                // Also where the name is known: otherwise the time would tell which names are.
                var former = formerNames is null ? null : await formerNames.FindPasswordAsync(username!, c);
                isFormer = known is null && former is not null;
                return known ?? former;
            },
            cancellationToken);
        if (check.Refusal is { } refusal)
        {
            return (refusal, refusal.Kind == RefusalKind.Throttled ? LoginOutcome.Throttled : LoginOutcome.QueueFull);
        }

        if (check.Record is not { } record || check.VerifiedHash is null)
        {
            return check.WasLocked
                ? await FailAsync(check.Record?.User, client, "locked", LoginOutcome.Locked)
                : await FailAsync(check.Record?.User, client, "wrong username or password");
        }

        activity?.SetTag(Activities.UserId, record.User.Id.ToString(CultureInfo.InvariantCulture));
        if (!record.User.IsActive)
        {
            await users.ClearLoginFailuresAsync(record.User.Id, cancellationToken);
            await audit.RecordAsync(By(record.User, client).Ended(AuditOutcome.Refused, "account disabled"));
            return (Refusals.AccountDisabled, LoginOutcome.Disabled);
        }

        if (isFormer)
        {
            await users.ClearLoginFailuresAsync(record.User.Id, cancellationToken);
            await audit.RecordAsync(By(record.User, client).Ended(AuditOutcome.Refused, "logged in with a former name"));
            return (Refusals.Renamed(record.User.Username), LoginOutcome.Renamed);
        }

        return await FinishAsync(record.User, check.VerifiedHash, client, cancellationToken);
    }

    private async Task<(KohakuResult<LoginResult> Outcome, LoginOutcome End)> FinishAsync(
        User user, string verifiedHash, ClientInfo client, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var (session, secret) = await sessionMaker.PrepareAsync(client, now, cancellationToken);
        var result = await accounts.TryLogInAsync(
            user.Id, verifiedHash, session, AuthorizedWrite.WithoutCredential(By(user, client)), cancellationToken);

        // Lost means the password or the account changed during this login.
        return result.IsDone
            ? (new LoginResult(result.Value.User, result.Value.Session, secret), LoginOutcome.Success)
            : await FailAsync(user, client, "the account changed in the meantime");
    }

    private async Task<(KohakuResult<LoginResult> Outcome, LoginOutcome End)> FailAsync(
        User? user, ClientInfo client, string why, LoginOutcome end = LoginOutcome.BadCredentials)
    {
        await audit.RecordAsync(ByStranger(user, client).Ended(AuditOutcome.Failure, why));
        return (Refusals.WrongLogin, end);
    }

    // For an exception filter. A client that hung up is not an error.
    private bool Fail(Activity? activity, Exception e)
    {
        if (e is not OperationCanceledException)
        {
            metrics.LoginEnded(LoginOutcome.Error);
            activity?.SetTag(Instruments.LoginOutcome.Name, Instruments.LoginOutcome[LoginOutcome.Error]);
        }

        return activity.Fail(e);
    }

    private AuditEntry By(User user, ClientInfo client) =>
        AuditEntries
            .By(
                Actor.Anonymous with { Id = user.Id, Username = user.Username, Address = client.Address },
                clock.GetInstant(),
                AuditActions.Login)
            .On(user);

    // A caller who has not proven the password is not the user: the account is the target. An unknown name may be a
    // password typed into the wrong field, so it is not recorded.
    private AuditEntry ByStranger(User? user, ClientInfo client)
    {
        var entry = AuditEntries.By(Actor.Anonymous with { Address = client.Address }, clock.GetInstant(), AuditActions.Login);
        return user is null ? entry.On("user", (long?)null, "(unknown)") : entry.On(user);
    }
}

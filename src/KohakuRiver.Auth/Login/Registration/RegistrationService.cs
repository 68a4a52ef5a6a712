using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IRegistrationService" />
internal sealed class RegistrationService(
    IAccountStore accounts, IUserStore users, RegistrationCodes codes, AttemptThrottle throttle, PasswordSetter passwords,
    SessionMaker sessions, ISettingsService settings, SetupService setup, AuditService audit, AuthMetrics metrics,
    IOptions<KohakuAuthOptions> options, TimeProvider clock)
    : IRegistrationService
{
    private readonly KohakuAuthOptions options = options.Value;

    /// <inheritdoc />
    public async Task<KohakuResult<LoginResult>> RegisterAsync(RegisterCommand command, CancellationToken cancellationToken = default)
    {
        try
        {
            var outcome = await TryRegisterAsync(command, cancellationToken);
            metrics.RegistrationEnded(EndOf(outcome.Refusal?.Kind));
            return outcome;
        }
        catch (Exception e) when (CountError(e))
        {
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<KohakuResult<InvitationPreview>> PreviewInvitationAsync(
        string code, string? address, CancellationToken cancellationToken = default)
    {
        const string field = nameof(RegisterCommand.InvitationCode);
        if (await codes.FindInvitationAsync(code, field, cancellationToken) is not { Invitation: { } invitation } way)
        {
            var (throttled, _) = await throttle.TryTakeAsync(AttemptKind.Code, address, cancellationToken);
            return throttled ?? RegistrationCodes.Unknown(field, code);
        }

        if (way.Refusal is { } closed)
        {
            return closed;
        }

        // Using the code checks again, in its own transaction; this saves people a form that cannot succeed.
        var maker = invitation.CreatedById is { } makerId ? await users.FindAsync(makerId, cancellationToken) : null;
        return invitation.CreatedById is null || (maker is { IsActive: true } && maker.Role >= AccessRules.MinimumInviter(invitation.Role))
            ? new InvitationPreview(invitation.Role, invitation.Group, invitation.ExpiresAt)
            : RegistrationCodes.Invalid(field);
    }

    /// <inheritdoc />
    public ValueTask<bool> IsSetupRequiredAsync(CancellationToken cancellationToken = default) => setup.IsRequiredAsync(cancellationToken);

    /// <inheritdoc />
    public Task<SecretText?> CreateSetupCodeAsync(CancellationToken cancellationToken = default) => setup.RenewCodeAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> IsOpenAsync(CancellationToken cancellationToken = default) =>
        options.Enabled
        && (await settings.GetEffectiveAsync(cancellationToken)).Registration == RegistrationMode.Viewer
        && !await setup.IsRequiredAsync(cancellationToken);

    private async Task<KohakuResult<LoginResult>> TryRegisterAsync(RegisterCommand command, CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            return Refusals.AuthOff;
        }

        if (CheckFields(command) is { } fault)
        {
            return fault;
        }

        if (command.InvitationCode is null && command.RegisterSecret is null && string.IsNullOrEmpty(command.AnyCode))
        {
            return await RegisterOpenlyAsync(command, cancellationToken);
        }

        // Only unknown codes are guesses: a valid code works even when others behind the same address send wrong ones, and a used-up
        // one does not count.
        var way = await codes.FindAsync(command, cancellationToken);
        if (way is null)
        {
            var (throttled, attempt) = await throttle.TryTakeAsync(AttemptKind.Code, command.Client.Address, cancellationToken);
            if (throttled is not null)
            {
                return throttled;
            }

            way = await codes.FindRegisterSecretAsync(command, cancellationToken);
            if (way is null)
            {
                await RecordFailureAsync(command, RegistrationCodes.Unknown(command));
                return RegistrationCodes.Unknown(command);
            }

            await attempt.GiveBackAsync(cancellationToken);
        }

        if (way.Refusal is { } refusal)
        {
            await RecordFailureAsync(command, refusal);
            return refusal;
        }

        return await CreateAsync(command, way, cancellationToken);
    }

    private Refusal? CheckFields(RegisterCommand command)
    {
        var several = new[] { command.AnyCode, command.InvitationCode, command.RegisterSecret }.Count(c => !string.IsNullOrEmpty(c)) > 1;
        return new FieldFaults()
            .Add(nameof(command.Username), FieldRules.Username(command.Username))
            .Add(nameof(command.DisplayName), command.DisplayName is null ? null : FieldRules.DisplayName(command.DisplayName))
            .Add(passwords.CheckFormat(nameof(command.Password), command.Password, command.Username))
            .Add(
                command.InvitationCode is not null ? nameof(command.InvitationCode) : nameof(command.RegisterSecret),
                several ? "Send one code only." : null)
            .ToRefusal();
    }

    private async Task<KohakuResult<LoginResult>> RegisterOpenlyAsync(RegisterCommand command, CancellationToken cancellationToken)
    {
        if ((await settings.GetEffectiveAsync(cancellationToken)).Registration != RegistrationMode.Viewer)
        {
            return Refusal.Field(nameof(RegisterCommand.InvitationCode), "An invitation code is needed.");
        }

        if (await setup.IsRequiredAsync(cancellationToken))
        {
            return Refusals.NoAdminYet;
        }

        // Without a code, the accounts themselves are limited, and so are probes for taken names.
        var (throttled, attempt) = await throttle.TryTakeAsync(AttemptKind.OpenRegistration, command.Client.Address, cancellationToken);
        if (throttled is not null)
        {
            return throttled;
        }

        var outcome = await CreateAsync(command, new RegistrationWay { Role = Role.Viewer, IsOpen = true }, cancellationToken);
        if (outcome.Refusal?.Kind is RefusalKind.Busy or RefusalKind.Invalid or RefusalKind.Throttled)
        {
            await attempt.GiveBackAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<KohakuResult<LoginResult>> CreateAsync(
        RegisterCommand command, RegistrationWay way, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(
            nameof(command.Password), command.Password, command.Username, command.Client, replaced: null, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var now = clock.GetInstant();
        var (session, secret) = await sessions.PrepareAsync(command.Client, now, cancellationToken);
        var user = new NewUser
        {
            Username = command.Username!,
            DisplayName = (command.DisplayName ?? command.Username!).Trim(),
            Role = way.Role,
            PasswordHash = hash.Value,
            CreatedAt = now,
        };
        var entry = Entry(command, now, way.IsFirstAdmin ? AuditActions.FirstAdmin : AuditActions.Register)
            .With(
                way.Invitation is { } used
                    ? $"invitation {used.Id} ({used.Prefix}…), role {used.Role.ToName()}"
                    : $"role {way.Role.ToName()}");
        // The caller has no credential yet: each verb requires the code, the secret or open registration instead.
        var write = AuthorizedWrite.WithoutCredential(entry);
        var result = way switch
        {
            { IsOpen: true } => await accounts.TryRegisterAsync(user, session, write, cancellationToken),
            { IsFirstAdmin: true } => await accounts.TryRegisterFirstAdminAsync(user, way.Code?.Hash(), session, write, cancellationToken),
            _ => await accounts.TryRegisterWithInvitationAsync(
                user, way.Code!.Hash(), AccessRules.MinimumInviter(way.Role), session, write, cancellationToken),
        };
        if (result.IsDone)
        {
            return new LoginResult(result.Value.User, result.Value.Session, secret);
        }

        var refusal = result.Status switch
        {
            WriteStatus.NameTaken => Refusals.UsernameTaken,
            WriteStatus.AdminExists => Refusals.RegisterSecretDead,
            _ => way.IsFirstAdmin ? Refusals.RegisterSecretDead : RegistrationCodes.Invalid(way.Field),
        };
        await RecordFailureAsync(command, refusal);
        return refusal;
    }

    private Task RecordFailureAsync(RegisterCommand command, Refusal refusal) =>
        audit.RecordAsync(Entry(command, clock.GetInstant(), AuditActions.Register).Ended(AuditOutcome.Failure, refusal.Message));

    private static RegistrationOutcome EndOf(RefusalKind? refusal) => refusal switch
    {
        null => RegistrationOutcome.Success,
        RefusalKind.Forbidden => RegistrationOutcome.Forbidden,
        RefusalKind.Conflict => RegistrationOutcome.Conflict,
        RefusalKind.Throttled => RegistrationOutcome.Throttled,
        RefusalKind.Busy => RegistrationOutcome.Busy,
        _ => RegistrationOutcome.Invalid,
    };

    // For an exception filter. A client that hung up is not an error.
    private bool CountError(Exception e)
    {
        if (e is not OperationCanceledException)
        {
            metrics.RegistrationEnded(RegistrationOutcome.Error);
        }

        return false;
    }

    private static AuditEntry Entry(RegisterCommand command, DateTimeOffset now, string action) =>
        AuditEntries.By(Actor.Anonymous with { Address = command.Client.Address }, now, action).On("user", (long?)null, command.Username);
}

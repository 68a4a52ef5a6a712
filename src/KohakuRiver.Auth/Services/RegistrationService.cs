using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Secrets;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Services;

/// <summary>Making one's own account: with an invitation, as first admin, or where registration is open.</summary>
public sealed class RegistrationService
{
    private readonly IAccountStore accounts;
    private readonly IUserStore users;
    private readonly IInvitationStore invitations;
    private readonly ICodeStore codes;
    private readonly AttemptThrottle throttle;
    private readonly PasswordSetter passwords;
    private readonly SessionMaker sessions;
    private readonly SettingsService settings;
    private readonly AuditService audit;
    private readonly KohakuAuthOptions options;
    private readonly TimeProvider clock;

    internal RegistrationService(
        IAccountStore accounts, IUserStore users, IInvitationStore invitations, ICodeStore codes, AttemptThrottle throttle,
        PasswordSetter passwords, SessionMaker sessions, SettingsService settings, AuditService audit,
        IOptions<KohakuAuthOptions> options, TimeProvider clock)
    {
        this.accounts = accounts;
        this.users = users;
        this.invitations = invitations;
        this.codes = codes;
        this.throttle = throttle;
        this.passwords = passwords;
        this.sessions = sessions;
        this.settings = settings;
        this.audit = audit;
        this.options = options.Value;
        this.clock = clock;
    }

    /// <summary>
    /// Makes an account and logs in. An invitation gives exactly its role and group; the register secret and the set-up
    /// code make the first admin and are dead once there is one. A refusal takes no use of the code. Refusals: Invalid (fields; bad,
    /// used or expired code), Forbidden (wrong or dead secret), Conflict (name taken), Throttled, Busy.
    /// </summary>
    public async Task<Outcome<LoginResult>> RegisterAsync(RegisterCommand command, CancellationToken ct = default)
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
            return await RegisterOpenlyAsync(command, ct);
        }

        var (throttled, attempt) = await throttle.TryTakeAsync("code", command.Client.Address, options.Throttling.CodeFailuresPerMinute, ct);
        if (throttled is not null)
        {
            return throttled;
        }

        var way = await FindWayAsync(command, ct);
        if (way.IsKnownCode)
        {
            await attempt.GiveBackAsync(ct);
        }

        if (way.Refusal is { } refusal)
        {
            await RecordFailureAsync(command, refusal, ct);
            return refusal;
        }

        return await CreateAsync(command, way, ct);
    }

    /// <summary>
    /// What an invitation would give, for the page that asks for a name and password; null when it is not good (any more). Counts
    /// unknown codes like a registration does. Refusals: Throttled.
    /// </summary>
    public async Task<Outcome<InvitationPreview>> PreviewInvitationAsync(string code, string? address, CancellationToken ct = default)
    {
        var (throttled, attempt) = await throttle.TryTakeAsync("code", address, options.Throttling.CodeFailuresPerMinute, ct);
        if (throttled is not null)
        {
            return throttled;
        }

        var way = await FindInvitationAsync(code, "invitation_code", ct);
        if (way.IsKnownCode)
        {
            await attempt.GiveBackAsync(ct);
        }

        return way.Invitation is { } invitation && way.Refusal is null
            ? new InvitationPreview(invitation.Role, invitation.Group, invitation.ExpiresAt)
            : way.Refusal!;
    }

    private Refusal? CheckFields(RegisterCommand command)
    {
        var several = new[] { command.AnyCode, command.InvitationCode, command.RegisterSecret }.Count(c => !string.IsNullOrEmpty(c)) > 1;
        return new FieldFaults()
            .Add("username", FieldRules.Username(command.Username))
            .Add("display_name", command.DisplayName is null ? null : FieldRules.DisplayName(command.DisplayName))
            .Add(passwords.CheckFormat("password", command.Password, command.Username))
            .Add(command.InvitationCode is not null ? "invitation_code" : "register_secret", several ? "Send one code only." : null)
            .ToRefusal();
    }

    private async Task<Outcome<LoginResult>> RegisterOpenlyAsync(RegisterCommand command, CancellationToken ct)
    {
        if ((await settings.GetEffectiveAsync(ct)).Registration != RegistrationMode.Viewer)
        {
            return Refusal.Field("invitation_code", "An invitation code is needed.");
        }

        return await CreateAsync(command, new Way { Role = Role.Viewer, IsOpen = true }, ct);
    }

    private async Task<Way> FindWayAsync(RegisterCommand command, CancellationToken ct)
    {
        if (command.InvitationCode is { } invitation)
        {
            return await FindInvitationAsync(invitation, "invitation_code", ct);
        }

        if (command.RegisterSecret is { } secret)
        {
            return await FindFirstAdminAsync(secret, ct) ?? new Way { Refusal = Refusals.RegisterSecretDead };
        }

        // The query parameter of older clients may hold a code of any kind; its shape tells which.
        return SecretText.TryParse(SecretKind.Invitation, command.AnyCode, out _)
            ? await FindInvitationAsync(command.AnyCode!, "token", ct)
            : await FindFirstAdminAsync(command.AnyCode!, ct) ?? new Way { Refusal = InvalidCode("token") };
    }

    private async Task<Way> FindInvitationAsync(string code, string field, CancellationToken ct)
    {
        if (!SecretText.TryParse(SecretKind.Invitation, code, out var secret)
            || await invitations.FindAsync(secret.Hash(), ct) is not { } invitation)
        {
            return new Way { Refusal = InvalidCode(field) };
        }

        return new Way
        {
            Role = invitation.Role,
            Invitation = invitation,
            Code = secret,
            IsKnownCode = true,
            Field = field,
            Refusal = invitation.IsOpen(clock.GetInstant()) ? null : InvalidCode(field),
        };
    }

    // Null: this is neither the register secret nor a set-up code.
    private async Task<Way?> FindFirstAdminAsync(string sent, CancellationToken ct)
    {
        SecretText? setup = null;
        var known = CredentialService.Matches(sent, options.AdminRegisterSecret);
        if (!known && SecretText.TryParse(SecretKind.Setup, sent, out setup))
        {
            known = await codes.FindAsync(setup.Hash(), ct) is { Purpose: CodePurpose.Setup } code && clock.GetInstant() < code.ExpiresAt;
        }

        if (!known)
        {
            return null;
        }

        var dead = await users.AnyAdminAsync(ct);
        return new Way { Role = Role.Admin, IsFirstAdmin = true, Code = setup, IsKnownCode = true, Refusal = dead ? Refusals.RegisterSecretDead : null };
    }

    private async Task<Outcome<LoginResult>> CreateAsync(RegisterCommand command, Way way, CancellationToken ct)
    {
        var hash = await passwords.HashAsync("password", command.Password, command.Username, ct);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var now = clock.GetInstant();
        var (session, secret) = await sessions.PrepareAsync(command.Client, now, ct);
        var user = new NewUser
        {
            Username = command.Username!,
            DisplayName = (command.DisplayName ?? command.Username!).Trim(),
            Role = way.Role,
            PasswordHash = hash.Value,
            CreatedAt = now,
        };
        var entry = Entry(command, now, way.IsFirstAdmin ? AuditActions.FirstAdmin : AuditActions.Register)
            .With(way.Invitation is { } used ? $"invitation {used.Id} ({used.Prefix}…), role {used.Role.ToName()}" : $"role {way.Role.ToName()}");
        var result = way switch
        {
            { IsOpen: true } => await accounts.TryRegisterAsync(user, session, entry, ct),
            { IsFirstAdmin: true } => await accounts.TryRegisterFirstAdminAsync(user, way.Code?.Hash(), session, entry, ct),
            _ => await accounts.TryRegisterWithInvitationAsync(user, way.Code!.Hash(), AccessRules.MinimumInviter(way.Role), session, entry, ct),
        };
        if (result.IsDone)
        {
            return new LoginResult(result.Value.User, result.Value.Session, secret);
        }

        var refusal = result.Status switch
        {
            WriteStatus.NameTaken => Refusals.UsernameTaken,
            WriteStatus.AdminExists => Refusals.RegisterSecretDead,
            _ => way.IsFirstAdmin ? Refusals.RegisterSecretDead : InvalidCode(way.Field),
        };
        await RecordFailureAsync(command, refusal, ct);
        return refusal;
    }

    private Task RecordFailureAsync(RegisterCommand command, Refusal refusal, CancellationToken ct) =>
        audit.RecordAsync(Entry(command, clock.GetInstant(), AuditActions.Register).Ended(AuditOutcome.Failure, refusal.Message), ct);

    private static AuditEntry Entry(RegisterCommand command, DateTimeOffset now, string action) =>
        AuditEntries.By(Actor.Anonymous with { Address = command.Client.Address }, now, action).On("user", (long?)null, command.Username);

    private static Refusal InvalidCode(string field) => Refusal.Field(field, "This invitation is not valid: it is unknown, used up, expired or revoked.");

    private sealed record Way
    {
        public Role Role { get; init; }

        public bool IsOpen { get; init; }

        public bool IsFirstAdmin { get; init; }

        public bool IsKnownCode { get; init; }

        public Invitation? Invitation { get; init; }

        public SecretText? Code { get; init; }

        public string Field { get; init; } = "invitation_code";

        public Refusal? Refusal { get; init; }
    }
}

using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IIdentityService" />
internal sealed class IdentityService(
    IIdentityStore identities, IUserStore users, PasswordConfirmation passwords, SetupService setup, IOptions<KohakuAuthOptions> options,
    TimeProvider clock)
    : IIdentityService
{
    private const int NameLength = 10;

    private static readonly Refusal NobodyThere = Refusal.Field(
        nameof(ExternalPerson.Key), "An issuer and a subject are needed, each of 1 to 255 characters without control characters.");

    private static readonly Refusal Taken = new(
        RefusalKind.Conflict, "This sign-in already leads to an account. It has to be unlinked there first.");

    private static readonly Refusal Second = new(
        RefusalKind.Conflict, "This account already has a sign-in of this kind. Unlink that one first.");

    private static readonly Refusal LastWayIn = new(
        RefusalKind.Conflict, "This is the account's only way in. Set a password or link another sign-in first.");

    /// <inheritdoc />
    public async Task<KohakuResult<IReadOnlyList<ExternalIdentity>>> ListAsync(
        Actor actor, long userId, CancellationToken cancellationToken = default)
    {
        var (owner, refusal) = await FindOwnerAsync(actor, userId, cancellationToken);
        return owner is null
            ? refusal!
            : KohakuResult<IReadOnlyList<ExternalIdentity>>.Success(await identities.ListAsync(userId, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<KohakuResult<ExternalIdentity>> LinkOwnAsync(
        Actor actor, ExternalPerson person, string? currentPassword, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.OwnAccountBySession(actor);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (!person.Key.IsValid)
        {
            return NobodyThere;
        }

        var verified = await passwords.VerifyAsync(actor, currentPassword, AuditActions.PasswordConfirm, cancellationToken);
        if (!verified.IsSuccess)
        {
            return verified.Refusal;
        }

        var entry = Entry(actor, AuditActions.IdentityLink).On("user", actor.Id, actor.Username).With(Describe(person));
        return await LinkAsync(actor, actor.Id!.Value, person, verified.Value, entry, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<ExternalIdentity>> LinkAsync(
        Actor actor, long userId, ExternalPerson person, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await users.FindManagedAsync(actor, userId, AccessRules.ResetPassword, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        if (!person.Key.IsValid)
        {
            return NobodyThere;
        }

        var entry = Entry(actor, AuditActions.IdentityLink).On(target).With(Describe(person));
        return await LinkAsync(actor, userId, person, verifiedHash: null, entry, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> UnlinkAsync(Actor actor, long userId, long identityId, CancellationToken cancellationToken = default)
    {
        var (owner, refusal) = await FindOwnerAsync(actor, userId, cancellationToken);
        if (owner is null)
        {
            return refusal!;
        }

        var decision = actor.Id == userId ? AccessRules.OwnAccountBySession(actor) : AccessRules.ManageUser(actor, owner);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var known = (await identities.ListAsync(userId, cancellationToken)).FirstOrDefault(i => i.Id == identityId);
        if (known is null)
        {
            return Refusals.Hidden;
        }

        var entry = Entry(actor, AuditActions.IdentityUnlink).On(owner).With($"{known.Provider}: {known.LoginName}");
        var status = await identities.TryUnlinkAsync(identityId, userId, AuthorizedWrite.By(actor, entry), cancellationToken);
        return status.ToOutcome(status == WriteStatus.LastWayIn ? LastWayIn : Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<User>> SignUpAsync(
        ExternalPerson person, Role role, string? address, CancellationToken cancellationToken = default)
    {
        if (role is not (Role.Viewer or Role.User or Role.Operator))
        {
            throw new ArgumentOutOfRangeException(nameof(role), role, "Accounts are created as viewer, user or operator.");
        }

        if (!options.Value.Enabled)
        {
            return Refusals.AuthOff;
        }

        if (!person.Key.IsValid)
        {
            return NobodyThere;
        }

        if (await setup.IsRequiredAsync(cancellationToken))
        {
            return Refusals.NoAdminYet;
        }

        var now = clock.GetInstant();
        foreach (var username in ExternalNameRules.Candidates(person.LoginName, NameOf(person.Key)).Concat(UnforeseenNames()))
        {
            // Asked before each try: of many first requests one creates the account, and the others find it here.
            if (await identities.FindAsync(person.Key, cancellationToken) is { } known)
            {
                return known.User;
            }

            var user = new NewUser
            {
                Username = username,
                DisplayName = ExternalNameRules.DisplayName(person.DisplayName, username),
                Role = role,
                PasswordHash = PasswordRecord.NoPassword,
                CreatedAt = now,
            };
            var entry = AuditEntries.By(Actor.Anonymous with { Username = username, Address = address }, now, AuditActions.IdentityCreate)
                .On("user", (long?)null, username)
                .With($"{Describe(person)}; role {role.ToName()}");
            var made = await identities.TryCreateUserAsync(
                user, Draft(person, now), AuthorizedWrite.WithoutCredential(entry), cancellationToken);
            if (made.IsDone)
            {
                return made.Value.User;
            }
        }

        return await identities.FindAsync(person.Key, cancellationToken) is { } other
            ? other.User
            : throw new InvalidOperationException("No username is free for this identity, although the last ones are random.");
    }

    private async Task<KohakuResult<ExternalIdentity>> LinkAsync(
        Actor actor, long userId, ExternalPerson person, string? verifiedHash, AuditEntry entry, CancellationToken cancellationToken)
    {
        var result = await identities.TryLinkAsync(
            userId, Draft(person, entry.At), verifiedHash, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? result.Value : result.Status switch
        {
            WriteStatus.IdentityTaken => Taken,
            WriteStatus.SecondIdentity => Second,
            WriteStatus.Conflict => Refusals.PasswordChanged,
            _ => result.Status.OfActor() ?? Refusals.Hidden,
        };
    }

    private async Task<(User? Owner, Refusal? Refusal)> FindOwnerAsync(Actor actor, long userId, CancellationToken cancellationToken)
    {
        var see = AccessRules.SeeCredentialsOf(actor, userId);
        return !see.IsAllowed ? (null, see.Refusal)
            : await users.FindAsync(userId, cancellationToken) is { } owner ? (owner, null)
            : (null, Refusals.Hidden);
    }

    /// <summary>A username of a hash of the identity, which nobody else has by chance.</summary>
    internal static string NameOf(IdentityKey key) => NameOf(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));

    // Whoever knows somebody's id can work out the name above and register it first, which must not keep them out.
    private static IEnumerable<string> UnforeseenNames() =>
        Enumerable.Range(0, 3).Select(_ => NameOf(RandomNumberGenerator.GetBytes(NameLength)));

    private static string NameOf(byte[] bytes)
    {
        const string letters = "abcdefghijklmnopqrstuvwxyz234567";
        return "u-" + string.Concat(bytes.Take(NameLength).Select(b => letters[b % letters.Length]));
    }

    // The target is the user, under whose name people look for what happened to an account.
    private AuditEntry Entry(Actor actor, string action) => AuditEntries.By(actor, clock.GetInstant(), action);

    private static string Describe(ExternalPerson person) => $"{person.Provider}: {LoginName(person)}";

    private static NewIdentity Draft(ExternalPerson person, DateTimeOffset now) =>
        new() { Provider = person.Provider, Key = person.Key, LoginName = LoginName(person), LinkedAt = now };

    // From outside, and only for people to read: what no database keeps or no eye sees is left out.
    private static string LoginName(ExternalPerson person)
    {
        var clean = new StringBuilder();
        foreach (var rune in (person.LoginName ?? "").EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && !Rune.IsControl(rune)
                && clean.Length + rune.Utf16SequenceLength <= IdentityKey.MaximumLength)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}

using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Finds or creates the users a test names, directly in the stores.</summary>
internal sealed class TestAccounts(
    IUserStore users, IAccountStore accounts, IGroupStore groups, IVpsAssignmentStore assignments, IPasswordHasher hasher,
    TimeProvider clock)
{
    // No hasher accepts this as a hash.
    private const string NoPassword = "none";

    public static AuthorizedWrite Write(DateTimeOffset now) => AuthorizedWrite.WithoutCredential(
        new AuditEntry { At = now, Actor = Actor.SystemName, Action = "test.arrange", OperationId = Guid.CreateVersion7(now) });

    /// <exception cref="InvalidOperationException">The account exists with another role, or a group does not exist.</exception>
    public async Task<User> EnsureAsync(ActIdentity identity, string? password, CancellationToken cancellationToken)
    {
        var user = (await users.FindPasswordAsync(identity.Username, cancellationToken))?.User ?? await MakeAsync(
            identity, password, cancellationToken);
        if (user.Role != identity.Role)
        {
            throw new InvalidOperationException(
                $"The host already has an account {user.Username} with the role {user.Role.ToName()}, not {identity.Role.ToName()}.");
        }

        var groupIds = new List<long>(identity.GroupIds);
        foreach (var name in identity.Groups)
        {
            groupIds.Add(await GroupAsync(name, cancellationToken));
        }

        foreach (var id in groupIds)
        {
            var status = await groups.TryAddMemberAsync(id, user.Id, Write(clock.GetInstant()), cancellationToken);
            if (status != WriteStatus.Done)
            {
                throw new InvalidOperationException($"The host has no group {id} to add {user.Username} to.");
            }
        }

        foreach (var id in identity.Vps)
        {
            var now = clock.GetInstant();
            await assignments.TryAssignAsync(id, [user.Id], [], now, Write(now), cancellationToken);
        }

        return user;
    }

    private async Task<User> MakeAsync(ActIdentity identity, string? password, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var draft = new NewUser
        {
            Username = identity.Username,
            DisplayName = identity.Username,
            Role = identity.Role,
            PasswordHash = password is null ? NoPassword : hasher.Hash(password),
            CreatedAt = now,
        };
        var result = await accounts.TryCreateUserAsync(draft, Write(now), cancellationToken);

        // Lost only when another caller created it just now.
        return result.Value?.User ?? (await users.FindPasswordAsync(identity.Username, cancellationToken))?.User
            ?? throw new InvalidOperationException($"The account {identity.Username} could not be created: {result.Status}.");
    }

    private async Task<long> GroupAsync(string name, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var limits = new Dictionary<string, long>(StringComparer.Ordinal);
        var made = await groups.TryCreateAsync(new NewGroup(name, "", 0, limits, now), Write(now), cancellationToken);
        if (made.IsDone)
        {
            return made.Value.Id;
        }

        PageCursor? after = null;
        do
        {
            var page = await groups.ListAsync(new PageRequest(100, after), cancellationToken);
            if (page.Items.FirstOrDefault(g => string.Equals(g.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found.Id;
            }

            after = page.Next;
        }
        while (after is not null);
        throw new InvalidOperationException($"The group {name} could not be created: {made.Status}.");
    }
}

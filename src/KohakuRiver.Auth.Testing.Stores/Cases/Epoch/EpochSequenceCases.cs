using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// Whatever happens, a cache that drops what the epoch names never holds a record that differs from the store.
/// </summary>
[Subject("Epoch")]
internal sealed class EpochSequenceCases : EpochStores
{
    private const int Steps = 150;

    private readonly List<User> people = [];
    private readonly List<Group> teams = [];
    private readonly List<(SecretHash Hash, long UserId, bool IsSession)> credentials = [];
    private readonly Dictionary<SecretHash, CredentialRecord?> kept = [];
    private SeededSequence random = new(0);

    [Case(1)]
    [Case(20)]
    [Case(300)]
    public async Task Sequence_OfRandomChanges_LeavesNothingStaleInWhatIsKept(int seed)
    {
        random = new SeededSequence(seed);
        var source = EpochOf(await OpenAnotherAsync());
        var epoch = (await source.ReadAsync(-1, Ct)).Epoch;
        Func<Task>[] operations =
        [
            AddPersonAsync, AddTeamAsync, LogInAsync, LogInAsync, AddTokenAsync, AddTokenAsync, ChangeAsync, ChangeAsync, JoinAsync,
            JoinAsync, LeaveAsync,
            DissolveAsync, EndAsync, EndAllAsync, RevokeAsync, RevokeAsync, SetPasswordAsync, DeleteAsync, TouchAsync, PruneAsync,
        ];
        await AddPersonAsync();
        for (var step = 1; step <= Steps; step++)
        {
            var operation = random.Pick(operations);
            await operation();

            var changes = await source.ReadAsync(epoch, Ct);
            epoch = changes.Epoch;
            await AssertNothingStaleAsync(
                changes.Touched?.Select(c => c.UserId).ToHashSet(), $"Seed {seed}, step {step}, {operation.Method.Name}");
        }
    }

    private async Task AssertNothingStaleAsync(HashSet<long>? touched, string when)
    {
        foreach (var (hash, userId, isSession) in credentials)
        {
            var now = isSession ? await Stores.Sessions.FindAsync(hash, Ct) : await Stores.Tokens.FindAsync(hash, Ct);
            if (touched?.Contains(userId) == false && kept.TryGetValue(hash, out var before))
            {
                Assert.True(
                    string.Equals(Describe(before), Describe(now), StringComparison.Ordinal),
                    $"{when}: kept {Describe(before)}, stored {Describe(now)}.");
            }

            kept[hash] = now;
        }
    }

    // Times of use are not reported by the epoch.
    private static string Describe(CredentialRecord? record) => record is null
        ? "nothing"
        : $"{record.User.Id} {record.User.Username} {record.User.Role} {record.User.Language} {record.User.IsActive} "
            + $"{record.User.MustChangePassword} [{string.Join(',', record.GroupIds)}] "
                + $"{record.Session?.ExpiresAt ?? record.Token?.ExpiresAt:O}";

    private User AnyPerson() => random.Pick(people);

    private async Task AddPersonAsync()
    {
        people.Add(await MakeUserAsync(null, random.Pick([Role.Viewer, Role.User, Role.Operator, Role.Admin])));
        await LogInAsync();
    }

    private async Task AddTeamAsync() => teams.Add(await MakeGroupAsync());

    private async Task LogInAsync()
    {
        var person = AnyPerson();
        if (await Stores.Users.FindPasswordAsync(person.Id, Ct) is not { User.IsActive: true } record)
        {
            return;
        }

        var earlier = credentials.Where(c => c.IsSession && c.UserId == person.Id).Select(c => (SecretHash?)c.Hash).LastOrDefault();
        var draft = DraftSession(limit: 3, replaces: random.OneIn(3) ? earlier : null);
        Done(await Stores.Accounts.TryLogInAsync(person.Id, record.PasswordHash, draft, Entry(), Ct));
        credentials.Add((draft.Hash, person.Id, IsSession: true));
    }

    private async Task AddTokenAsync()
    {
        var draft = DraftToken(AnyPerson().Id, random.OneIn(3) ? Now.AddDays(1) : null);
        if ((await Stores.Tokens.TryCreateAsync(draft, Entry(), Ct)).IsDone)
        {
            credentials.Add((draft.Hash, draft.UserId, IsSession: false));
        }
    }

    private Task<WriteResult<UserDetails>> ChangeAsync() => Stores.Accounts.TryUpdateUserAsync(
        AnyPerson().Id,
        random.Next(5) switch
        {
            0 => new UserChange { Role = random.Pick([Role.Viewer, Role.User, Role.Operator, Role.Admin]) },
            1 => new UserChange { IsActive = random.OneIn(2) },
            2 => new UserChange { Language = random.Pick(["", "en", "ja"]) },
            3 => new UserChange { MustChangePassword = random.OneIn(2) },
            _ => new UserChange { GroupIds = [.. teams.Where(_ => random.OneIn(2)).Select(t => t.Id)] },
        },
        Tick(), Entry(), Ct);

    private Task JoinAsync() => teams.Count == 0
        ? AddTeamAsync()
        : Stores.Groups.TryAddMemberAsync(random.Pick(teams).Id, AnyPerson().Id, Entry(), Ct);

    private Task LeaveAsync() => teams.Count == 0
        ? AddTeamAsync()
        : Stores.Groups.TryRemoveMemberAsync(random.Pick(teams).Id, AnyPerson().Id, Entry(), Ct);

    private async Task DissolveAsync()
    {
        if (teams.Count > 0)
        {
            var team = random.Pick(teams);
            teams.Remove(team);
            await Stores.Groups.TryDeleteAsync(team.Id, Entry(), Ct);
        }
    }

    private async Task EndAsync()
    {
        var (hash, userId, isSession) = random.Pick(credentials);
        if (isSession && await Stores.Sessions.FindAsync(hash, Ct) is { Session: { } session })
        {
            await Stores.Sessions.TryEndAsync(session.Id, userId, Entry(), Ct);
        }
    }

    private Task<WriteCount> EndAllAsync() => Stores.Sessions.EndAllAsync(AnyPerson().Id, null, Entry(), Ct);

    private async Task RevokeAsync()
    {
        var (hash, _, isSession) = random.Pick(credentials);
        if (!isSession && await Stores.Tokens.FindAsync(hash, Ct) is { Token: { } token })
        {
            await Stores.Tokens.TryRevokeAsync(token.Id, Entry(), Ct);
        }
    }

    private Task<WriteStatus> SetPasswordAsync() =>
        Stores.Accounts.TrySetPasswordAsync(AnyPerson().Id, "set at " + NextNumber(), false, Entry(), Ct);

    private Task DeleteAsync() => people.Count < 3 ? AddPersonAsync() : Stores.Accounts.TryDeleteUserAsync(AnyPerson().Id, Entry(), Ct);

    private async Task TouchAsync()
    {
        var (hash, _, isSession) = random.Pick(credentials);
        if (isSession && await Stores.Sessions.FindAsync(hash, Ct) is { Session: { } session })
        {
            await Stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Id] = Tick() }, Ct);
        }
    }

    private Task<int> PruneAsync() => random.OneIn(4)
        ? Stores.Sessions.PruneAsync(Now.AddDays(40), null, Ct)
        : Stores.Tokens.PruneAsync(Now.AddDays(2), Ct);
}

using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="KohakuStoreSet"/> and <see cref="IKohakuStore"/> promise.</summary>
[Subject("Sets")]
internal sealed class SetCases : StoreCases
{
    private IReadOnlyList<KohakuStoreSet> sets = [];

    /// <summary>Four hosts start at once on the empty database.</summary>
    internal override async Task OpenFirstAsync() => sets = await OpenAtOnceAsync(4);

    [Case]
    public async Task Initialize_FourHostsAtOnceOnAnEmptyDatabase_AllAreReady()
    {
        foreach (var set in sets)
        {
            Assert.True((await set.Accounts.TryCreateUserAsync(DraftUser(), Entry(), Ct)).IsDone);
        }

        Assert.Equal(4, (await AuditLogAsync()).Count);
    }

    [Case]
    public async Task Initialize_Again_KeepsTheData()
    {
        await MakeOneOfEachAsync();
        var before = await SnapshotAsync();
        await Stores.InitializeAsync(Ct);
        await OpenAtOnceAsync(3);
        Assert.Equal(before, await SnapshotAsync());
    }

    [Case]
    public async Task CheckSchema_OfAReadySet_IsCurrentOrUnknownAndChangesNothing()
    {
        await MakeOneOfEachAsync();
        var before = await SnapshotAsync();
        Assert.True(
            await Stores.CheckSchemaAsync(Ct) is SchemaState.Current or SchemaState.Unknown,
            "A set that was prepared says it does not match.");
        Assert.Equal(before, await SnapshotAsync());
    }

    [Case]
    public void TransactionDomain_OfAllStoresButTheThrottle_IsOne()
    {
        var bound = typeof(KohakuStoreSet).GetProperties()
            .Where(p => typeof(IKohakuStore).IsAssignableFrom(p.PropertyType) && p.Name != nameof(KohakuStoreSet.Throttle))
            .Select(p => (IKohakuStore)p.GetValue(Stores)!)
            .ToList();
        Assert.All(bound, s => Assert.Same(Stores.Users.TransactionDomain, s.TransactionDomain));
        Assert.Equal(12, bound.Count);
    }

    [Case]
    public async Task Start_OfAHostWithTheSet_AcceptsItsStores()
    {
        var services = new ServiceCollection();
        services.AddLogging();

        // Disposed of by the suite, not by the container.
        services.AddSingleton(Stores);
        services.AddKohakuAuth();
        await using var provider = services.BuildServiceProvider();
        foreach (var worker in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            Assert.Null(await Record.ExceptionAsync(() => worker.StartingAsync(Ct)));
        }
    }

    [Case]
    public async Task TwoSets_OverTheSameData_SeeEachOthersWritesAtOnce()
    {
        await MakeOneOfEachAsync();
        var reopened = await OpenAnotherAsync();
        var expected = await SnapshotAsync();
        Assert.Equal(expected, await SnapshotAsync(sets[1]));
        Assert.Equal(expected, await SnapshotAsync(reopened));
        for (var round = 0; round < Rounds; round++)
        {
            var name = "seen" + round;
            var (writer, reader) = (sets[round % 2], sets[(round + 1) % 2]);
            var user = Done(await writer.Accounts.TryCreateUserAsync(DraftUser(name), Entry(), Ct)).User;
            Assert.Equal(user, (await reader.Users.FindPasswordAsync(name, Ct))?.User);
            Done(await reader.Accounts.TryDeleteUserAsync(user.Id, Entry(), Ct));
            Assert.Null(await writer.Users.FindAsync(user.Id, Ct));
        }
    }

    [Case]
    public async Task Cancelled_BeforeTheCall_IsDoneOrSaysCancelledAndHarmsNothing()
    {
        var user = await MakeUserAsync();
        var (_, hash) = await MakeSessionAsync(user);
        var before = await SnapshotAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var cancellationToken = cancelled.Token;
        Func<Task<bool>>[] reads =
        [
            async () => await Stores.Users.FindAsync(user.Id, cancellationToken) is not null,
            async () => await Stores.Users.FindPasswordAsync(user.Username, cancellationToken) is not null,
            async () => await Stores.Users.AnyAsync(cancellationToken),
            async () => (await Stores.Users.ListAsync(new UserQuery { Page = new PageRequest(1) }, Now, cancellationToken)).Total == 1,
            async () => await Stores.Sessions.FindAsync(hash, cancellationToken) is not null,
        ];
        foreach (var read in reads)
        {
            try
            {
                Assert.True(await read(), "A cancelled call gave an empty result.");
            }
            catch (OperationCanceledException)
            {
                // As good an answer as the correct result.
            }
        }

        Assert.Equal(before, await SnapshotAsync());
    }

    [Case]
    public async Task Instants_OfAnyPrecisionTheModelHas_ComeBackExactly()
    {
        var user = await MakeUserAsync();
        DateTimeOffset[] instants =
        [
            new(9999, 12, 30, 23, 59, 59, TimeSpan.Zero),
            new DateTimeOffset(2038, 1, 19, 3, 14, 8, TimeSpan.Zero).AddMicroseconds(1),
            new DateTimeOffset(2032, 2, 29, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(999_999),
            new DateTimeOffset(2031, 10, 26, 1, 30, 0, TimeSpan.Zero).AddMicroseconds(10),
        ];
        foreach (var instant in instants)
        {
            var (token, _) = await MakeTokenAsync(user, instant);
            Assert.Equal(instant, (await Stores.Tokens.FindAsync(token.Id, Ct))?.ExpiresAt);
        }
    }

    [Case]
    public async Task Texts_AsLongAsServicesLetThemBe_ComeBackExactly()
    {
        var group = Done(await Stores.Groups.TryCreateAsync(
            DraftGroup(Long(100)) with { Description = Long(1000), Limits = Enumerable.Range(0, 50).ToDictionary(i =>
                $"limit_{i:D44}", i => long.MaxValue - i) },
            Entry(),
            Ct));
        Assert.Equal((Long(100), Long(1000)), (group.Name, group.Description));
        var user = await MakeUserAsync();
        var (session, _) = await MakeSessionAsync(user, DraftSession() with { UserAgent = Long(256), IpAddress = new string('f', 45) });
        var token = Done(await Stores.Tokens.TryCreateAsync(DraftToken(user.Id) with { Name = Long(100) }, Entry(), Ct));
        var task = new TaskSubmission
        {
            TaskId = new string('t', 64),
            TaskType = Long(255),
            Command = Long(16_384),
            Arguments = [Long(16_384)],
            RequiredGpus = [.. Enumerable.Range(0, 1024)],
            TargetNode = Long(255),
            Details = Enumerable.Range(0, 50).ToDictionary(i => $"detail {i}", _ => Long(600), StringComparer.Ordinal),
        };
        Done(await Stores.Approvals.TryAddAsync(DraftApproval(user) with { Task = task }, Entry(), Ct));
        Done(await Stores.Approvals.TryDecideAsync(
            task.TaskId, DraftDecision(ApprovalStatus.Rejected, reason: Long(1000)), null, Entry(), Ct));
        var entry = DraftAudit() with { Target = Long(200), Detail = Long(1000) };
        await Stores.Audit.AppendAsync(entry, Ct);

        var approval = await Stores.Approvals.FindAsync(task.TaskId, Ct);
        Assert.NotNull(approval);
        Assert.Equal(
            (Long(255), Long(16_384), Long(255), Long(1000)),
            (approval.Task.TaskType, approval.Task.Command, approval.Task.TargetNode, approval.Reason));
        Assert.Equal(task.Arguments, approval.Task.Arguments);
        Assert.Equal(task.RequiredGpus, approval.Task.RequiredGpus);
        Assert.Equal(
            task.Details.OrderBy(d => d.Key, StringComparer.Ordinal), approval.Task.Details.OrderBy(d => d.Key, StringComparer.Ordinal));
        var groups = await Stores.Groups.FindAsync(group.Id, Ct);
        Assert.Equal((Long(100), Long(1000)), (groups?.Name, groups?.Description));
        Assert.Equal(group.Limits.OrderBy(l => l.Key, StringComparer.Ordinal), groups?.Limits.OrderBy(l => l.Key, StringComparer.Ordinal));
        var sessions = Assert.Single(await Stores.Sessions.ListAsync(user.Id, Now, Ct));
        Assert.Equal((session.Id, Long(256), new string('f', 45)), (sessions.Id, sessions.UserAgent, sessions.IpAddress));
        Assert.Equal(Long(100), (await Stores.Tokens.FindAsync(token.Id, Ct))?.Name);
        await AssertAuditedAsync(entry);

        // Three bytes a character in UTF-8, and one outside the basic plane.
        static string Long(int length) => "\U0001F30A" + new string('名', length - 2);
    }

    /// <summary>A suite leaves out only what does not apply, so that no case goes missing unnoticed.</summary>
    [Case]
    public void LeftOut_CasesOfTheSuite_AreThoseItCannotBeAsked()
    {
        var epoch = Hooks.LeftOut.FirstOrDefault(l => l.Cases == OptionalCases.Epoch);
        Assert.True(
            epoch is null || Stores.Changes is null,
            $"Epoch is left out because \"{epoch?.Because}\", but the set offers an IChangeEpoch.");
        Assert.True(
            epoch is not null || Stores.Changes is not null, "The set offers no IChangeEpoch: leave OptionalCases.Epoch out, and say why.");
        if (Hooks.LeftOut.FirstOrDefault(l => l.Cases == OptionalCases.Faults) is { } faults)
        {
            var tried = Record.Exception(() => Hooks.FailAfter(Stores, int.MaxValue).Dispose());
            Assert.True(tried is NotSupportedException, $"Faults are left out because \"{faults.Because}\", but FailAfter is overridden.");
        }
    }

    private async Task MakeOneOfEachAsync()
    {
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.Operator, group.Id);
        await MakeSessionAsync(user);
        await MakeTokenAsync(user);
        await MakeInvitationAsync(DraftInvitation(user, groupId: group.Id));
        await MakeApprovalAsync(user, ApprovalStatus.Rejected, user);
        await AssignAsync("vps-a", [user.Id], []);
        await AssignAsync("vps-b", [], [group.Id]);
        await MakeCodeAsync(user);
        await MakeCodeAsync();
        await Stores.Settings.WriteAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["a"] = "1" }, Entry(), Ct);
    }
}

using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IChangeEpoch"/> promises.</summary>
[Subject("Epoch")]
internal sealed class EpochCases : EpochStores
{
    /// <summary>The changes that must be reported, by name.</summary>
    public static IEnumerable<object?[]> Changes => Verbs.Keys.Select(change => new object?[] { change });

    private static IReadOnlyDictionary<string, Func<EpochCases, Scene, Task>> Verbs { get; } =
        new Dictionary<string, Func<EpochCases, Scene, Task>>(StringComparer.Ordinal)
        {
            ["role"] = (t, s) => t.UpdateAsync(s.User, new UserChange { Role = Role.Operator }),
            ["language"] = (t, s) => t.UpdateAsync(s.User, new UserChange { Language = "zh-Hant" }),
            ["password to be changed"] = (t, s) => t.UpdateAsync(s.User, new UserChange { MustChangePassword = true }),
            ["disabled"] = (t, s) => t.UpdateAsync(s.User, new UserChange { IsActive = false }),
            ["groups replaced"] = (t, s) => t.UpdateAsync(s.User, new UserChange { GroupIds = [] }),
            ["groups added"] = async (t, s) =>
                await t.UpdateAsync(s.User, new UserChange { AddGroupIds = [(await t.MakeGroupAsync()).Id] }),
            ["groups removed"] = (t, s) => t.UpdateAsync(s.User, new UserChange { RemoveGroupIds = [s.Group.Id] }),
            ["member added"] = async (t, s) => Assert.Equal(
                WriteStatus.Done, await t.Stores.Groups.TryAddMemberAsync((await t.MakeGroupAsync()).Id, s.User.Id, t.Entry(), Ct)),
            ["member removed"] = async (t, s) =>
                Assert.Equal(WriteStatus.Done, await t.Stores.Groups.TryRemoveMemberAsync(s.Group.Id, s.User.Id, t.Entry(), Ct)),
            ["group deleted"] = async (t, s) =>
                Assert.Equal(WriteStatus.Done, await t.Stores.Groups.TryDeleteAsync(s.Group.Id, t.Entry(), Ct)),
            ["session ended"] = async (t, s) =>
                Assert.Equal(WriteStatus.Done, await t.Stores.Sessions.TryEndAsync(s.SessionId, s.User.Id, t.Entry(), Ct)),
            ["sessions ended"] = async (t, s) =>
                Assert.Equal(WriteCount.Done(1), await t.Stores.Sessions.EndAllAsync(s.User.Id, null, t.Entry(), Ct)),
            ["session replaced"] = (t, s) => t.MakeSessionAsync(s.User, t.DraftSession(replaces: s.Session)),
            ["oldest session ended"] = (t, s) => t.MakeSessionAsync(s.User, t.DraftSession(limit: 1)),
            ["sessions pruned"] = async (t, _) => Assert.Equal(1, await t.Stores.Sessions.PruneAsync(t.Now.AddDays(31), null, Ct)),
            ["identity unlinked"] = async (t, s) =>
                Assert.Equal(WriteStatus.Done, await t.Stores.Identities.TryUnlinkAsync(s.IdentityId, s.User.Id, t.Entry(), Ct)),
            ["token revoked"] = async (t, s) =>
                Assert.Equal(WriteStatus.Done, await t.Stores.Tokens.TryRevokeAsync(s.TokenId, t.Entry(), Ct)),
            ["token pruned"] = async (t, _) => Assert.Equal(1, await t.Stores.Tokens.PruneAsync(t.Now.AddDays(100), Ct)),
            ["password set"] = async (t, s) =>
                Assert.Equal(WriteStatus.Done, await t.Stores.Accounts.TrySetPasswordAsync(s.User.Id, "another", false, t.Entry(), Ct)),
            ["user deleted"] = async (t, s) => Done(await t.Stores.Accounts.TryDeleteUserAsync(s.User.Id, t.Entry(), Ct)),
        };

    private IChangeEpoch Source => EpochOf(Stores);

    [Case]
    public async Task Read_ForTheFirstTime_KnowsNothingFromBefore()
    {
        var first = await Source.ReadAsync(-1, Ct);
        Assert.True(first.Epoch >= 0);
        Assert.Null(first.Touched);
    }

    [Case]
    public async Task Read_NothingHappenedSince_TouchesNobody()
    {
        await MakeSceneAsync();
        var epoch = (await Source.ReadAsync(-1, Ct)).Epoch;
        var again = await Source.ReadAsync(epoch, Ct);
        Assert.Equal(epoch, again.Epoch);
        Assert.NotNull(again.Touched);
        Assert.Empty(again.Touched);
    }

    [CaseRows(nameof(Changes))]
    public async Task Read_AfterAChange_NamesWhomItTouched(string change)
    {
        var scene = await MakeSceneAsync();
        var other = EpochOf(await OpenAnotherAsync());
        var here = (await Source.ReadAsync(-1, Ct)).Epoch;
        var there = (await other.ReadAsync(-1, Ct)).Epoch;

        await Verbs[change](this, scene);

        AssertNames(await Source.ReadAsync(here, Ct), here, scene.User.Id);
        AssertNames(await other.ReadAsync(there, Ct), there, scene.User.Id);
    }

    [Case]
    public async Task Read_GroupOfManyDeleted_NamesEveryMember()
    {
        var group = await MakeGroupAsync();
        var members = new List<User>();
        for (var i = 0; i < 30; i++)
        {
            members.Add(await MakeUserAsync(null, Role.User, group.Id));
        }

        var before = (await Source.ReadAsync(-1, Ct)).Epoch;
        Assert.Equal(WriteStatus.Done, await Stores.Groups.TryDeleteAsync(group.Id, Entry(), Ct));
        var after = await Source.ReadAsync(before, Ct);
        Assert.All(members, m => AssertNames(after, before, m.Id));
    }

    [Case]
    public async Task Read_TokenWithChildrenRevoked_NamesTheirOwner()
    {
        var user = await MakeUserAsync();
        var (parent, _) = await MakeTokenAsync(user);
        await MakeTokenAsync(user, parentId: parent.Id);
        var before = (await Source.ReadAsync(-1, Ct)).Epoch;
        Assert.Equal(WriteStatus.Done, await Stores.Tokens.TryRevokeAsync(parent.Id, Entry(), Ct));
        AssertNames(await Source.ReadAsync(before, Ct), before, user.Id);
    }

    [Case]
    public async Task Read_FromALaterEpochThanThereIs_KnowsNothing()
    {
        var epoch = (await Source.ReadAsync(-1, Ct)).Epoch;
        Assert.Null((await Source.ReadAsync(epoch + 1000, Ct)).Touched);
    }

    [Case]
    public async Task Read_RacingWithRevocations_MissesNoneThatWasAcknowledged()
    {
        var user = await MakeUserAsync();
        var other = EpochOf(await OpenAnotherAsync());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        // Others keep reading, so that reads are shared and always in progress.
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var since = -1L;
                while (!stop.IsCancellationRequested)
                {
                    since = (await other.ReadAsync(since, Ct)).Epoch;
                    await Task.Yield();
                }
            },
            Ct)).ToList();
        try
        {
            var epoch = (await other.ReadAsync(-1, Ct)).Epoch;
            for (var round = 0; round < Revocations; round++)
            {
                var (token, _) = await MakeTokenAsync(user);
                Assert.Equal(WriteStatus.Done, await Stores.Tokens.TryRevokeAsync(token.Id, Entry(), Ct));
                var after = await other.ReadAsync(epoch, Ct);
                AssertNames(after, epoch, user.Id);
                epoch = after.Epoch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(asking);
        }
    }

    [Case]
    public async Task Read_Cancelled_EndsForThatCallerOnly()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Source.ReadAsync(-1, new CancellationToken(canceled: true)).AsTask());
        Assert.Null(await Record.ExceptionAsync(() => Source.ReadAsync(-1, Ct).AsTask()));
    }

    private static void AssertNames(PrincipalChanges changes, long since, long userId)
    {
        Assert.True(changes.Epoch > since, "The epoch did not move.");
        Assert.True(
            changes.Touched is null || changes.Touched.Any(c => c.UserId == userId && c.Epoch > since && c.Epoch <= changes.Epoch),
            "The user was not named.");
    }

    private async Task UpdateAsync(User user, UserChange change) =>
        Done(await Stores.Accounts.TryUpdateUserAsync(user.Id, change, Now, Entry(), Ct));

    private async Task<Scene> MakeSceneAsync()
    {
        await MakeUserAsync(null, Role.Admin);
        var group = await MakeGroupAsync();
        var user = await MakeUserAsync(null, Role.User, group.Id);
        var (session, hash) = await MakeSessionAsync(user);
        var (token, _) = await MakeTokenAsync(user, Now.AddDays(90));
        return new Scene(user, group, session.Id, hash, token.Id, (await MakeIdentityAsync(user)).Id);
    }

    private sealed record Scene(User User, Group Group, long SessionId, SecretHash Session, long TokenId, long IdentityId);
}

using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// What <see cref="AuthorizedWrite"/> promises: every verb that changes something requires, inside its transaction, the session, token or
/// identity it is made with, and that its user is still active with at least the same role.
/// </summary>
[Subject("Acting")]
internal sealed class ActingCases : StoreCases
{
    /// <summary>Every verb, by name; a verb missing here fails <see cref="Verbs_OfAllStores_AreListed"/>.</summary>
    public static IEnumerable<object?[]> Verbs => ActingVerbs.All.Keys.Order(StringComparer.Ordinal).Select(verb => new object?[] { verb });

    /// <summary>Every verb and every way in which its credential can become invalid.</summary>
    public static IEnumerable<object?[]> VerbsAndEnds =>
        from verb in ActingVerbs.All.Keys.Order(StringComparer.Ordinal)
        from end in ActingVerbs.Ends.Keys.Order(StringComparer.Ordinal)
        select new object?[] { verb, end };

    [Case]
    public static void Verbs_OfAllStores_AreListed()
    {
        var there = typeof(IKohakuStore).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && t != typeof(IKohakuStore) && typeof(IKohakuStore).IsAssignableFrom(t))
            .SelectMany(t => t.GetMethods()
                .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(AuthorizedWrite)))
                .Select(m => $"{t.Name}.{m.Name}"));
        Assert.Equal(there.Order(StringComparer.Ordinal), ActingVerbs.All.Keys.Order(StringComparer.Ordinal));
    }

    [CaseRows(nameof(Verbs))]
    public async Task Verb_SessionHolds_IsDone(string verb)
    {
        var scene = await SetSceneAsync();
        var write = EntryBy(scene.BySession);
        Assert.Equal(WriteStatus.Done, await ActingVerbs.All[verb](this, scene, write));
        await AssertAuditedAsync(write.Audit);
    }

    [CaseRows(nameof(Verbs))]
    public async Task Verb_TokenHolds_IsDone(string verb)
    {
        var scene = await SetSceneAsync();
        Assert.Equal(WriteStatus.Done, await ActingVerbs.All[verb](this, scene, EntryBy(scene.ByToken)));
    }

    [CaseRows(nameof(Verbs))]
    public async Task Verb_IdentityHolds_IsDone(string verb)
    {
        var scene = await SetSceneAsync();
        Assert.Equal(WriteStatus.Done, await ActingVerbs.All[verb](this, scene, EntryBy(scene.ByIdentity)));
    }

    [CaseRows(nameof(VerbsAndEnds))]
    [Requirement("S6", "V15.4.2")]
    public async Task Verb_CredentialNoLongerHolds_IsLostAndChangesNothing(string verb, string end)
    {
        var scene = await SetSceneAsync();
        var (actor, expected) = await ActingVerbs.Ends[end](this, scene);
        var before = await SnapshotAsync();
        Assert.Equal(expected, await ActingVerbs.All[verb](this, scene, EntryBy(actor)));
        Assert.Equal(before, await SnapshotAsync());
    }

    [Case]
    public async Task Promotion_Meanwhile_IsNoHindrance()
    {
        var scene = await SetSceneAsync();
        var lower = scene.BySession with { Role = Role.Operator };
        await WritesAsync(e => Stores.Groups.TryDeleteAsync(scene.Group.Id, AuthorizedWrite.By(lower, e.Audit), Ct));
    }

    /// <summary>
    /// Tokens created with a stolen session while the password is set: earlier ones are removed by the change, later ones are not
    /// created.
    /// </summary>
    [Case]
    [Requirement("S6")]
    public Task SetPassword_AgainstTokensMadeBySession_LeavesNone() => AssertNoTokenIsLeftAsync(
        (set, user) => set.Accounts.TrySetPasswordAsync(user.Id, "password " + NextNumber(), false, Entry(), Ct));

    /// <inheritdoc cref="SetPassword_AgainstTokensMadeBySession_LeavesNone"/>
    [Case]
    public Task ResetPassword_AgainstTokensMadeBySession_LeavesNone() => AssertNoTokenIsLeftAsync(
        async (set, user) =>
        {
            var code = await MakeCodeAsync(user);
            return (await set.Accounts.TryResetPasswordAsync(code.Hash, "password " + NextNumber(), Now, Entry(), Ct)).Status;
        });

    /// <summary>Changes made with a session while it is being ended happen before its end or not at all.</summary>
    [Case]
    [Requirement("S6")]
    public Task EndSessions_AgainstWhatTheSessionDoes_ComesAfterAllOfIt() => AssertNothingComesAfterAsync(
        async (set, scene, end) => (await set.Sessions.EndAllAsync(scene.Admin.Id, null, end, Ct)).Status);

    /// <inheritdoc cref="EndSessions_AgainstWhatTheSessionDoes_ComesAfterAllOfIt"/>
    [Case]
    public Task DeleteUser_AgainstWhatTheyDo_ComesAfterAllOfIt() => AssertNothingComesAfterAsync(
        async (set, scene, end) => (await set.Accounts.TryDeleteUserAsync(scene.Admin.Id, end, Ct)).Status);

    /// <inheritdoc cref="EndSessions_AgainstWhatTheSessionDoes_ComesAfterAllOfIt"/>
    [Case]
    public Task Demotion_AgainstWhatTheyDo_ComesAfterAllOfIt() => AssertNothingComesAfterAsync(
        async (set, scene, end) =>
            (await set.Accounts.TryUpdateUserAsync(scene.Admin.Id, new UserChange { Role = Role.Viewer }, Now, end, Ct)).Status);

    /// <summary>Users who change each other at the same time do not deadlock.</summary>
    [Case]
    [Requirement("V15.4.3")]
    public async Task TwoActors_ChangingEachOther_BothComeThrough()
    {
        var sets = await OpenTwoAsync();
        var (a, b) = (await SetSceneAsync(), await SetSceneAsync());
        var results = await RaceAsync(sets, async (set, i) =>
        {
            var (actor, target) = i % 2 == 0 ? (a.BySession, b.Admin) : (b.BySession, a.Admin);
            var change = new UserChange { IsActive = true, DisplayName = "Name " + NextNumber() };
            return (await set.Accounts.TryUpdateUserAsync(target.Id, change, Now, EntryBy(actor), Ct)).Status;
        });
        Assert.All(results, status => Assert.Equal(WriteStatus.Done, status));
    }

    private async Task AssertNoTokenIsLeftAsync(Func<KohakuStoreSet, User, Task<WriteStatus>> shutOut)
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync(null, Role.User);
            var (session, _) = await MakeSessionAsync(user);
            var thief = ActingVerbs.By(user, ActorKind.Session, session.Id);
            var ended = await RaceAsync(sets, async (set, i) => i == 9
                ? await shutOut(set, user)
                : (await set.Tokens.TryCreateAsync(DraftToken(user.Id), EntryBy(thief), Ct)).Status);
            Assert.Equal(WriteStatus.Done, ended[9]);
            Assert.All(ended, status => Assert.True(status is WriteStatus.Done or WriteStatus.ActorGone, status.ToString()));
            Assert.Equal(0, (await Stores.Tokens.ListAsync(user.Id, new PageRequest(1), Ct)).Total);
        }
    }

    private async Task AssertNothingComesAfterAsync(Func<KohakuStoreSet, ActingScene, AuthorizedWrite, Task<WriteStatus>> shutOut)
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var scene = await SetSceneAsync();
            var end = Entry("test.end");
            var acts = Enumerable.Range(0, Callers).Select(_ => EntryBy(scene.BySession)).ToList();
            var results = await RaceAsync(sets, async (set, i) => i == 9
                ? await shutOut(set, scene, end)
                : (await set.Accounts.TryCreateUserAsync(DraftUser(), acts[i], Ct)).Status);
            Assert.Equal(WriteStatus.Done, results[9]);
            var log = await AuditLogAsync();
            var last = Assert.Single(log, e => e.OperationId == end.Audit.OperationId);
            var done = acts.Select(a => a.Audit.OperationId).ToHashSet();
            Assert.DoesNotContain(log, e => e.Id > last.Id && done.Contains(e.OperationId));
            Assert.Equal(results.Where((_, i) => i != 9).Count(s => s == WriteStatus.Done), log.Count(e => done.Contains(e.OperationId)));
        }
    }

    /// <summary>An admin with a session and a token, and one of everything to change.</summary>
    private async Task<ActingScene> SetSceneAsync()
    {
        // The second one remains where the first is deleted or demoted.
        var admin = await MakeUserAsync(null, Role.Admin);
        await MakeUserAsync(null, Role.Admin);
        var (session, _) = await MakeSessionAsync(admin);
        var (token, _) = await MakeTokenAsync(admin);
        var user = await MakeUserAsync();
        var (target, _) = await MakeSessionAsync(user);
        var (targetToken, _) = await MakeTokenAsync(user);
        var (invitation, code) = await MakeInvitationAsync();
        var group = await MakeGroupAsync();
        await WritesAsync(e => Stores.Groups.TryAddMemberAsync(group.Id, user.Id, e, Ct));
        await AssignAsync("vps-a", [user.Id], [group.Id]);
        return new ActingScene
        {
            Admin = admin,
            BySession = ActingVerbs.By(admin, ActorKind.Session, session.Id),
            ByToken = ActingVerbs.By(admin, ActorKind.Token, token.Id),
            ByIdentity = ActingVerbs.By(admin, ActorKind.External, (await MakeIdentityAsync(admin)).Id),
            User = user,
            TargetSession = target,
            TargetToken = targetToken,
            TargetIdentity = await MakeIdentityAsync(user),
            Invitation = invitation,
            InvitationCode = code,
            Group = group,
            Pending = await MakeApprovalAsync(user),
            Reset = await MakeCodeAsync(user),
            NextReset = DraftCode(user),
        };
    }
}

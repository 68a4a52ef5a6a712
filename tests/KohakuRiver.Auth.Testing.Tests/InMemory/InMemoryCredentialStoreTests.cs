using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemoryCredentialStoreTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public async Task Session_Found_CarriesUserAndGroups()
    {
        var zoo = await stores.AddGroupAsync("zoo");
        var art = await stores.AddGroupAsync("art");
        var mio = await stores.AddUserAsync("mio", Role.User, art.Id, zoo.Id);
        var session = Session();
        var login = await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", session, Audit(), Ct);

        var record = await stores.Sessions.FindAsync(session.Hash, Ct);

        Assert.Equal(login.Value!.Session, record!.Session);
        Assert.Equal(login.Value.User.User, record.User);
        Assert.Equal([zoo.Id, art.Id], record.GroupIds);
        Assert.Null(record.Token);
    }

    [Fact]
    public async Task Session_TouchedAndEnded_NeverGoesBackNorRevives()
    {
        var mio = await stores.AddUserAsync("mio");
        var made = (await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct)).Value!.Session;

        await stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [made.Id] = Now.AddMinutes(2), [99] = Now }, Ct);
        await stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [made.Id] = Now.AddMinutes(1) }, Ct);
        Assert.Equal(Now.AddMinutes(2), Assert.Single(await stores.Sessions.ListAsync(mio.Id, Now, Ct)).LastSeenAt);

        Assert.Equal(WriteStatus.NotFound, await stores.Sessions.TryEndAsync(made.Id, mio.Id + 1, Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await stores.Sessions.TryEndAsync(made.Id, mio.Id, Audit(), Ct));
        await stores.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [made.Id] = Now.AddMinutes(3) }, Ct);
        Assert.Empty(await stores.Sessions.ListAsync(mio.Id, Now, Ct));
    }

    [Fact]
    public async Task Sessions_EndedAllButOne_EntryIsWrittenEvenForNone()
    {
        var mio = await stores.AddUserAsync("mio");
        var kept = (await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct)).Value!.Session;
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct);

        Assert.Equal(WriteCount.Done(1), await stores.Sessions.EndAllAsync(mio.Id, kept.Id, Audit("session.end_all"), Ct));
        Assert.Equal(WriteCount.Done(0), await stores.Sessions.EndAllAsync(mio.Id, kept.Id, Audit("session.end_all"), Ct));

        Assert.Equal(2, (await stores.ReadAuditAsync()).Count(entry => entry.Action == "session.end_all"));
    }

    [Fact]
    public async Task Sessions_Pruned_ExpiredAndIdleOnesGo()
    {
        var mio = await stores.AddUserAsync("mio");
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct);
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(Now.AddHours(1)), Audit(), Ct);

        Assert.Equal(0, await stores.Sessions.PruneAsync(Now.AddHours(23), null, Ct));
        Assert.Equal(1, await stores.Sessions.PruneAsync(Now.AddHours(23), Now.AddMinutes(30), Ct));
        Assert.Equal(1, await stores.Sessions.PruneAsync(Now.AddHours(25), null, Ct));
    }

    [Fact]
    public async Task Token_Revoked_TakesItsDescendantsButNotItsSiblings()
    {
        var mio = await stores.AddUserAsync("mio");
        var root = (await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct)).Value!;
        var child = (await stores.Tokens.TryCreateAsync(Token(mio.Id, root.Id), Audit(), Ct)).Value!;
        var grandchild = Token(mio.Id, child.Id);
        await stores.Tokens.TryCreateAsync(grandchild, Audit(), Ct);

        Assert.Equal(WriteStatus.Done, await stores.Tokens.TryRevokeAsync(root.Id, Audit(), Ct));

        Assert.Null(await stores.Tokens.FindAsync(grandchild.Hash, Ct));
        Assert.Equal(0, (await stores.Tokens.ListAsync(mio.Id, new PageRequest(10), Ct)).Total);
        Assert.Equal(WriteStatus.NotFound, await stores.Tokens.TryRevokeAsync(root.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.Conflict, (await stores.Tokens.TryCreateAsync(Token(mio.Id, root.Id), Audit(), Ct)).Status);
    }

    [Fact]
    public async Task Token_LimitReached_ExpiredOnesDoNotCount()
    {
        var mio = await stores.AddUserAsync("mio");
        await stores.Tokens.TryCreateAsync(Token(mio.Id, expiresAt: Now.AddHours(1)), Audit(), Ct);
        await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct);
        await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct);

        var full = await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct);
        var later = await stores.Tokens.TryCreateAsync(Token(mio.Id) with { CreatedAt = Now.AddHours(1) }, Audit("token.create"), Ct);

        Assert.Equal((WriteStatus.LimitReached, WriteStatus.Done), (full.Status, later.Status));
        Assert.Equal($"{later.Value!.Id}", Assert.Single(await stores.ReadAuditAsync(), entry => entry.Action == "token.create").TargetId);
        Assert.Equal(WriteStatus.UserMissing, (await stores.Tokens.TryCreateAsync(Token(99), Audit(), Ct)).Status);
        Assert.Equal(1, await stores.Tokens.PruneAsync(Now.AddHours(2), Ct));
    }

    [Fact]
    public async Task Token_Touched_NeverGoesBack()
    {
        var mio = await stores.AddUserAsync("mio");
        var token = (await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct)).Value!;

        await stores.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = Now.AddMinutes(2) }, Ct);
        await stores.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Id] = Now.AddMinutes(1) }, Ct);

        Assert.Equal(Now.AddMinutes(2), (await stores.Tokens.FindAsync(token.Id, Ct))?.LastUsedAt);
    }

    [Fact]
    public async Task Tokens_Paged_NewestFirstWithoutGapsWhileRowsAreAdded()
    {
        var mio = await stores.AddUserAsync("mio");
        for (var n = 0; n < 3; n++)
        {
            await stores.Tokens.TryCreateAsync(Token(mio.Id) with { Limit = 10 }, Audit(), Ct);
        }

        var first = await stores.Tokens.ListAsync(null, new PageRequest(2), Ct);
        await stores.Tokens.TryCreateAsync(Token(mio.Id) with { Limit = 10 }, Audit(), Ct);
        var second = await stores.Tokens.ListAsync(null, new PageRequest(2, first.Next), Ct);

        Assert.Equal([3, 2], first.Items.Select(token => token.Id));
        Assert.Equal([1], second.Items.Select(token => token.Id));
        Assert.Equal((3, 4), (first.Total, second.Total));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Invitations_LimitAndMissingParts_AreToldApart()
    {
        var maker = await stores.AddUserAsync("maker", Role.Operator);
        async Task<WriteStatus> Make(NewInvitation invitation) => (await stores.Invitations.TryCreateAsync(invitation, Audit(), Ct)).Status;

        Assert.Equal(WriteStatus.GroupMissing, await Make(Invitation(Hash(), groupId: 77)));
        Assert.Equal(WriteStatus.UserMissing, await Make(Invitation(Hash(), makerId: 77)));
        Assert.Equal(WriteStatus.Done, await Make(Invitation(Hash(), maker.Id)));
        Assert.Equal(WriteStatus.Done, await Make(Invitation(Hash())));
        Assert.Equal(WriteStatus.Done, await Make(Invitation(Hash())));
        Assert.Equal(WriteStatus.LimitReached, await Make(Invitation(Hash())));

        var own = await stores.Invitations.ListAsync(maker.Id, new PageRequest(10), Ct);
        Assert.Equal(WriteStatus.Done, await stores.Invitations.TryRevokeAsync(Assert.Single(own.Items).Id, Audit(), Ct));
        Assert.Equal(2, await stores.Invitations.PruneAsync(Now.AddHours(73), Ct));
    }

    [Fact]
    public async Task Codes_Replaced_OnlyThoseOfTheSamePurposeAndUser()
    {
        var mio = await stores.AddUserAsync("mio");
        OneUseCode Reset() => new()
        {
            Hash = Hash(SecretKind.PasswordReset),
            Purpose = CodePurpose.PasswordReset,
            User = new UserRef(mio.Id, "mio"),
            ExpiresAt = Now.AddHours(1),
        };
        var (first, second) = (Reset(), Reset());
        var setup = new OneUseCode { Hash = Hash(SecretKind.Setup), Purpose = CodePurpose.Setup, ExpiresAt = Now.AddHours(2) };

        Assert.Equal(WriteStatus.Done, await stores.Codes.TryReplaceAsync(first, Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await stores.Codes.TryReplaceAsync(setup, Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await stores.Codes.TryReplaceAsync(second, Audit(), Ct));
        Assert.Equal(
            WriteStatus.UserMissing, await stores.Codes.TryReplaceAsync(Reset() with { User = new UserRef(99, "gone") }, Audit(), Ct));

        Assert.Null(await stores.Codes.FindAsync(first.Hash, Ct));
        Assert.Equal(second, await stores.Codes.FindAsync(second.Hash, Ct));
        Assert.Equal(1, await stores.Codes.PruneAsync(Now.AddHours(1), Ct));
        Assert.NotNull(await stores.Codes.FindAsync(setup.Hash, Ct));
    }
}

using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemoryAccountStoreTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public async Task CreateUser_NameTakenOrGroupMissing_WritesNothing()
    {
        await stores.AddUserAsync("mio");

        var taken = await stores.Accounts.TryCreateUserAsync(User("MIO"), Audit(), Ct);
        var missing = await stores.Accounts.TryCreateUserAsync(User("yui", Role.User, 77), Audit(), Ct);

        Assert.Equal((WriteStatus.NameTaken, WriteStatus.GroupMissing), (taken.Status, missing.Status));
        var entry = Assert.Single(await stores.ReadAuditAsync());
        Assert.Equal("1", entry.TargetId);
    }

    [Fact]
    public async Task RegisterWithInvitation_LastUseInParallel_OneWins()
    {
        var lab = await stores.AddGroupAsync("lab");
        var code = Hash(SecretKind.Invitation);
        await stores.Invitations.TryCreateAsync(Invitation(code, groupId: lab.Id), Audit(), Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(
            () => stores.Accounts
                .TryRegisterWithInvitationAsync(User($"u{n}", Role.Admin), code, Role.Operator, Session(), Audit("auth.register"), Ct))));

        var won = Assert.Single(results, result => result.IsDone).Value!;
        Assert.Equal(Role.Viewer, won.User.User.Role);
        Assert.Equal([new GroupRef(lab.Id, "lab")], won.User.Groups);
        Assert.Equal(Now, won.User.User.LastLoginAt);
        Assert.All(results.Where(result => !result.IsDone), result => Assert.Equal(WriteStatus.CodeClosed, result.Status));
        Assert.Single(await stores.ReadAuditAsync(), entry => entry.Action == "auth.register");
        Assert.Equal(1, (await stores.Invitations.FindAsync(code, Ct))?.Uses);
    }

    [Fact]
    [Trait("Requirement", "V2.3.3")]
    public async Task RegisterWithInvitation_NameTaken_TakesNoUse()
    {
        var code = Hash(SecretKind.Invitation);
        await stores.Invitations.TryCreateAsync(Invitation(code), Audit(), Ct);
        await stores.AddUserAsync("mio");

        var result = await stores.Accounts.TryRegisterWithInvitationAsync(User("mio"), code, Role.Operator, Session(), Audit(), Ct);

        Assert.Equal(WriteStatus.NameTaken, result.Status);
        Assert.Equal(0, (await stores.Invitations.FindAsync(code, Ct))?.Uses);
    }

    [Fact]
    public async Task RegisterWithInvitation_MakerDemoted_IsClosed()
    {
        await stores.AddUserAsync("admin", Role.Admin);
        var maker = await stores.AddUserAsync("maker", Role.Operator);
        var code = Hash(SecretKind.Invitation);
        await stores.Invitations.TryCreateAsync(Invitation(code, maker.Id), Audit(), Ct);
        await stores.Accounts.TryUpdateUserAsync(maker.Id, new UserChange { Role = Role.User }, Now, Audit(), Ct);

        var result = await stores.Accounts.TryRegisterWithInvitationAsync(User("mio"), code, Role.Operator, Session(), Audit(), Ct);

        Assert.Equal(WriteStatus.CodeClosed, result.Status);
    }

    [Fact]
    public async Task RegisterFirstAdmin_InParallel_OneWinsAndTheCodeIsGone()
    {
        var code = Hash(SecretKind.Setup);
        var setup = new OneUseCode { Hash = code, Purpose = CodePurpose.Setup, ExpiresAt = Now.AddHours(1) };
        Assert.Equal(WriteStatus.Done, await stores.Codes.TryReplaceAsync(setup, Audit(), Ct));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(
            () => stores.Accounts.TryRegisterFirstAdminAsync(User($"u{n}"), code, Session(), Audit(), Ct))));

        Assert.Equal(Role.Admin, Assert.Single(results, result => result.IsDone).Value!.User.User.Role);
        Assert.Equal(19, results.Count(result => result.Status == WriteStatus.AdminExists));
        Assert.Null(await stores.Codes.FindAsync(code, Ct));
    }

    [Fact]
    public async Task LogIn_OverTheLimit_EndsTheOldestAndTheReplaced()
    {
        var mio = await stores.AddUserAsync("mio");
        var sessions = new List<Session>();
        for (var n = 0; n < 4; n++)
        {
            var login = await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(Now.AddMinutes(n)), Audit(), Ct);
            sessions.Add(login.Value!.Session);
        }

        Assert.Equal(
            sessions.Skip(1).Reverse(),
            await stores.Sessions.ListAsync(mio.Id, Now.AddMinutes(5), Ct));

        var first = Session(Now.AddMinutes(5));
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", first, Audit(), Ct);
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(Now.AddMinutes(6)) with { Replaces = first.Hash }, Audit(), Ct);
        Assert.Null(await stores.Sessions.FindAsync(first.Hash, Ct));
        Assert.Equal(3, (await stores.Sessions.ListAsync(mio.Id, Now.AddMinutes(7), Ct)).Count);
    }

    [Fact]
    public async Task LogIn_HashMovedOnOrDisabled_IsAConflict()
    {
        var mio = await stores.AddUserAsync("mio");

        Assert.Equal(WriteStatus.Conflict, (await stores.Accounts.TryLogInAsync(mio.Id, "other", Session(), Audit(), Ct)).Status);
        await stores.Accounts.TryUpdateUserAsync(mio.Id, new UserChange { IsActive = false }, Now, Audit(), Ct);

        Assert.Equal(WriteStatus.Conflict, (await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct)).Status);
    }

    [Fact]
    public async Task LastAdmin_DemotedDisabledOrDeletedInParallel_OneIsLeft()
    {
        for (var round = 0; round < 100; round++)
        {
            var fresh = new InMemoryStoreSet();
            var first = await fresh.AddUserAsync("first", Role.Admin);
            var second = await fresh.AddUserAsync("second", Role.Admin);

            var change = round % 2 == 0 ? new UserChange { Role = Role.User } : new UserChange { IsActive = false };
            var demote = Task.Run(async () => (await fresh.Accounts.TryUpdateUserAsync(first.Id, change, Now, Audit(), Ct)).Status);
            var delete = Task.Run(async () => (await fresh.Accounts.TryDeleteUserAsync(second.Id, Audit(), Ct)).Status);
            var results = await Task.WhenAll(demote, delete);

            Assert.Equal([WriteStatus.Done, WriteStatus.LastAdmin], results.Order());
            Assert.Equal(3, (await fresh.ReadAuditAsync()).Count);
        }
    }

    [Fact]
    public async Task UpdateUser_LastAdminLost_LeavesTheUserAsItWas()
    {
        var admin = await stores.AddUserAsync("admin", Role.Admin);

        var result = await stores.Accounts.TryUpdateUserAsync(
            admin.Id, new UserChange { Role = Role.User, DisplayName = "new" }, Now, Audit(), Ct);

        Assert.Equal(WriteStatus.LastAdmin, result.Status);
        Assert.Equal(admin, await stores.Users.FindAsync(admin.Id, Ct));
    }

    [Fact]
    public async Task ChangePassword_KeepsOneSessionAndTheTokens()
    {
        var mio = await stores.AddUserAsync("mio");
        var kept = (await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct)).Value!.Session;
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct);
        var token = (await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct)).Value!;

        Assert.Equal(WriteStatus.Conflict, await stores.Accounts.TryChangePasswordAsync(mio.Id, "other", "hash-1", kept.Id, Audit(), Ct));
        Assert.Equal(WriteStatus.Done, await stores.Accounts.TryChangePasswordAsync(mio.Id, "hash-0", "hash-1", kept.Id, Audit(), Ct));

        Assert.Equal([kept], await stores.Sessions.ListAsync(mio.Id, Now, Ct));
        Assert.NotNull(await stores.Tokens.FindAsync(token.Id, Ct));
    }

    [Fact]
    public async Task ResetPassword_ByCode_WorksOnceAndEndsSessionsAndTokens()
    {
        var mio = await stores.AddUserAsync("mio");
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", Session(), Audit(), Ct);
        var token = (await stores.Tokens.TryCreateAsync(Token(mio.Id), Audit(), Ct)).Value!;
        var code = new OneUseCode
        {
            Hash = Hash(SecretKind.PasswordReset),
            Purpose = CodePurpose.PasswordReset,
            User = new UserRef(mio.Id, "mio"),
            ExpiresAt = Now.AddHours(1),
        };
        Assert.Equal(WriteStatus.Done, await stores.Codes.TryReplaceAsync(code, Audit(), Ct));

        var late = await stores.Accounts.TryResetPasswordAsync(code.Hash, "hash-1", Now.AddHours(1), Audit(), Ct);
        var first = await stores.Accounts.TryResetPasswordAsync(code.Hash, "hash-1", Now, Audit(), Ct);
        var again = await stores.Accounts.TryResetPasswordAsync(code.Hash, "hash-2", Now, Audit(), Ct);

        Assert.Equal(
            (WriteStatus.CodeClosed, WriteStatus.Done, WriteStatus.CodeClosed), (late.Status, first.Status, again.Status));
        Assert.Equal("hash-1", (await stores.Users.FindPasswordAsync(mio.Id, Ct))?.PasswordHash);
        Assert.Empty(await stores.Sessions.ListAsync(mio.Id, Now, Ct));
        Assert.Null(await stores.Tokens.FindAsync(token.Id, Ct));
    }

    [Fact]
    public async Task DeleteUser_TakesEverythingOfTheirsAndKeepsTheNames()
    {
        var lab = await stores.AddGroupAsync("lab");
        var mio = await stores.AddUserAsync("mio", Role.Operator, lab.Id);
        var session = Session();
        await stores.Accounts.TryLogInAsync(mio.Id, "hash-0", session, Audit(), Ct);
        var token = Token(mio.Id);
        await stores.Tokens.TryCreateAsync(token, Audit(), Ct);
        var code = Hash(SecretKind.Invitation);
        await stores.Invitations.TryCreateAsync(Invitation(code, mio.Id), Audit(), Ct);
        await stores.VpsAssignments.TryAssignAsync("vps-1", [mio.Id], [], Now, Audit(), Ct);
        await stores.Approvals.TryAddAsync(Approval("t1", mio.Id, atOnce: true), Audit(), Ct);

        Assert.Equal("mio", (await stores.Accounts.TryDeleteUserAsync(mio.Id, Audit(), Ct)).Value!.Username);

        Assert.Null(await stores.Sessions.FindAsync(session.Hash, Ct));
        Assert.Null(await stores.Tokens.FindAsync(token.Hash, Ct));
        Assert.Null(await stores.Invitations.FindAsync(code, Ct));
        Assert.Empty(await stores.VpsAssignments.ListAsync("vps-1", Ct));
        Assert.Equal(0, (await stores.Groups.FindAsync(lab.Id, Ct))?.MemberCount);
        var approval = await stores.Approvals.FindAsync("t1", Ct);
        Assert.Equal(
            (null, null, "somebody", "somebody"), (approval!.SubmitterId, approval.DecidedById, approval.Submitter, approval.DecidedBy));
    }
}

using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

public class LoadTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    [Trait("Requirement", "V15.4.3")]
    public async Task Writers_TwoHundredOnTwoSets_AllSucceed()
    {
        var (database, first) = await TempDatabase.CreateAsync();
        await using var owned = database;
        KohakuStoreSet[] sets = [first, database.Open()];

        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Make.UserAsync(sets[i % 2], "writer" + i), Ct)));

        Assert.Equal(200, ids.Distinct().Count());
        Assert.Equal(200L, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_users"));
        Assert.Equal(200, (await first.Audit.ListAsync(new AuditQuery(), Ct)).Total);
    }

    [Fact]
    public async Task RemoveContent_OfThousands_RemovesEveryOneAndCountsThem()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        database.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
            INSERT INTO kohaku_approvals (task_id, task_type, command, arguments, required_cores, required_gpus, details, submitter,
                submitted_at, status, decided_by, decided_at, delivered_at, delivery_attempts)
            SELECT 't' || i, 'command', 'echo', '["secret"]', 0, '[]', '{"k":"secret"}', 'ann', i, 1, 'olga', i, i, 1 FROM n;
            """);

        Assert.Equal(2499, await stores.Approvals.RemoveContentAsync(DateTimeOffset.UnixEpoch.AddMicroseconds(2500), Ct));

        Assert.Equal(
            1L, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_approvals WHERE arguments LIKE '%secret%' OR details LIKE '%secret%'"));
        Assert.True((await stores.Approvals.FindAsync("t2499", Ct))!.ContentRemoved);
        Assert.Equal(1, await stores.Approvals.RemoveContentAsync(DateTimeOffset.UnixEpoch.AddMicroseconds(2501), Ct));
    }

    [Fact(Timeout = 300_000)]
    [Trait("Requirement", "V15.4.3")]
    public async Task Writers_UnderFiftyReaders_NeitherStarvesNorFails()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var session = (await stores.Accounts.TryRegisterAsync(Make.User("reader"), Make.Session(), Make.Audit(), Ct)).Value!.Session;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        long reads = 0;
        var readers = Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Assert.Contains(await stores.Sessions.ListAsync(session.UserId, Make.Now, Ct), s => s.Id == session.Id);
                    Interlocked.Increment(ref reads);
                    await Task.Yield();
                }
            },
            Ct)).ToList();

        // Both sides must get on: the loop ends by the one after its hundred writes, by the other after its five hundred reads.
        var written = 0;
        try
        {
            while (written < 100 || Interlocked.Read(ref reads) < 500)
            {
                await Make.UserAsync(stores, "w" + written++);
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        await Task.WhenAll(readers);
        Assert.Equal(written + 1L, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_users"));
    }

    [Fact]
    [Trait("Requirement", "V15.4.3")]
    public async Task Writers_OfAnotherProcessInBetween_AreWaitedFor()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;

        // A connection past the gate stands for the other process: only SQLite's own locks are between the two.
        var other = Task.Run(
            () =>
            {
                using var connection = database.OpenRaw();
                for (var i = 0; i < 100; i++)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = $"BEGIN IMMEDIATE; INSERT INTO kohaku_settings VALUES ('s{i}', '1'); COMMIT;";
                    command.ExecuteNonQuery();
                }
            },
            Ct);
        for (var i = 0; i < 100; i++)
        {
            await Make.UserAsync(stores, "w" + i);
        }

        await other;
        Assert.Equal(100, (await stores.Settings.ReadAsync(Ct)).Count);
        Assert.Equal(100L, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_users"));
    }

    [Fact]
    public async Task Ids_AfterTheNewestRowIsDeleted_AreNotUsedAgain()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var group = (await stores.Groups
            .TryCreateAsync(new NewGroup("g", "", 0, new Dictionary<string, long>(), Make.Now), Make.Audit(), Ct)).Value!.Id;
        var login = (await stores.Accounts.TryRegisterAsync(Make.User("first"), Make.Session(), Make.Audit(), Ct)).Value!;
        await stores.Accounts.TryDeleteUserAsync(login.User.User.Id, Make.Audit(), Ct);
        await stores.Groups.TryDeleteAsync(group, Make.Audit(), Ct);

        var nextGroup = (await stores.Groups
            .TryCreateAsync(new NewGroup("g", "", 0, new Dictionary<string, long>(), Make.Now), Make.Audit(), Ct)).Value!.Id;
        var next = (await stores.Accounts.TryRegisterAsync(Make.User("first"), Make.Session(), Make.Audit(), Ct)).Value!;

        Assert.True(next.User.User.Id > login.User.User.Id);
        Assert.True(next.Session.Id > login.Session.Id);
        Assert.True(nextGroup > group);
    }

    [Fact]
    public async Task UserTotals_AfterUsersCameChangedAndWent_AreThoseCounted()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var ids = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await Make.UserAsync(stores, "u" + i, (Role)((i % 4) + 1)));
        }

        await stores.Accounts.TryUpdateUserAsync(ids[0], new UserChange { Role = Role.Operator }, Make.Now, Make.Audit(), Ct);
        await stores.Accounts.TryUpdateUserAsync(ids[1], new UserChange { IsActive = false }, Make.Now, Make.Audit(), Ct);
        await stores.Accounts.TryUpdateUserAsync(
            ids[2], new UserChange { IsActive = false, Role = Role.Viewer }, Make.Now, Make.Audit(), Ct);
        await stores.Accounts.TryUpdateUserAsync(ids[2], new UserChange { IsActive = true }, Make.Now, Make.Audit(), Ct);
        await stores.Accounts.TryUpdateUserAsync(ids[4], new UserChange { DisplayName = "other" }, Make.Now, Make.Audit(), Ct);
        await stores.Accounts.TryDeleteUserAsync(ids[1], Make.Audit(), Ct);
        await stores.Accounts.TryDeleteUserAsync(ids[5], Make.Audit(), Ct);
        Assert.Equal(WriteStatus.NameTaken, (await stores.Accounts.TryCreateUserAsync(Make.User("U7"), Make.Audit(), Ct)).Status);

        foreach (var role in new Role?[] { null, Role.Viewer, Role.User, Role.Operator, Role.Admin })
        {
            foreach (var isActive in new bool?[] { null, true, false })
            {
                var query = new UserQuery { Role = role, IsActive = isActive, Page = new PageRequest(100) };
                var page = await stores.Users.ListAsync(query, Make.Now, Ct);
                Assert.Equal(page.Items.Count, page.Total);
                var first = await stores.Users.ListAsync(query with { Page = new PageRequest(1) }, Make.Now, Ct);
                Assert.Equal(page.Total, first.Total);
            }
        }
    }

    [Fact]
    public async Task DeletedUser_WithEverything_LeavesOnlyNames()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var id = (await stores.Accounts.TryRegisterAsync(Make.User("gone"), Make.Session(), Make.Audit(), Ct)).Value!.User.User.Id;
        await stores.Approvals.TryAddAsync(
            Make.Approval("t") with { SubmitterId = id, Submitter = "gone", ApprovedAtOnce = true }, Make.Audit(), Ct);
        await stores.VpsAssignments.TryAssignAsync("vps", [id], [], Make.Now, Make.Audit(), Ct);
        await stores.Invitations.TryCreateAsync(Make.Invitation(Make.Hash(), 1) with { CreatedById = id }, Make.Audit(), Ct);
        await stores.Codes.TryReplaceAsync(
            new OneUseCode
            {
                Hash = Make.Hash(),
                Purpose = CodePurpose.PasswordReset,
                User = new UserRef(id, "gone"),
                ExpiresAt = Make.Now.AddHours(1),
            },
            Make.Audit(), Ct);
        var token = new NewToken { UserId = id, Hash = Make.Hash(), Prefix = "krt_a", Name = "t", CreatedAt = Make.Now, Limit = 50 };
        var parent = (await stores.Tokens.TryCreateAsync(token, Make.Audit(), Ct)).Value!;
        await stores.Tokens.TryCreateAsync(token with { Hash = Make.Hash(), ParentId = parent.Id }, Make.Audit(), Ct);

        Assert.True((await stores.Accounts.TryDeleteUserAsync(id, Make.Audit(), Ct)).IsDone);

        foreach (var table in new[] { "sessions", "tokens", "vps_assignments", "invitations", "codes", "memberships", "users" })
        {
            Assert.Equal(0L, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_" + table));
        }

        var approval = (await stores.Approvals.FindAsync("t", Ct))!;
        Assert.Equal(("gone", null, null), (approval.Submitter, approval.SubmitterId, approval.DecidedById));
    }
}

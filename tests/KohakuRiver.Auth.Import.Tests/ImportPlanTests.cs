namespace KohakuRiver.Auth.Import.Tests;

/// <summary>What becomes of rows that no host should hold, and of an import that others get in the way of.</summary>
public sealed class ImportPlanTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_OthersKeepMakingTheSame_GivesUpWithNothingImported()
    {
        await using var database = new SqliteDatabase();
        using var commands = new Commands(database.Path);
        await using var host = await OpenAsync(database);
        var users = Enumerable.Range(1, 9).Select(i => new ImportSource.User(i, $"user{i}", "", TestHost.PasswordHash, "user", true, null));
        var others = 0;
        commands.BeforeTransaction = () =>
        {
            others++;
            database.Execute($"INSERT INTO kohaku_imports (kind, key, imported_at) VALUES (0, 'USER{others}', 0)");
        };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.ImportAsync(new ImportSource { Users = [.. users] }));

        Assert.Equal(5, others);
        Assert.False(await host.Stores.Users.AnyAsync(Ct));
    }

    /// <summary>Between any two of its reads: who was imported meanwhile is there, and was never gone.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [Trait("Requirement", "D4")]
    public async Task Import_OfAnotherBetweenTheReads_LeavesNothingOut(int reads)
    {
        await using var database = new SqliteDatabase();
        using var commands = new Commands(database.Path);
        await using var host = await OpenAsync(database);
        await using var other = new TestHost(database.Open());
        var left = reads;
        commands.BeforeStatement = () =>
        {
            if (left-- == 0)
            {
                Assert.Equal(1, other.ImportAsync(TestHost.OneToken()).GetAwaiter().GetResult().Counts[0].Imported);
            }
        };

        var report = await host.ImportAsync(TestHost.OneToken());

        Assert.True(left < 0, "There are fewer reads.");
        Assert.Empty(report.LeftOut);
        Assert.Equal((0, 1), (report.Counts[0].Imported, report.Counts[0].AlreadyThere));
    }

    [Fact]
    public async Task Import_OddRows_AreImportedWithWhatIsGoodOrNamed()
    {
        await using var database = new SqliteDatabase();
        await using var host = await OpenAsync(database);
        var hash = TestHost.PasswordHash;
        var source = new ImportSource
        {
            Users =
            [
                new ImportSource.User(1, "one", "evil\u202ename", hash, "viewer", null, null),
                new ImportSource.User(2, null, null, hash, "viewer", true, null),
                new ImportSource.User(3, "three", "", hash, "Admin", true, null),
                new ImportSource.User(4, "four", "", hash.Replace("$04$", "$31$", StringComparison.Ordinal), "viewer", true, null),
            ],
            Groups =
            [
                new ImportSource.Group(1, "a", 0, "[1]", null),
                new ImportSource.Group(2, "b", 0, "{", null),
                new ImportSource.Group(3, "c", 0, """{"Max": 1, "ok": -1, "good": 7, "big": 1e30, "text": "x"}""", null),
                new ImportSource.Group(4, "line\nbreak", 0, null, null),
            ],
            Tokens =
            [
                new ImportSource.Token(7, 1, TestHost.Hash("one"), "tab\tbed", null, null, null),
                new ImportSource.Token(8, 1, TestHost.Hash("one").ToUpperInvariant(), "twice", null, null, null),
                new ImportSource.Token(9, 1, TestHost.Hash("two"), "dead", null, host.Now, null),
                new ImportSource.Token(10, null, TestHost.Hash("three"), "nobody's", null, null, null),
            ],
            Memberships = [new(1, 1, 4, null, null), new(2, 1, 3, null, null), new(3, 1, 3, null, null)],
            Invitations =
            [
                new ImportSource.Invitation(1, "short", "viewer", null, 1, 0, host.Now.AddDays(1), null, null),
                new ImportSource.Invitation(2, new string('a', 64), "viewer", 4, 1, 0, host.Now.AddDays(1), null, null),
                new ImportSource.Invitation(3, new string('b', 64), "viewer", null, 0, -1, host.Now.AddDays(1), null, null),
                new ImportSource.Invitation(4, new string('c', 64), "viewer", null, 1, 0, null, null, null),
                new ImportSource.Invitation(5, new string('d', 64), "viewer", null, 1, 0, host.Now, null, null),
            ],
            VpsAssignments = [new(1, "a b", 1, null), new(2, "5", 1, null), new(3, "5", 1, null)],
        };

        var report = await host.ImportAsync(source);

        Assert.Equal(
            [
                new("users", 1, 0, 3), new("groups", 3, 0, 1), new("user_groups", 1, 0, 2), new("tokens", 1, 0, 3),
                new("invitations", 0, 0, 5), new("vps_assignments", 1, 0, 2),
            ],
            report.Counts);
        var one = (await host.Stores.Users.FindPasswordAsync("one", Ct))!.User;
        Assert.Equal(("one", false, host.Now), (one.DisplayName, one.IsActive, one.CreatedAt));
        Assert.Equal("imported token 7", Assert.Single((await host.Stores.Tokens.ListAsync(null, new PageRequest(9), Ct)).Items).Name);
        Assert.Equal([new("good", 7)], Assert.Single(await host.Stores.Groups.ListOfUserAsync(one.Id, Ct)).Limits);
        Assert.Equal(
            [("users", 1L), ("users", 1L), ("groups", 1L), ("groups", 2L), ("groups", 3L), ("tokens", 7L)],
            report.Changed.Select(c => (c.Table, c.Id)));
    }

    [Fact]
    public async Task AnyTokens_Always_LooksIntoTheIndexOfImportedOnesOnly()
    {
        await using var database = new SqliteDatabase();
        using var commands = new Commands(database.Path);
        await using var host = await OpenAsync(database);
        commands.Take();

        Assert.False(await new ImportStore(((EntityFrameworkCore.EfStoreSet)host.Stores).Database).AnyTokensAsync(Ct));

        using var connection = database.OpenRaw();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + Assert.Single(commands.Take());
        using var reader = await command.ExecuteReaderAsync(Ct);
        var plan = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Contains(plan, line => line.Contains("INDEX ix_kohaku_tokens_hash_id", StringComparison.Ordinal));
    }

    private static async Task<TestHost> OpenAsync(SqliteDatabase database)
    {
        var host = new TestHost(database.Open());
        await host.Stores.InitializeAsync(Ct);
        return host;
    }
}

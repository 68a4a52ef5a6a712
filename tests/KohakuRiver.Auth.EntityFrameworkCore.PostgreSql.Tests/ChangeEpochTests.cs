using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>The triggers behind the epoch, where the conformance suite cannot look.</summary>
public sealed class ChangeEpochTests(PostgresServer server)
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Theory]
    [InlineData("UPDATE kohaku_users SET is_active = false WHERE id = {0}")]
    [InlineData("UPDATE kohaku_users SET role = 1 WHERE id = {0}")]
    [InlineData("UPDATE kohaku_users SET username = 'renamed', username_key = 'RENAMED' WHERE id = {0}")]
    [InlineData("DELETE FROM kohaku_users WHERE id = {0}")]
    public async Task Read_AfterAStatementByHand_NamesWhomItTouched(string statement)
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        var before = (await stores.Changes!.ReadAsync(-1, Ct)).Epoch;

        await database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, user));

        var after = await stores.Changes.ReadAsync(before, Ct);
        Assert.Contains(user, after.Touched!.Select(c => c.UserId));
    }

    [Fact]
    public async Task Read_AfterWhatTouchesNoPrincipal_NamesNobody()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        var before = (await stores.Changes!.ReadAsync(-1, Ct)).Epoch;

        await Make.UserAsync(stores, "bob");
        await database.ExecuteAsync($"UPDATE kohaku_users SET display_name = 'Alice', failed_logins = 3 WHERE id = {user}");

        Assert.Equal(before, (await stores.Changes.ReadAsync(before, Ct)).Epoch);
    }

    [Fact]
    public async Task Read_FurtherBehindThanIsKept_KnowsNothing()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        await database.ExecuteAsync($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");
        var before = (await stores.Changes!.ReadAsync(-1, Ct)).Epoch;

        await database.ExecuteAsync("UPDATE kohaku_change_epoch SET value = value + 10000");
        Assert.NotNull((await stores.Changes.ReadAsync(before, Ct)).Touched);
        await database.ExecuteAsync($"UPDATE kohaku_users SET role = 2 WHERE id = {user}");

        // What is too old goes with the next change, so that the log does not grow.
        Assert.Null((await stores.Changes.ReadAsync(before, Ct)).Touched);
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_changes"));
    }
}

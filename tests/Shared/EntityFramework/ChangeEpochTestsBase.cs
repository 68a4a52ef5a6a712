namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>The triggers behind the epoch, where the conformance suite cannot look.</summary>
public abstract class ChangeEpochTestsBase(ITestDatabase database) : EngineTests(database)
{
    [Theory]
    [InlineData("UPDATE kohaku_users SET is_active = false WHERE id = {0}")]
    [InlineData("UPDATE kohaku_users SET role = 1 WHERE id = {0}")]
    [InlineData("UPDATE kohaku_users SET username = 'renamed', username_key = 'RENAMED' WHERE id = {0}")]
    [InlineData("DELETE FROM kohaku_users WHERE id = {0}")]
    public async Task Read_AfterAStatementByHand_NamesWhomItTouched(string statement)
    {
        var user = await Make.UserAsync(First, "alice");
        var before = (await First.Changes!.ReadAsync(-1, Ct)).Epoch;

        await Database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, user));

        var after = await First.Changes.ReadAsync(before, Ct);
        Assert.Contains(user, after.Touched!.Select(c => c.UserId));
    }

    [Fact]
    public async Task Read_AfterWhatTouchesNoPrincipal_NamesNobody()
    {
        var user = await Make.UserAsync(First, "alice");
        var before = (await First.Changes!.ReadAsync(-1, Ct)).Epoch;

        await Make.UserAsync(First, "bob");
        await Database.ExecuteAsync($"UPDATE kohaku_users SET display_name = 'Alice', failed_logins = 3 WHERE id = {user}");

        Assert.Equal(before, (await First.Changes.ReadAsync(before, Ct)).Epoch);
    }

    [Fact]
    public async Task Read_FurtherBehindThanIsKept_KnowsNothing()
    {
        var user = await Make.UserAsync(First, "alice");
        await Database.ExecuteAsync($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");
        var before = (await First.Changes!.ReadAsync(-1, Ct)).Epoch;

        await Database.ExecuteAsync("UPDATE kohaku_change_epoch SET value = value + 10000");
        Assert.NotNull((await First.Changes.ReadAsync(before, Ct)).Touched);
        await Database.ExecuteAsync($"UPDATE kohaku_users SET role = 2 WHERE id = {user}");

        // What is too old goes with the next change, so that the log does not grow.
        Assert.Null((await First.Changes.ReadAsync(before, Ct)).Touched);
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_changes"));
    }
}

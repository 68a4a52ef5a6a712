using KohakuRiver.Auth.Tests.Shared;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>What is read of an old host's file, before anything is judged.</summary>
public sealed class KohakuRiverFileTests : IDisposable
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly OldHostFile old = new();

    public void Dispose() => old.Dispose();

    /// <summary>At half past two of that night the clock was turned back to two.</summary>
    [Fact]
    public async Task Read_TimeThatTheClockShowedTwice_EndsAtTheFirstAndBeginsAtTheSecond()
    {
        const string Twice = "2025-10-26 02:30:00";
        old.User(1, "root", TestHost.PasswordHash, "admin", created: Twice);
        old.Invitation(1, new string('a', 64), "viewer", expires: Twice);

        var source = await KohakuRiverFile.ReadAsync(old.Path, Berlin, withTasks: false, TestContext.Current.CancellationToken);

        var first = new DateTimeOffset(2025, 10, 26, 0, 30, 0, TimeSpan.Zero);
        Assert.Equal(first.AddHours(1), Assert.Single(source.Users).CreatedAt);
        Assert.Equal(first, Assert.Single(source.Invitations).ExpiresAt);
    }

    [Fact]
    public async Task Read_ColumnsOfOtherTypes_GivesNullsAndNoFault()
    {
        old.User(1, "root", TestHost.PasswordHash, "admin", created: "yesterday");
        old.Execute("UPDATE users SET is_active = 'perhaps', display_name = x'00ff'");

        var source = await KohakuRiverFile.ReadAsync(old.Path, TimeZoneInfo.Utc, withTasks: false, TestContext.Current.CancellationToken);

        Assert.Equal(new ImportSource.User(1, "root", null, TestHost.PasswordHash, "admin", null, null), Assert.Single(source.Users));
    }

    [Fact]
    public async Task Read_FileOfAnotherProgram_IsRefusedByItsColumns()
    {
        using var letters = new OldHostFile(withSchema: false);

        var fault = await Assert.ThrowsAsync<ImportSourceException>(
            () => KohakuRiverFile.ReadAsync(letters.Path, TimeZoneInfo.Utc, withTasks: false, TestContext.Current.CancellationToken));

        Assert.Contains("no table users with the columns id, username", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$2b$04$", true)]
    [InlineData("$2a$12$", true)]
    [InlineData("$2y$16$", true)]
    [InlineData("$2b$03$", false)]
    [InlineData("$2b$17$", false)]
    [InlineData("$2x$12$", false)]
    [InlineData("$2b$4$.", false)]
    [InlineData("$2b$12.", false)]
    public void PasswordHash_OfTheOldHost_IsPlainBCryptOfACostThatALoginComputes(string start, bool readable)
    {
        Assert.Equal(readable, OldPasswordHash.IsReadable(start + new string('.', 53)));
        Assert.False(OldPasswordHash.IsReadable(start + new string('.', 52)));
        Assert.False(OldPasswordHash.IsReadable(start + new string('.', 54)));
        Assert.False(OldPasswordHash.IsReadable(start + new string('.', 52) + "="));
        Assert.False(OldPasswordHash.IsReadable(null));
    }
}

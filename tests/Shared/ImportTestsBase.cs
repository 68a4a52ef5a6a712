using System.Data.Common;
using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests.Shared;

/// <summary>An import into one engine, through the services as a host has them.</summary>
public abstract class ImportTestsBase : IAsyncLifetime
{
    private static readonly ClientInfo Client = new("192.0.2.7", "test");

    private readonly OldHostFile old = OldHostFile.WithEverything(Hash);
    private KohakuStoreSet? stores;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same database each time, with an interceptor where one is given.</summary>
    private protected abstract Task<KohakuStoreSet> OpenAsync(IInterceptor? disturbing);

    /// <summary>All rows of all tables, as text.</summary>
    protected abstract Task<IReadOnlyList<string>> DumpAsync();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(ImportedToken.IsSupported, "This machine cannot compute SHA3-512.");
        stores = await OpenAsync(null);
        await stores.InitializeAsync(Ct);
    }

    public virtual ValueTask DisposeAsync()
    {
        old.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task D4_Import_OldDatabase_TakesOverWhatIsGoodAndNamesTheRest()
    {
        await using var host = Host();

        var report = await ImportAsync(host);

        Assert.Equal(
            [new("users", 4, 0, 6), new("groups", 1, 0, 2), new("user_groups", 2, 0, 3), new("tokens", 2, 0, 4), new("invitations", 2, 0, 4), new("vps_assignments", 1, 0, 2)],
            report.Counts);
        Assert.Equal(["Bob", "bob", "_hidden", "über", "nobody", "broken"], Names(report, "users"));
        Assert.Equal(["ops", "OPS"], Names(report, "groups"));
        Assert.Equal(["orphan", "of one left out", "of a deleted user", "unreadable"], Names(report, "tokens"));
        Assert.Contains(report.LeftOut, r => r is { Table: "tokens", Id: 5 } && r.Reason.Contains("deleted account", StringComparison.Ordinal));
        Assert.Equal(["groups", "user_groups"], report.Changed.Select(r => r.Table));
        Assert.Contains("Sessions are not imported (1)", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.DoesNotContain(report.LeftOut, r => r.Reason.Contains("$2b$", StringComparison.Ordinal) || r.Name?.Length == 64);

        var ann = (await stores!.Users.FindPasswordAsync("ann", Ct))!.User;
        Assert.Equal(("ann", Role.User, true), (ann.DisplayName, ann.Role, ann.IsActive));
        Assert.Equal(new DateTimeOffset(2025, 11, 5, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123456), ann.CreatedAt);
        var lab = Assert.Single(await stores.Groups.ListOfUserAsync(ann.Id, Ct));
        Assert.Equal([new("gpu_cap", 2), new("max_tasks", 10)], lab.Limits);
        Assert.Equal(["1234567890123456789"], await stores.VpsAssignments.ListVpsOfUserAsync(ann.Id, Ct));
        Assert.False((await stores.Users.FindPasswordAsync("viewer.1", Ct))!.User.IsActive);
        Assert.Equal("The boss", (await stores.Users.FindPasswordAsync("root", Ct))!.User.DisplayName);
        var entry = Assert.Single((await stores.Audit.ListAsync(new AuditQuery { Action = AuditActions.ImportCompleted }, Ct)).Items);
        Assert.Equal("users 4, groups 1, user_groups 2, tokens 2, invitations 2, vps_assignments 1", entry.Detail);
    }

    [Fact]
    public async Task D4_Import_OldPasswordAndOldToken_WorkAndThePasswordIsHashedAnew()
    {
        await using var host = Host();
        var credentials = host.GetRequiredService<CredentialService>();
        var token = "b".PadLeft(64, '0');
        Assert.Null(await credentials.FindTokenActorAsync(token, null, Ct));
        await ImportAsync(host);

        var login = await host.GetRequiredService<LoginService>().LogInAsync("ANN", "pässwörd 8", Client, Ct);
        Assert.True(login.IsSuccess);
        Assert.StartsWith("$bcrypt-sha256$", (await stores!.Users.FindPasswordAsync("ann", Ct))!.PasswordHash, StringComparison.Ordinal);
        Assert.True((await host.GetRequiredService<LoginService>().LogInAsync("ann", "pässwörd 8", Client, Ct)).IsSuccess);
        Assert.False((await host.GetRequiredService<LoginService>().LogInAsync("ann", "pässwörd 9", Client, Ct)).IsSuccess);

        var actor = await credentials.FindTokenActorAsync(token, null, Ct);
        Assert.Equal(("ann", ActorKind.Token), (actor?.Username, actor?.Kind));
        var listed = (await host.GetRequiredService<TokenService>().ListOwnAsync(actor!, new PageRequest(10), Ct)).Value!.Items;
        Assert.Equal(("laptop", "imported"), (Assert.Single(listed).Name, listed[0].Prefix));
        Assert.Null(await credentials.FindTokenActorAsync("c".PadLeft(64, '0'), null, Ct));
        Assert.Null(await credentials.FindTokenActorAsync("e".PadLeft(64, '0'), null, Ct));

        Assert.True((await host.GetRequiredService<TokenService>().RevokeAsync(actor!, listed[0].Id, Ct)).IsSuccess);
        Assert.Null(await credentials.FindTokenActorAsync(token, null, Ct));
    }

    [Fact]
    public async Task D4_Import_OldInvitation_MakesAnAccountInItsGroup()
    {
        await using var host = Host();
        await ImportAsync(host);

        var made = await host.GetRequiredService<RegistrationService>().RegisterAsync(
            new RegisterCommand { Username = "newcomer", Password = "four plain words here", AnyCode = "1".PadLeft(64, 'f'), Client = Client }, Ct);

        Assert.True(made.IsSuccess);
        Assert.Equal((Role.Viewer, "Lab"), (made.Value.User.User.Role, Assert.Single(made.Value.User.Groups).Name));
    }

    [Fact]
    public async Task D4_Import_DryRun_ChangesNothingAndSaysWhatTheRunWillSay()
    {
        await using var host = Host();
        var before = await DumpAsync();

        var said = await ImportAsync(host, dryRun: true);

        Assert.Equal(before, await DumpAsync());
        var done = await ImportAsync(host);
        Assert.True(said.IsDryRun);
        Assert.Equal(said.Counts, done.Counts);
        Assert.Equal(said.LeftOut, done.LeftOut);
        Assert.Equal(said.Changed, done.Changed);
        Assert.Equal(said.Notes, done.Notes);
    }

    [Fact]
    public async Task D4_Import_Again_ChangesNothingAndBringsNothingBack()
    {
        await using var host = Host();
        await ImportAsync(host);
        var before = await DumpAsync();
        var second = await ImportAsync(host);
        Assert.Equal(before, await DumpAsync());
        Assert.All(second.Counts, c => Assert.Equal(0, c.Imported));
        Assert.Equal([4, 1, 2, 2, 2, 1], second.Counts.Select(c => c.AlreadyThere));

        // What an admin has taken away since stays away, and what they made stays theirs.
        var ann = (await stores!.Users.FindPasswordAsync("ann", Ct))!.User;
        var root = (await stores.Users.FindPasswordAsync("root", Ct))!.User;
        await stores.Accounts.TryDeleteUserAsync(ann.Id, Audit(), Ct);
        await stores.Tokens.TryRevokeAsync(Assert.Single((await stores.Tokens.ListAsync(root.Id, new PageRequest(10), Ct)).Items).Id, Audit(), Ct);
        foreach (var invitation in (await stores.Invitations.ListAsync(null, new PageRequest(10), Ct)).Items)
        {
            await stores.Invitations.TryRevokeAsync(invitation.Id, Audit(), Ct);
        }

        before = await DumpAsync();
        var third = await ImportAsync(host);

        Assert.Equal(before, await DumpAsync());
        Assert.Contains(third.LeftOut, r => r is { Table: "users", Name: "ann" } && r.Reason.Contains("deleted since", StringComparison.Ordinal));
        Assert.Contains(third.LeftOut, r => r is { Table: "tokens", Name: "ci" });
    }

    [Fact]
    public async Task D4_Import_NameTakenBefore_AddsNothingToThatAccount()
    {
        await using var host = Host();
        var hash = Hash("somebody else's password");
        foreach (var name in (string[])["ann", "ROOT"])
        {
            var user = new NewUser { Username = name, DisplayName = name, Role = Role.Viewer, PasswordHash = hash, CreatedAt = DateTimeOffset.UnixEpoch.AddYears(60) };
            Assert.True((await stores!.Accounts.TryCreateUserAsync(user, Audit(), Ct)).IsDone);
        }

        var report = await ImportAsync(host);

        var ann = (await stores!.Users.FindPasswordAsync("ann", Ct))!;
        Assert.Equal((hash, Role.Viewer), (ann.PasswordHash, ann.User.Role));
        Assert.Empty((await stores.Tokens.ListAsync(null, new PageRequest(10), Ct)).Items);
        Assert.Empty(await stores.Groups.ListOfUserAsync(ann.User.Id, Ct));
        Assert.Null(await host.GetRequiredService<CredentialService>().FindTokenActorAsync("b".PadLeft(64, '0'), null, Ct));
        Assert.Contains(report.LeftOut, r => r is { Table: "users", Name: "root" } && r.Reason.Contains("ROOT", StringComparison.Ordinal));
        Assert.Equal(1, report.Counts[0].AlreadyThere);
    }

    [Theory]
    [InlineData("kohaku_users")]
    [InlineData("kohaku_tokens")]
    [InlineData("kohaku_imports")]
    [InlineData("kohaku_audit")]
    public async Task D4_Import_FaultInTheMiddle_LeavesNothingAndTheNextRunDoesItAll(string table)
    {
        var before = await DumpAsync();
        await using (var host = Host(await OpenAsync(new FailOnInsert(table))))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => ImportAsync(host));
        }

        Assert.Equal(before, await DumpAsync());
        await using var next = Host();
        Assert.Equal(4, (await ImportAsync(next)).Counts[0].Imported);
    }

    [Fact]
    public async Task D4_Import_TwoAtOnce_TakeOverOnce()
    {
        await using var one = Host();
        await using var two = Host(await OpenAsync(null));

        var reports = await Task.WhenAll(Task.Run(() => ImportAsync(one), Ct), Task.Run(() => ImportAsync(two), Ct));

        Assert.Equal([0, 4], reports.Select(r => r.Counts[0].Imported).Order());
        Assert.Equal([0, 4], reports.Select(r => r.Counts[0].AlreadyThere).Order());
        Assert.Equal(2, (await stores!.Tokens.ListAsync(null, new PageRequest(10), Ct)).Total);
    }

    private static string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(4, 'b'));

    private static IEnumerable<string?> Names(ImportReport report, string table) => report.LeftOut.Where(r => r.Table == table).Select(r => r.Name);

    private static AuthorizedWrite Audit() => AuthorizedWrite.WithoutCredential(new AuditEntry
    {
        At = DateTimeOffset.UnixEpoch.AddYears(60),
        Actor = "_system",
        Action = "test.act",
        OperationId = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(60)),
    });

    private async Task<ImportReport> ImportAsync(ServiceProvider host, bool dryRun = false) => await host.GetRequiredService<ImportService>()
        .RunAsync(await KohakuRiverFile.ReadAsync(old.Path, TimeZoneInfo.Utc, Ct), dryRun, Ct);

    private ServiceProvider Host(KohakuStoreSet? set = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = 10).UseStores(_ => set ?? stores!);
        return services.BuildServiceProvider();
    }

    private sealed class FailOnInsert(string table) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            Check(command, result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Check(command, result);

        private ValueTask<InterceptionResult<T>> Check<T>(DbCommand command, InterceptionResult<T> result) =>
            command.CommandText.Contains("INSERT INTO", StringComparison.Ordinal) && command.CommandText.Contains(table, StringComparison.Ordinal)
                ? throw new TimeZoneNotFoundException("An exception nobody else throws.")
                : ValueTask.FromResult(result);
    }
}

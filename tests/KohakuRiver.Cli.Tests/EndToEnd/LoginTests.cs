using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>Logging in and out of a real host.</summary>
public sealed class LoginTests(RunningHost host)
{
    [Fact]
    public async Task Login_StoresATokenNamedAfterTheMachine_AndLeavesNoSession()
    {
        var name = await host.NewUserAsync();
        using var cli = new TestCli(await host.AddressAsync()) { MachineName = "laptop-7" };

        var run = (await LogInAsync(cli, name)).Expect(ExitCodes.Done);

        var stored = cli.State.Read().Find(await host.AddressAsync())!;
        Assert.Contains("cli@laptop-7", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(stored.Token, run.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(RunningHost.Password, run.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "cli@laptop-7", Assert.Single((await cli.JsonAsync("auth", "token", "list")).EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(0, (await cli.JsonAsync("auth", "session", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Login_Again_ReplacesTheTokenInsteadOfPilingUp()
    {
        using var cli = await host.NewPersonAsync();
        var first = await StoredAsync(cli);

        (await LogInAsync(cli, first.Username!)).Expect(ExitCodes.Done);

        Assert.NotEqual(first.Token, (await StoredAsync(cli)).Token);
        Assert.Equal(1, (await cli.JsonAsync("auth", "token", "list")).GetArrayLength());
        await AssertDeadAsync(first.Token);
    }

    [Fact]
    public async Task Accounts_OnOneHost_AreKeptAndChosen()
    {
        using var cli = await host.NewPersonAsync();
        var first = await StoredAsync(cli);
        var other = await host.NewUserAsync();
        async Task<string?> WhoAsync(params string[] options) =>
            (await cli.JsonAsync([.. options, "auth", "whoami"])).GetProperty("username").GetString();

        (await LogInAsync(cli, other)).Expect(ExitCodes.Done);

        Assert.Equal(other, await WhoAsync());
        Assert.Equal(first.Username, await WhoAsync("--account", first.Username!.ToUpperInvariant()));
        Assert.Equal(
            [(other, true), (first.Username, false)],
            (await cli.JsonAsync("auth", "hosts")).EnumerateArray()
                .Select(h => (h.GetProperty("username").GetString()!, h.GetProperty("current").GetBoolean())));
        (await cli.RunAsync("nodes", "list", "--account", "nobody")).Expect(ExitCodes.NotLoggedIn);

        // The second login of an account replaces its own token and no other.
        var second = (await StoredAsync(cli)).Token;
        (await LogInAsync(cli, first.Username!)).Expect(ExitCodes.Done);
        await AssertDeadAsync(first.Token);
        Assert.Equal(first.Username, await WhoAsync());
        Assert.Equal(second, cli.State.Read().Find(await host.AddressAsync(), other)?.Token);

        (await cli.RunAsync("auth", "use", await host.AddressAsync(), "--account", other)).Expect(ExitCodes.Done);
        Assert.Equal(other, await WhoAsync());
        (await cli.RunAsync("auth", "logout", "--revoke")).Expect(ExitCodes.Done);
        Assert.Equal(first.Username, await WhoAsync());
        await AssertDeadAsync(second);
        (await cli.RunAsync("auth", "logout")).Expect(ExitCodes.Done);
        Assert.Empty(cli.State.Read().Hosts);
        Assert.Null(cli.State.Read().Others);
    }

    [Fact]
    public async Task Login_AtAHostThatIsNotThere_AsksForNothing()
    {
        using var cli = new TestCli("http://127.0.0.1:1");
        foreach (var command in (string[])["login", "register", "setup", "reset", "password"])
        {
            var terminal = new FakeTerminal { CanAsk = true };

            var run = await cli.RunAsync(terminal, CancellationToken.None, "auth", command);

            Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
            Assert.DoesNotContain("ssword", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("code", run.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Login_OnTwoMachines_KeepsBothTokens()
    {
        using var one = await host.NewPersonAsync();
        using var other = new TestCli(await host.AddressAsync()) { MachineName = "other" };

        (await LogInAsync(other, (await StoredAsync(one)).Username!)).Expect(ExitCodes.Done);

        Assert.Equal(2, (await one.JsonAsync("auth", "token", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Login_OfTwoProcessesAtOnce_LeavesOneTokenWhichWorks()
    {
        const int Processes = 4;
        var name = await host.NewUserAsync();
        using var cli = new TestCli(await host.AddressAsync());

        var runs = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ =>
            CliProcess.RunAsync(cli, RunningHost.Password + "\n", "auth", "login", "--username", name, "--password-stdin")));

        Assert.All(runs, run => run.Expect(ExitCodes.Done));
        var token = Assert.Single((await cli.JsonAsync("auth", "token", "list")).EnumerateArray());
        Assert.Equal((await StoredAsync(cli)).TokenId, token.GetProperty("id").GetInt64());
        Assert.Equal(0, (await cli.JsonAsync("auth", "session", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Login_OfAUserWithoutPermission_SaysSoAndStoresNothing()
    {
        var name = await host.NewUserAsync("anony");
        using var cli = new TestCli(await host.AddressAsync());

        var run = (await LogInAsync(cli, name)).Expect(ExitCodes.Failed);

        Assert.Contains($"as {name}", run.Error, StringComparison.Ordinal);
        Assert.Contains("no permissions", run.Error, StringComparison.Ordinal);
        Assert.Contains("anony", run.Error, StringComparison.Ordinal);
        Assert.Null(cli.State.Read().Find(await host.AddressAsync()));
        Assert.Equal(0, (await (await host.AdminAsync()).JsonAsync("users", "sessions", name)).GetArrayLength());
    }

    [Fact]
    public async Task Login_OfAUserWhoMustChangeThePassword_SaysWhatToDoAndStoresNothing()
    {
        var name = await host.NewUserAsync();
        var admin = await host.AdminAsync();
        Assert.True((await admin.JsonAsync("users", "edit", name, "--must-change")).GetProperty("must_change_password").GetBoolean());
        using var cli = new TestCli(await host.AddressAsync());

        var run = (await LogInAsync(cli, name)).Expect(ExitCodes.Failed);

        Assert.Contains($"as {name}", run.Error, StringComparison.Ordinal);
        Assert.Contains($"kohakuriver auth password --username {name}", run.Error, StringComparison.Ordinal);
        Assert.Null(cli.State.Read().Find(await host.AddressAsync()));
        Assert.Equal(0, (await admin.JsonAsync("users", "sessions", name)).GetArrayLength());
        Assert.Contains("must change password", (await admin.RunAsync("users", "list", "--search", name)).Output, StringComparison.Ordinal);

        // As a script does what it was told.
        const string chosen = "chosen by nobody but me";
        (await cli.RunWithInputAsync(
            [RunningHost.Password, chosen], "auth", "password", "--username", name, "--password-stdin")).Expect(ExitCodes.Done);
        (await cli.RunWithInputAsync([chosen], "auth", "login", "--username", name, "--password-stdin")).Expect(ExitCodes.Done);
        Assert.False((await cli.JsonAsync("auth", "whoami")).TryGetProperty("must_change_password", out _));
        Assert.False((await admin.JsonAsync("users", "show", name)).GetProperty("must_change_password").GetBoolean());

        // A token made earlier rests meanwhile, and says why.
        (await admin.RunAsync("users", "edit", name, "--must-change")).Expect(ExitCodes.Done);
        Assert.Contains("auth password", (await cli.RunAsync("auth", "status")).Expect(ExitCodes.Done).Errors, StringComparison.Ordinal);
        Assert.Contains(
            "change your password", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
        (await admin.RunAsync("users", "edit", name, "--no-must-change")).Expect(ExitCodes.Done);
        (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task UserCreatedWithALink_SetsThePasswordByItAndLogsIn()
    {
        var admin = await host.AdminAsync();
        var name = host.NewName();

        var run = (await admin.RunAsync("users", "create", name, "--link")).Expect(ExitCodes.Done);

        var link = run.Output.Trim();
        Assert.Contains("/admin/reset?code=krr_", link, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', link);
        Assert.Contains($"Created {name} (user)", run.Errors, StringComparison.Ordinal);
        using var cli = new TestCli(await host.AddressAsync());
        (await LogInAsync(cli, name)).Expect(ExitCodes.Failed);
        (await cli.RunWithInputAsync([link, RunningHost.Password], "auth", "reset", "--code-stdin", "--password-stdin"))
            .Expect(ExitCodes.Done);
        (await LogInAsync(cli, name)).Expect(ExitCodes.Done);

        var other = await admin.JsonAsync("users", "create", host.NewName(), "--link", "--role", "viewer");
        Assert.StartsWith("krr_", other.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal("viewer", other.GetProperty("role").GetString());
        Assert.Contains(
            "--must-change",
            (await admin.RunAsync("users", "create", host.NewName(), "--link", "--must-change")).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusAndWhoAmI_OnceSetToAnony_SaySo()
    {
        using var cli = await host.NewPersonAsync();
        var stored = await StoredAsync(cli);
        var admin = await host.AdminAsync();
        (await admin.RunAsync("users", "set-role", stored.Username!, "anony")).Expect(ExitCodes.Done);

        foreach (var command in new[] { "status", "whoami" })
        {
            var run = (await cli.RunAsync("auth", command)).Expect(ExitCodes.Done);
            Assert.Contains("anony", run.Output, StringComparison.Ordinal);
            Assert.Contains("no permissions", run.Errors, StringComparison.Ordinal);
        }

        Assert.Contains("anony", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
        var again = (await cli.RunWithInputAsync([stored.Token], "auth", "login", "--token-stdin")).Expect(ExitCodes.Done);
        Assert.Contains("no permissions", again.Errors, StringComparison.Ordinal);

        (await admin.RunAsync("users", "set-role", stored.Username!, "user")).Expect(ExitCodes.Done);
        Assert.DoesNotContain("no permissions", (await cli.RunAsync("auth", "whoami")).Errors, StringComparison.Ordinal);
        (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Login_WithTheWrongPassword_Is1AndStoresNothing()
    {
        using var cli = new TestCli(await host.AddressAsync());

        var run = await cli.RunWithInputAsync(
            ["not the password at all"], "auth", "login", "--username", await host.NewUserAsync(), "--password-stdin");

        Assert.Equal("Wrong username or password.", run.Expect(ExitCodes.Failed).Error);
        Assert.Empty(cli.State.Read().Hosts);
    }

    [Fact]
    public async Task Login_WithAToken_StoresIt_AndRevokesTheOneItReplaces()
    {
        using var cli = await host.NewPersonAsync();
        var first = await StoredAsync(cli);
        var made = (await cli.RunWithInputAsync([RunningHost.Password], "auth", "token", "create", "script", "--expires", "12h",
            "--password-stdin")).Expect(ExitCodes.Done).Output.Trim();

        var run = (await cli.RunWithInputAsync([made], "auth", "login", "--token-stdin")).Expect(ExitCodes.Done);

        var stored = await StoredAsync(cli);
        Assert.Equal((made, "script", false), (stored.Token, stored.TokenName, stored.MadeByLogin));
        Assert.NotNull(stored.ExpiresAt);
        Assert.DoesNotContain(made, run.ToString(), StringComparison.Ordinal);
        await AssertDeadAsync(first.Token);
    }

    [Fact]
    public async Task Login_WithATokenThatIsNone_Is1AndKeepsWhatWasStored()
    {
        using var cli = await host.NewPersonAsync();
        var before = await StoredAsync(cli);

        Assert.Contains(
            "refuses this token",
            (await cli.RunAsync("auth", "login", "--token", "krt_rubbish")).Expect(ExitCodes.Failed).Error,
            StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync(cli));
    }

    [Fact]
    public async Task Login_ThatCannotStoreItsToken_LeavesNoneBehind()
    {
        using var cli = await host.NewPersonAsync();
        var name = (await StoredAsync(cli)).Username!;
        using var other = new TestCli(await host.AddressAsync());
        await File.WriteAllTextAsync(other.Folder, "a file where the folder should be");

        (await LogInAsync(other, name)).Expect(ExitCodes.Failed);

        Assert.Equal(1, (await cli.JsonAsync("auth", "token", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Logout_ForgetsTheToken_AndRevokesItOnlyWhenAsked()
    {
        using var cli = await host.NewPersonAsync();
        var first = await StoredAsync(cli);
        (await cli.RunAsync("auth", "logout")).Expect(ExitCodes.Done);
        cli.Environment["KOHAKU_TOKEN"] = first.Token;
        (await cli.RunAsync("auth", "status")).Expect(ExitCodes.Done);
        cli.Environment.Remove("KOHAKU_TOKEN");
        (await LogInAsync(cli, first.Username!)).Expect(ExitCodes.Done);
        var second = await StoredAsync(cli);

        (await cli.RunAsync("auth", "logout", "--revoke")).Expect(ExitCodes.Done);

        await AssertDeadAsync(second.Token);
        Assert.Empty(cli.State.Read().Hosts);
        (await cli.RunAsync("auth", "logout")).Expect(ExitCodes.NotLoggedIn);
        (await cli.RunAsync("auth", "whoami")).Expect(ExitCodes.NotLoggedIn);
    }

    [Fact]
    public async Task Status_TellsHowItStands()
    {
        using var cli = await host.NewPersonAsync("operator");
        var stored = await StoredAsync(cli);

        var status = await cli.JsonAsync("auth", "status");
        Assert.Equal("logged_in", status.GetProperty("state").GetString());
        Assert.Equal((stored.Username, "operator", "cli@testbox"), (status.GetProperty("username").GetString(),
            status.GetProperty("role").GetString(), status.GetProperty("token_name").GetString()));

        await (await host.AdminAsync()).JsonAsync(
            "auth", "token", "revoke", stored.TokenId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), "--yes");
        var dead = (await cli.RunAsync("auth", "status")).Expect(ExitCodes.NotLoggedIn);
        Assert.Contains("expired or revoked", dead.Output, StringComparison.Ordinal);

        await cli.State.UpdateAsync(s => s.With(s.Current!, stored with { ExpiresAt = DateTimeOffset.UnixEpoch }), CancellationToken.None);
        Assert.Contains(
            "\"state\": \"expired\"",
            (await cli.RunAsync("auth", "status", "--json")).Expect(ExitCodes.NotLoggedIn).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_Changed_KeepsTheTokenAndEndsTheOldPassword()
    {
        const string Fresh = "another good long password";
        using var cli = await host.NewPersonAsync();
        var name = (await StoredAsync(cli)).Username!;

        (await cli.RunWithInputAsync([RunningHost.Password, Fresh], "auth", "password", "--password-stdin")).Expect(ExitCodes.Done);

        (await cli.RunAsync("auth", "status")).Expect(ExitCodes.Done);
        (await LogInAsync(cli, name)).Expect(ExitCodes.Failed);
        (await cli.RunWithInputAsync([Fresh], "auth", "login", "--username", name, "--password-stdin")).Expect(ExitCodes.Done);
        Assert.Equal(0, (await cli.JsonAsync("auth", "session", "list")).GetArrayLength());
    }

    [Fact]
    public async Task Token_MadeWithThePassword_OutlivesTheNextLogin_AndOneMadeWithoutDoesNot()
    {
        using var cli = await host.NewPersonAsync();
        var child = (await cli.RunAsync("auth", "token", "create", "child")).Expect(ExitCodes.Done);
        var own = (await cli.RunWithInputAsync([RunningHost.Password], "auth", "token", "create", "own", "--password-stdin"))
            .Expect(ExitCodes.Done);
        Assert.Contains("ends with it", child.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ends with it", own.Errors, StringComparison.Ordinal);

        (await LogInAsync(cli, (await StoredAsync(cli)).Username!)).Expect(ExitCodes.Done);

        await AssertDeadAsync(child.Output.Trim());
        cli.Environment["KOHAKU_TOKEN"] = own.Output.Trim();
        (await cli.RunAsync("auth", "status")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Setup_WithTheLinkOfTheConsole_MakesTheFirstAdminOnce()
    {
        await using var fresh = await HostProcess.StartAsync(registerSecret: null);
        var link = fresh.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Single(w => w.Contains("/setup?code=", StringComparison.Ordinal));
        using var cli = new TestCli(fresh.Address);
        var early = await cli.RunWithInputAsync([RunningHost.Password], "auth", "login", "--username", "root", "--password-stdin");
        Assert.StartsWith("Nobody has an account on ", early.Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
        Assert.EndsWith(
            $" yet. Open the setup link that it printed when it started, or run: kohakuriver auth setup --host {fresh.Address}",
            early.Error,
            StringComparison.Ordinal);

        (await cli.RunWithInputAsync([link, RunningHost.Password], "auth", "setup", "--username", "root", "--code-stdin",
            "--password-stdin")).Expect(ExitCodes.Done);

        Assert.Equal("admin", (await cli.JsonAsync("auth", "whoami")).GetProperty("role").GetString());
        (await cli.RunWithInputAsync([link, RunningHost.Password], "auth", "setup", "--username", "root2", "--code-stdin",
            "--password-stdin")).Expect(ExitCodes.Failed);
    }

    private static Task<CliRun> LogInAsync(TestCli cli, string name) =>
        cli.RunWithInputAsync([RunningHost.Password], "auth", "login", "--username", name, "--password-stdin");

    private async Task<HostLogin> StoredAsync(TestCli cli) => cli.State.Read().Find(await host.AddressAsync())!;

    private async Task AssertDeadAsync(string token)
    {
        using var other = new TestCli(await host.AddressAsync()) { Environment = { ["KOHAKU_TOKEN"] = token } };
        (await other.RunAsync("auth", "whoami")).Expect(ExitCodes.NotLoggedIn);
    }
}

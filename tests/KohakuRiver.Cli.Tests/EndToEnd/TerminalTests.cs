using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>What is asked at a terminal.</summary>
public sealed class TerminalTests(RunningHost host)
{
    [Fact]
    public async Task Login_AsksForNameAndPassword_AndShowsNoPassword()
    {
        var name = await host.NewUserAsync();
        using var cli = new TestCli(await host.AddressAsync());
        using var terminal = Terminal.Start(cli, "auth", "login");

        await terminal.AnswerAsync("Host: " + await host.AddressAsync(), "");
        await terminal.AnswerAsync("Username: ", name + "\r");
        await terminal.AnswerAsync("Password: ", RunningHost.Password + "\r");

        Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
        Assert.Contains($"as {name} (user)", terminal.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningHost.Password, terminal.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("staple", terminal.Screen, StringComparison.Ordinal);
        (await cli.RunAsync("auth", "status")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Login_WithAPasswordThatMustBeChanged_AsksForANewOneAndGoesOn()
    {
        const string chosen = "chosen by nobody but me";
        var name = await host.NewUserAsync();
        (await (await host.AdminAsync()).RunAsync("users", "edit", name, "--must-change")).Expect(ExitCodes.Done);
        using var cli = new TestCli(await host.AddressAsync());
        using (var terminal = Terminal.Start(cli, "auth", "login", "--username", name))
        {
            await terminal.AnswerAsync("Password: ", RunningHost.Password + "\r");
            await terminal.AnswerAsync("has to be changed", "");
            await terminal.AnswerAsync("New password: ", chosen + "\r");
            await terminal.AnswerAsync("New password again: ", chosen + "\r");

            Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
            Assert.Contains($"as {name} (user)", terminal.Screen, StringComparison.Ordinal);
            Assert.DoesNotContain(chosen, terminal.Screen, StringComparison.Ordinal);
        }

        (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Password_TypedWithCorrections_IsTheCorrectedOne()
    {
        var name = await host.NewUserAsync();
        using var cli = new TestCli(await host.AddressAsync());
        using var terminal = Terminal.Start(cli, "auth", "login", "--username", name);

        await terminal.AnswerAsync("Password: ", "all wrong\u0015" + RunningHost.Password + "xy\u007f\u007f\r");

        Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
    }

    [Fact]
    public async Task Register_AsksForEverything()
    {
        var code = (await (await host.AdminAsync()).JsonAsync("invitations", "create", "--role", "viewer")).GetProperty("token")
            .GetString();
        var name = host.NewName();
        using var cli = new TestCli(await host.AddressAsync());
        using var terminal = Terminal.Start(cli, "auth", "register");

        await terminal.AnswerAsync("Invitation code", code + "\r");
        await terminal.AnswerAsync("Username: ", name + "\r");
        await terminal.AnswerAsync("Password: ", RunningHost.Password + "\r");
        await terminal.AnswerAsync("Password again: ", RunningHost.Password + "\r");

        Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
        Assert.DoesNotContain(code!, terminal.Screen, StringComparison.Ordinal);
        Assert.Equal("viewer", (await cli.JsonAsync("auth", "whoami")).GetProperty("role").GetString());
    }

    [Fact]
    public async Task NewPassword_TypedTwoWays_ChangesNothing()
    {
        using var cli = await host.NewPersonAsync();
        using var terminal = Terminal.Start(cli, "auth", "password");

        await terminal.AnswerAsync("Current password: ", RunningHost.Password + "\r");
        await terminal.AnswerAsync("New password: ", "one new password of mine\r");
        await terminal.AnswerAsync("New password again: ", "another password of mine\r");

        Assert.Equal(ExitCodes.Usage, await terminal.EndAsync());
        (await cli.RunWithInputAsync([RunningHost.Password], "auth", "token", "create", "x", "--password-stdin")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Deletion_IsAskedAbout_AndNoMeansNo()
    {
        var admin = await host.AdminAsync();
        var name = await host.NewUserAsync();
        using (var terminal = Terminal.Start(admin, "users", "delete", name))
        {
            await terminal.AnswerAsync("permanently? [y/N] ", "n\r");
            Assert.Equal(ExitCodes.Failed, await terminal.EndAsync());
        }

        await admin.JsonAsync("users", "show", name);
        using (var terminal = Terminal.Start(admin, "users", "delete", name))
        {
            await terminal.AnswerAsync("permanently? [y/N] ", "y\r");
            Assert.Equal(ExitCodes.Done, await terminal.EndAsync());
        }

        (await admin.RunAsync("users", "show", name)).Expect(ExitCodes.Failed);
    }

    [Fact]
    public async Task CtrlC_AtAQuestion_EndsTheCommand()
    {
        using var cli = new TestCli(await host.AddressAsync());
        using var terminal = Terminal.Start(cli, "auth", "login", "--username", "somebody");

        await terminal.AnswerAsync("Password: ", "\u0003");

        Assert.Equal(ExitCodes.Interrupted, await terminal.EndAsync());
        Assert.Empty(cli.State.Read().Hosts);
    }

    [Fact]
    public async Task CtrlC_WhileWaitingForATask_EndsTheWaitingAndNotTheTask()
    {
        using var cli = await host.NewPersonAsync("operator");
        using (var terminal = Terminal.Start(cli, "tasks", "submit", "--wait", "--", "sleep", "100"))
        {
            await terminal.AnswerAsync(": running", "\u0003");
            Assert.True(await terminal.EndAsync() == ExitCodes.Interrupted, terminal.Screen);
            Assert.Contains("continues", terminal.Screen, StringComparison.Ordinal);
        }

        var task = (await cli.JsonAsync("tasks", "list", "--status", "running")).EnumerateArray()
            .Single(t => t.GetProperty("command").GetString() == "sleep" && t.GetProperty("arguments")[0].GetString() == "100");
        await cli.JsonAsync("tasks", "kill", task.GetProperty("task_id").GetString()!, "--yes");
    }

    [Fact]
    public async Task CtrlC_WhileWatching_EndsItWell()
    {
        using var cli = await host.NewPersonAsync("operator");
        using var terminal = Terminal.Start(cli, "approvals", "watch");

        await terminal.AnswerAsync(" waiting", "\u0003");

        Assert.True(await terminal.EndAsync() == ExitCodes.Interrupted, terminal.Screen);
        Assert.DoesNotContain("error", terminal.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task CtrlC_WhileASlowCallSpins_ShowsTheCursorAgain(int times)
    {
        await using var slow = await FakeHost.StartAsync(FakeHost.UntilGoneAsync);
        using var cli = new TestCli(slow.Address);
        using var terminal = Terminal.Start(cli, "nodes", "list");

        await terminal.AnswerAsync("Reading from", string.Concat(Enumerable.Repeat("\u0003", times)));

        Assert.Equal(ExitCodes.Interrupted, await terminal.EndAsync());
        Assert.True(
            terminal.Screen.LastIndexOf("\u001b[?25h", StringComparison.Ordinal)
                > terminal.Screen.LastIndexOf("\u001b[?25l", StringComparison.Ordinal),
            terminal.Screen);
    }

    // What the keys send is changed by the framework, and is as before in the end; nothing else is written without colours.
    [Theory]
    [InlineData("xterm", "--no-color", "\u001b[?1h\u001b=", "\u001b[?1l\u001b>")]
    [InlineData("dumb", "--json", "", "")]
    public async Task Terminal_IsLeftAsItWas(string kind, string option, string before, string after)
    {
        await using var fake = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, """[{"hostname":"n1","status":"online"}]"""));
        using var cli = new TestCli(fake.Address) { Environment = { ["TERM"] = kind } };
        using var terminal = Terminal.Start(cli, "nodes", "list", option);

        Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
        var screen = terminal.Screen;
        Assert.StartsWith(before, screen, StringComparison.Ordinal);
        Assert.EndsWith(after, screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", screen[before.Length..^after.Length], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat > \"$PAGED\"", true)]
    [InlineData("", false)]
    public async Task LongList_OnATerminal_GoesThroughThePager(string pager, bool isPaged)
    {
        var rows = string.Join(',', Enumerable.Range(1, 45).Select(i => $$"""{"hostname":"node-{{i}}","status":"online"}"""));
        await using var host1 = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, $"[{rows}]"));
        using var cli = new TestCli(host1.Address);
        var paged = cli.TempPath("paged");
        cli.Environment["PAGER"] = pager;
        cli.Environment["PAGED"] = paged;
        using var terminal = Terminal.StartSized(cli, 24, "nodes", "list");

        Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
        Assert.Equal(isPaged, File.Exists(paged) && (await File.ReadAllTextAsync(paged)).Contains("node-45", StringComparison.Ordinal));
        Assert.Equal(!isPaged, terminal.Screen.Contains("node-45", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowSingleCall_Spins()
    {
        var asked = new TaskCompletionSource();
        await using var slow = await FakeHost.StartAsync(async http =>
        {
            await asked.Task;
            await FakeHost.JsonAsync(http, """{"id":5,"username":"ann","role":"user"}""");
        });
        using var cli = new TestCli(slow.Address);
        using var terminal = Terminal.Start(cli, "auth", "whoami");

        await terminal.AnswerAsync("Waiting for " + slow.Address, "");
        asked.SetResult();

        Assert.True(await terminal.EndAsync() == ExitCodes.Done, terminal.Screen);
    }
}

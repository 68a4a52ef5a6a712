using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Output;

/// <summary>Errors for programs, and what is left out for those who want less.</summary>
public sealed class ErrorTests
{
    private const string Refusal = """
        {"status":400,"detail":"Some fields are not valid.","errors":{"username":["Too short."],"required_cores":["Too many."]}}
        """;

    // Line | kind | status | exit code.
    public static TheoryData<string, string, int?, int> Lines() => new()
    {
        { "users lsit --json", "usage", null, ExitCodes.Usage },
        { "users show --json", "usage", null, ExitCodes.Usage },
        { "users list --limit abc --output json", "usage", null, ExitCodes.Usage },
        { "--format json users list --sort", "usage", null, ExitCodes.Usage },
        { "users list --json", "failed", 400, ExitCodes.Failed },
        { "users list --json --host http://127.0.0.1:9", "unreachable", null, ExitCodes.Unreachable },
        { "auth logout --json", "not_logged_in", null, ExitCodes.NotLoggedIn },
        { "approvals approve 1 --json", "failed", 400, ExitCodes.Failed },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Error_WithJson_IsAnObjectOnALine(string line, string kind, int? status, int exitCode)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync(line.Split(' '))).Expect(exitCode);

        var error = JsonDocument.Parse(run.ErrorLine).RootElement;
        Assert.Equal(["error", "detail", "status", "fields", "exit_code"], error.EnumerateObject().Select(p => p.Name));
        Assert.Equal((kind, exitCode), (error.GetProperty("error").GetString(), error.GetProperty("exit_code").GetInt32()));
        Assert.Equal(status, error.GetProperty("status") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null);
        Assert.NotEmpty(error.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Error_OfFields_NamesThemAsTheApiDoes()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync("tasks", "submit", "--json", "echo");

        var error = JsonDocument.Parse(run.ErrorLine).RootElement;
        Assert.Equal("the username: Too short.; --cores: Too many.", error.GetProperty("detail").GetString());
        Assert.Equal("Too many.", error.GetProperty("fields").GetProperty("required_cores")[0].GetString());
    }

    [Theory]
    [InlineData("users list --output yaml")]
    [InlineData("users list --query []")]
    [InlineData("users list")]
    public async Task Error_InEveryOtherForm_IsALine(string line)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        Assert.StartsWith("error: ", (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Failed).ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approvals approve 1 2", "")]
    [InlineData("groups create lab", "")]
    [InlineData("users enable 7", "")]
    [InlineData("tasks submit echo", "")]
    [InlineData("tasks list", "")]
    [InlineData("auth token create ci --password-stdin", "krt_secret\n")]
    [InlineData("users reset-link 7", "https://x.example/r\n")]
    public async Task Quiet_LeavesResults_AndSaysNothingElse(string line, string expected)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, http.Request.Path.Value! switch
        {
            "/api/tasks" => "[]",
            "/api/auth/users" => "[]",
            _ => """
                {"message":"ok","task_id":"1","id":7,"name":"lab","username":"ann","role":"user","is_active":true,"task_ids":["1"],
                 "token":"krt_secret","code":"c","url":"https://x.example/r","expires_at":"2027-01-01T00:00:00Z","user":{"id":7,
                 "username":"ann","role":"user"}}
                """,
        }));
        using var cli = new TestCli(host.Address);
        await cli.State.UpdateAsync(
            s => s.With(host.Address, new HostLogin { Token = "t", Username = "ann" }), TestContext.Current.CancellationToken);

        var loud = (await cli.RunWithInputAsync(["pw"], line.Split(' '))).Expect(ExitCodes.Done);
        var quiet = (await cli.RunWithInputAsync(["pw"], ["--quiet", .. line.Split(' ')])).Expect(ExitCodes.Done);

        Assert.Equal((expected, ""), (quiet.Output, quiet.Errors));
        Assert.NotEqual(expected, loud.Output + loud.Errors);
    }

    [Fact]
    public async Task Quiet_KeepsErrorsAndWarnings()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        Assert.NotEmpty((await cli.RunAsync("users", "list", "--quiet")).Expect(ExitCodes.Failed).Error);
        Assert.Contains(
            "warning: ", (await cli.RunAsync("users", "list", "-q", "--host", "http://10.255.255.1", "--timeout", "0.1")).Errors,
            StringComparison.Ordinal);
    }

    private static Task<FakeHost> StartAsync() =>
        FakeHost.StartAsync(http => FakeHost.JsonAsync(http, Refusal, 400, "application/problem+json"));
}

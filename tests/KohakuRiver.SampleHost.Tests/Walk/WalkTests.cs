using System.Net;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Walk;

/// <summary>The main job from nothing to the end, through real sockets, as a process.</summary>
public sealed class WalkTests : IDisposable
{
    private const string RegisterSecret = "a register secret of more than thirty-two characters";
    private const string Password = "correct horse battery staple";

    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-walk-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task MainJob_FromBootstrapToRefusal_Works()
    {
        await using var host = await HostProcess.StartAsync(folder, Environment(("ADMIN_REGISTER_SECRET", RegisterSecret)));
        using var admin = new Person(host.Address);
        using var user = new Person(host.Address);

        // The first admin, who can log in from elsewhere.
        var register = new { username = "admin", password = Password, register_secret = RegisterSecret };
        await admin.PostAsync("/api/auth/register", register);
        using var late = new Person(host.Address);
        await late.PostAsync("/api/auth/register", register with { username = "second" }, HttpStatusCode.Forbidden);
        await late.PostAsync("/api/auth/login", new { username = "ADMIN", password = Password });

        // An invitation makes a user of exactly its role.
        var invitation = await admin.PostAsync("/api/auth/invitations", new { role = "user" });
        var ann = (await user.PostAsync(
            $"/api/auth/register?token={invitation["token"]}", new { username = "ann", password = Password }))["user"]!;
        Assert.Equal("user", (string?)ann["role"]);

        // A task waits, is approved, runs, and its output can be read.
        var task = await SubmitAsync(user);
        Assert.Equal("pending_approval", (string?)(await user.GetAsync($"/api/tasks/{task}"))["status"]);
        await user.PostAsync($"/api/approve/{task}", expected: HttpStatusCode.Forbidden);
        await admin.PostAsync($"/api/approve/{task}");
        var done = await WaitForAsync(user, task, "completed");
        Assert.Equal("hello $(id)\n", (string?)done["stdout"]);
        Assert.Equal("admin", (string?)done["approved_by"]);

        // A token works until it is revoked.
        var token = await user.PostAsync("/api/auth/tokens/create", new { name = "script" });
        using var script = new Person(host.Address, (string)token["token"]!);
        Assert.Equal("ann", (string?)(await script.GetAsync("/api/auth/me"))["username"]);
        await user.SendAsync(HttpMethod.Delete, $"/api/auth/tokens/{token["id"]}", null, HttpStatusCode.OK);
        await script.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);

        // A VPS given to a group lets its members in, as long as they are members.
        var group = (await admin.PostAsync("/api/auth/groups", new { name = "lab" }))["id"];
        var vps = (string)(await admin.PostAsync("/api/vps", new { name = "box" }, HttpStatusCode.Created))["vps_id"]!;
        await admin.PostAsync($"/api/vps/{vps}/assign", new { group_ids = new[] { (long)group! } });
        var exec = new { command = "echo", arguments = new[] { "in" } };
        await user.PostAsync($"/api/vps/{vps}/exec", exec, HttpStatusCode.NotFound);
        await admin.SendAsync(HttpMethod.Put, $"/api/auth/groups/{group}/members/{ann["id"]}", null, HttpStatusCode.OK);
        Assert.Equal("in\n", (string?)(await user.PostAsync($"/api/vps/{vps}/exec", exec))["stdout"]);
        await admin.SendAsync(HttpMethod.Delete, $"/api/auth/groups/{group}/members/{ann["id"]}", null, HttpStatusCode.OK);
        await user.PostAsync($"/api/vps/{vps}/exec", exec, HttpStatusCode.NotFound);

        // A demotion is in force on the very next request.
        await admin.SendAsync(HttpMethod.Put, $"/api/auth/users/{ann["id"]}/role", new { role = "viewer" }, HttpStatusCode.OK);
        await user.PostAsync("/api/submit", new { command = "echo" }, HttpStatusCode.Forbidden);

        Assert.DoesNotContain(RegisterSecret, host.Output, StringComparison.Ordinal);
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task Approval_WhenTheProcessDiesAndStartsAgain_IsStillThere()
    {
        string task;
        await using (var host = await HostProcess.StartAsync(folder, Environment(("ADMIN_REGISTER_SECRET", RegisterSecret))))
        {
            using var admin = new Person(host.Address);
            using var user = new Person(host.Address);
            await admin.PostAsync("/api/auth/register", new { username = "admin", password = Password, register_secret = RegisterSecret });
            await admin.PostAsync("/api/auth/users", new { username = "ann", password = Password, role = "user" }, HttpStatusCode.Created);
            await user.PostAsync("/api/auth/login", new { username = "ann", password = Password });
            task = await SubmitAsync(user);
            await host.KillAsync();
        }

        await using var again = await HostProcess.StartAsync(folder, Environment());
        using var operatorAgain = new Person(again.Address);
        await operatorAgain.PostAsync("/api/auth/login", new { username = "admin", password = Password });
        Assert.Equal(task, (string?)(await operatorAgain.GetAsync("/api/tasks/pending-approval")).AsArray().Single()!["task_id"]);
        await operatorAgain.PostAsync($"/api/approve/{task}");
        await WaitForAsync(operatorAgain, task, "completed");
    }

    [Fact]
    public async Task Start_WithoutUsersAndSecret_PrintsALinkThatMakesTheFirstAdmin()
    {
        await using var host = await HostProcess.StartAsync(folder, Environment());
        var code = host.Output.Split("/admin/setup?code=")[1].Split(['\r', '\n', ' '])[0];
        using var admin = new Person(host.Address);
        var made = await admin.PostAsync("/api/auth/register", new { username = "admin", password = Password, register_secret = code });
        Assert.Equal("admin", (string?)made["user"]!["role"]);
    }

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] more) =>
        new(
            more.Select(m => KeyValuePair.Create(m.Name, m.Value)),
            StringComparer.Ordinal) { ["KohakuAuth__Passwords__WorkFactor"] = "10" };

    private static async Task<string> SubmitAsync(Person person)
    {
        var answer = await person.PostAsync(
            "/api/submit", new { command = "echo", arguments = new[] { "hello $(id)" } }, HttpStatusCode.Accepted);
        return (string)answer["task_ids"]!.AsArray().Single()!;
    }

    private static async Task<JsonNode> WaitForAsync(Person person, string task, string status)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await person.GetAsync($"/api/status/{task}");
            if ((string?)answer["status"] == status)
            {
                return answer;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"The task is still {answer["status"]}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}

using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Former;

/// <summary>
/// The original's command lines as people and scripts have them, with the original's variables and its <c>auth.json</c>: each does what it
/// did, or says in one line what to do instead.
/// </summary>
public sealed class FormerCommandLineTests : IDisposable
{
    private const string Submitted = """{"message":"ok","task_ids":["7"],"status":"pending"}""";
    private readonly TestCli cli = new();

    // Line | requests, in order and without "/api/" | what is printed.
    public static TheoryData<string, string, string> Kept() => new()
    {
        { "auth login -u ann -p secret", "GET auth/status, POST auth/login, POST auth/tokens/create, POST auth/logout", "as ann" },
        {
            "auth login --username ann --password secret --token-name box",
            "GET auth/status, POST auth/login, POST auth/tokens/create, POST auth/logout",
            "box"
        },
        { "auth login -t krt_abc", "GET auth/me, GET auth/tokens", "as ann" },
        { "auth login --token krt_abc", "GET auth/me, GET auth/tokens", "as ann" },
        { "auth logout", "", "Logged out" },
        { "auth logout -r", "GET auth/tokens, DELETE auth/tokens/3", "revoked" },
        { "auth logout --revoke", "GET auth/tokens, DELETE auth/tokens/3", "revoked" },
        { "auth status", "GET auth/me, GET auth/tokens", "logged in" },
        { "auth token list", "GET auth/tokens", "cli-auto" },
        { "auth token create nightly", "POST auth/tokens/create", "krt_new" },
        { "auth token revoke 3 --yes", "GET auth/tokens, DELETE auth/tokens/3", "revoked" },
        { "config completion zsh", "", "compdef" },
        { "node list", "GET nodes", "n1" },
        { "node list --status online", "GET nodes", "n1" },
        { "node list -s offline", "GET nodes", "" },
        { "node status n1", "GET nodes", "16 GiB" },
        { "node summary", "GET nodes", "1 of 2 online" },
        { "status", "GET nodes, GET tasks?status=running&limit=10", "1 of 2 online" },
        { "task kill 7", "POST kill/7", "stopping" },
        { "task list", "GET tasks?limit=10000", "sleep" },
        { "task list --status running --node n1 --limit 5 --compact", "GET tasks?status=running&node=n1&limit=5", "sleep" },
        { "task list -s running -n n1 -l 5 -c", "GET tasks?status=running&node=n1&limit=5", "sleep" },
        { "task logs 7", "GET tasks/7", "to stdout" },
        { "task logs 7 --stderr --follow", "GET tasks/7", "to stderr" },
        { "task logs 7 -e -f", "GET tasks/7", "to stderr" },
        { "task status 7", "GET tasks/7", "sleep" },
        { "task submit -- echo hello", "POST submit", "submitted" },
        { "task submit --wait -- echo hello", "POST submit, GET tasks/7", "to stdout" },
        { "task submit -w -- echo hello", "POST submit, GET tasks/7", "to stdout" },
        { "version", "", "." },
        { "vps list", "GET vps", "box" },
        { "vps list --all", "GET vps", "box" },
        { "vps list -a", "GET vps", "box" },
        { "vps status 9", "GET vps, GET vps", "box" },
        { "--format json node list", "GET nodes", "\"hostname\": \"n1\"" },
        { "-f table node list", "GET nodes", "NODE" },
    };

    // Line | the beginning of what is said.
    public static TheoryData<string, string> Gone() => new()
    {
        { "auth token", "Specify a command: kohakuriver auth token list|create|revoke" },
        { "config completion bash --output /tmp/x", "Write the script into a file with: kohakuriver completion" },
        { "config completion bash -o /tmp/x", "Write the script into a file with: kohakuriver completion" },
        { "config env", "The variables are KOHAKU_HOST" },
        { "config show", "There is no file of settings here." },
        { "connect 7", "There are no interactive shells here." },
        { "connect 7 --ide", "There are no interactive shells here." },
        { "connect 7 -i", "There are no interactive shells here." },
        { "docker images", "There are no containers here" },
        { "docker delete x --force", "There are no containers here" },
        { "docker delete x -f", "There are no containers here" },
        { "docker container create python:3.11 x", "There are no containers here" },
        { "docker container delete x --force", "There are no containers here" },
        { "docker container delete x -f", "There are no containers here" },
        { "docker container list", "There are no containers here" },
        { "docker container migrate x", "There are no containers here" },
        { "docker container shell x", "There are no containers here" },
        { "docker container start x", "There are no containers here" },
        { "docker container stop x", "There are no containers here" },
        { "docker tar create x", "There are no containers here" },
        { "docker tar delete x --force", "There are no containers here" },
        { "docker tar delete x -f", "There are no containers here" },
        { "docker tar list", "There are no containers here" },
        { "forward 7 80 --local-port 8080 --local-host 0.0.0.0 --proto udp", "Ports are not forwarded here." },
        { "forward 7 80 -l 8080 -H 0.0.0.0 -p udp", "Ports are not forwarded here." },
        { "init config --generate --host --runner --output-dir /tmp", "No files are generated here." },
        { "init config -g -o /tmp", "No files are generated here." },
        { "init service --host --runner --all --host-config a --runner-config b", "No files are generated here." },
        { "init service --working-dir a --python-path b --capture-env --no-install", "No files are generated here." },
        { "node health", "Nothing is measured here." },
        { "node health n1", "Nothing is measured here." },
        { "node ip-available --runner n1 --limit 5", "There is no overlay network here" },
        { "node ip-available -r n1 -l 5", "There is no overlay network here" },
        { "node ip-info n1", "There is no overlay network here" },
        { "node ip-list --runner n1", "There is no overlay network here" },
        { "node ip-list -r n1", "There is no overlay network here" },
        { "node ip-release x", "There is no overlay network here" },
        { "node ip-reserve n1 --ip 10.0.0.1 --ttl 5", "There is no overlay network here" },
        { "node ip-reserve n1 -i 10.0.0.1 -t 5", "There is no overlay network here" },
        { "node overlay", "There is no overlay network here" },
        { "node overlay-cleanup --force", "There is no overlay network here" },
        { "node overlay-cleanup -f", "There is no overlay network here" },
        { "node overlay-release n1 --force", "There is no overlay network here" },
        { "node overlay-release n1 -f", "There is no overlay network here" },
        { "node watch", "Look again and again with: kohakuriver nodes list --watch" },
        { "qemu acs-override", "Virtual machines are not managed here." },
        { "qemu check", "Virtual machines are not managed here." },
        { "qemu cleanup 7 --hostname n1 --force --yes", "Virtual machines are not managed here." },
        { "qemu cleanup 7 -n n1 -f -y", "Virtual machines are not managed here." },
        { "qemu image create --name x --ubuntu-version 24.04 --size 9G --images-dir /x", "Virtual machines are not managed here." },
        { "qemu image create -n x -s 9G", "Virtual machines are not managed here." },
        { "qemu image list --images-dir /x", "Virtual machines are not managed here." },
        { "qemu instances", "Virtual machines are not managed here." },
        { "ssh config --output x", "There are no interactive shells here." },
        { "ssh config -o x", "There are no interactive shells here." },
        { "ssh connect 7 --key k --proxy-port 1 --local-port 2 --user u", "There are no interactive shells here." },
        { "ssh connect 7 -i k -u u", "There are no interactive shells here." },
        { "task pause 7", "Tasks cannot be paused here." },
        { "task resume 7", "Tasks cannot be paused here." },
        { "task watch 7", "Follow a task until it ends with: kohakuriver tasks logs TASK --follow" },
        { "terminal --host h --port 1 --refresh 2", "There are no interactive shells here." },
        { "terminal -H h -P 1 -r 2", "There are no interactive shells here." },
        { "terminal attach 7 --shell sh", "There are no interactive shells here." },
        { "terminal attach 7 -s sh", "There are no interactive shells here." },
        { "terminal exec 7 ls", "There are no interactive shells here." },
        { "vps connect 7 --key k", "There are no interactive shells here." },
        { "vps connect 7 -i k", "There are no interactive shells here." },
        { "vps create -t n1 -c 4 -m 4G -b qemu", "A VPS has a name and a node here" },
        { "vps create --target n1 --cores 4 --memory 4G --backend qemu", "A VPS has a name and a node here" },
        { "vps create --container c --image i --privileged --mount a:b", "A VPS has a name and a node here" },
        { "vps create --ssh --no-ssh-key --gen-ssh-key", "A VPS has a name and a node here" },
        { "vps create --public-key-file f --public-key-string s --key-out-file o", "A VPS has a name and a node here" },
        { "vps create --vm-image i --vm-disk d --vm-memory m", "A VPS has a name and a node here" },
        { "vps pause 7", "A VPS cannot be stopped or paused here." },
        { "vps restart 7", "A VPS cannot be stopped or paused here." },
        { "vps resume 7", "A VPS cannot be stopped or paused here." },
        { "vps stop 7", "A VPS cannot be stopped or paused here." },
        { "--format xml node list", "--format takes table, json or yaml." },
    };

    // Line | the fields that the host is sent beside the command.
    public static TheoryData<string, string> Submissions() => new()
    {
        {
            "--target n1:0::1,2 --cores 4 --memory 4G",
            """{"required_cores":4,"required_memory_bytes":4294967296,"required_gpus":[[1,2]],"targets":["n1:0"]}"""
        },
        { "-t n1 -c 2 -m 512M", """{"required_cores":2,"required_memory_bytes":536870912,"targets":["n1"]}""" },
        { "-t n1::", """{"required_cores":1,"targets":["n1"]}""" },
        { "--container env", """{"required_cores":1,"container_name":"env"}""" },
        {
            "--image ubuntu:22.04 --privileged --mount /a:/b --mount /c:/d",
            """{"required_cores":1,"registry_image":"ubuntu:22.04","privileged":true,"additional_mounts":["/a:/b","/c:/d"]}"""
        },
    };

    public void Dispose() => cli.Dispose();

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Line_WithACounterpart_DoesWhatItDid(string line, string requests, string shown)
    {
        await using var host = await StartAsync();

        var run = (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Contains(shown, run.Output, StringComparison.Ordinal);
        Assert.Equal(
            requests.Split(", ", StringSplitOptions.RemoveEmptyEntries),
            host.Requests.Select(r => string.Join(' ', r.Split(' ')[..2]).Replace("/api/", "", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Gone))]
    public async Task Line_WithoutACounterpart_SaysInOneLineWhatToDo(string line, string advice)
    {
        await using var host = await StartAsync();

        var run = (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Usage);

        Assert.StartsWith(advice, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Output);
        Assert.Empty(host.Requests);
    }

    [Theory]
    [MemberData(nameof(Submissions))]
    public async Task Submission_InTheOriginalsSpelling_SendsTheOriginalsFields(string options, string fields)
    {
        JsonElement body = default;
        await using var host = await StartAsync(json => body = json);

        (await cli.RunAsync([.. $"task submit {options} -- python train.py --wait".Split(' ')])).Expect(ExitCodes.Done);

        var expected = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields)!;
        foreach (var (name, text) in ((string, string)[])
            [("task_type", "\"command\""), ("command", "\"python\""), ("arguments", "[\"train.py\",\"--wait\"]")])
        {
            expected[name] = JsonDocument.Parse(text).RootElement;
        }

        Assert.Equal(
            expected.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value.GetRawText()}"),
            body.EnumerateObject().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}={f.Value.GetRawText()}"));
    }

    [Fact]
    public void Matrix_HoldsEveryCommandAndEverySpellingOfTheOriginal()
    {
        var lines = Kept().Select(r => r.Data.Item1).Concat(Gone().Select(r => r.Data.Item1))
            .Concat(Submissions().Select(r => "task submit " + r.Data.Item1))
            .Concat(FormerAddressTests.Lines().Select(r => r.Data.Item1 + " node list"))
            .Select(l => $" {l} ").ToList();

        Assert.All(OriginalCommandLine.Commands, row =>
        {
            var (path, options) = (row.Split(':')[0].Trim(), row.Split(':')[1].Trim());
            var mine = lines.Where(l => path.Length == 0 || l.Contains($" {path} ", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(mine);
            Assert.All(
                options.Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries),
                spelling => Assert.Contains(mine, l => l.Contains($" {spelling} ", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public async Task FormerSpellings_AreOfferedNowhere()
    {
        foreach (var path in (string[])["", "tasks", "tasks list", "tasks submit", "vps", "vps create", "auth login", "nodes list"])
        {
            var help = (await cli.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Expect(ExitCodes.Done);
            var typed = $"kohakuriver {path} ".Replace("  ", " ", StringComparison.Ordinal);
            var offered = (await cli.RunAsync($"[suggest:{typed.Length}]", typed)).Output.Split('\n', StringSplitOptions.TrimEntries);

            Assert.DoesNotMatch(@"(?m)^\s+(task|node|status|docker|stop|connect)\s", help.Output);
            Assert.DoesNotMatch(@"\s-[HPtcmwnlsup]\b|--target|--port", help.Output);
            Assert.DoesNotContain(offered, o => o is "task" or "node" or "docker" or "stop" or "--target" or "--port");
        }
    }

    [Theory]
    [InlineData("task list --bogus", "kohakuriver tasks list --help")]
    [InlineData("task bogus", "'bogus' is not a command")]
    [InlineData("node status", "<node> is missing")]
    public async Task FormerLine_MistypedOtherwise_IsUsage(string line, string expected) =>
        Assert.Contains(expected, (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("task --help", " task [command]")]
    [InlineData("task status --help", " task status <task>")]
    [InlineData("docker --help", "There are no containers here")]
    public async Task Help_OnAFormerCommand_IsGiven(string line, string expected) =>
        Assert.Contains(expected, (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Done).Output, StringComparison.Ordinal);

    private async Task<FakeHost> StartAsync(Action<JsonElement>? onSubmit = null)
    {
        var host = await FakeHost.StartAsync(async http =>
        {
            if (http.Request.Path == "/api/submit" && onSubmit is not null)
            {
                using var body = await JsonDocument.ParseAsync(http.Request.Body);
                onSubmit(body.RootElement.Clone());
            }

            await FakeHost.JsonAsync(http, AnswerTo(http.Request.Method, http.Request.Path.Value!["/api/".Length..]));
        });
        var address = new Uri(host.Address);
        cli.Environment["KOHAKURIVER_HOST"] = address.Host;
        cli.Environment["KOHAKURIVER_PORT"] = address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(
            cli.State.Path, """{"token": "0123abcd", "token_id": 12, "token_name": "cli-auto", "username": "ann", "role": "user"}""");
        return host;
    }

    private static string AnswerTo(string method, string path) => (method, path) switch
    {
        ("POST", "auth/login") => """{"message":"ok","user":{"id":5,"username":"ann","role":"user"}}""",
        (_, "auth/me") => """{"id":5,"username":"ann","role":"user","is_active":true}""",
        ("POST", "auth/tokens/create") => """{"id":4,"name":"box","token":"krt_new"}""",
        ("GET", "auth/tokens") => """[{"id":3,"name":"cli-auto","prefix":"0123"}]""",
        (_, "nodes") =>
            """[{"hostname":"n1","status":"online","total_cores":8,"memory_total_bytes":17179869184},{"hostname":"n2","status":"lost"}]""",
        (_, "tasks") => """[{"task_id":"7","command":"sleep","arguments":["9"],"status":"running"}]""",
        (_, "tasks/7") =>
            """{"task_id":"7","command":"sleep","status":"completed","exit_code":0,"stdout":"to stdout\n","stderr":"to stderr\n"}""",
        ("POST", "submit") => Submitted,
        ("POST", "kill/7") => """{"message":"Task 7 is stopping."}""",
        (_, "vps") => """[{"vps_id":"9","name":"box","status":"running"}]""",
        _ => """{"message":"ok"}""",
    };
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>The queue and a waiting task's own page, without a browser.</summary>
public sealed class QueuePageTests : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Queue_WhileItsTasksAreDecided_KeepsThemInTheirPlaces()
    {
        var ids = await host.SubmitManyAsync(4);
        using var client = await host.LogInAsync(Role.Operator);
        var html = await client.ReadAsync("/approvals");
        Assert.Equal(ids, RowsOf(html));

        // One's own decision, and one of somebody else.
        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Admin), ids[2], "Too large")).Require();
        var added = await host.SubmitAsync(Role.User, "later");
        using var answer = await DecideAsync(client, html, ids[1], "approve", shownAt: "");
        var address = answer.Headers.Location!.OriginalString[host.Home.Length..];
        var after = await client.ReadAsync(address);
        Assert.Equal([.. ids, added], RowsOf(after));
        Assert.Matches(
            $"(?s)data-row=\"{ids[1]}\" data-state=\"approved\" class=\"decided\".*by <a href=\"/admin/users/\\d+\">the-operator</a>",
            after);
        Assert.Matches($"(?s)data-row=\"{ids[2]}\" data-state=\"rejected\".*the-admin.*Too large", after);
        Assert.Contains($"Approved: python train.py --seed=1 (task {ids[1]}) of the-user.", after, StringComparison.Ordinal);
        Assert.Equal([ids[0], ids[3], added], RowsOf(await client.ReadAsync("/approvals")));
    }

    [Fact]
    public async Task Message_InItsCookie_IsNumbersOnly()
    {
        var ids = await host.SubmitManyAsync(2);
        using var client = await host.LogInAsync(Role.Operator);
        using var answer = await client.PostAsync("/approvals/decide", ("decision", "approve"), ("ids", ids[0]), ("ids", ids[1]));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("flash", StringComparison.Ordinal));
        Assert.Matches("=approved\\.2\\.0\\.0\\.\\d+\\.\\d+;", cookie);

        // Whoever may not see them reads no names: the cookie is worth nothing to anybody else.
        (await host.Get<IUserService>().UpdateAsync(
            Actor.Host, new UpdateUserCommand { Id = host.Users[Role.Operator].Id, Role = Role.Viewer })).Require();
        var html = await client.ReadAsync("");
        Assert.Contains("2 tasks approved.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("train.py", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_AboutWhatSomebodyElseDecided_SaysWhoAndWhat()
    {
        var id = await host.SubmitAsync(Role.User, "echo", "1");
        using var client = await host.LogInAsync(Role.Operator);
        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Admin), id, null)).Require();
        using var answer = await client.PostAsync("/approvals/decide", ("decision", "approve"), ("ids", id));
        Assert.Contains(
            $"the-admin had already rejected echo 1 (task {id}) of the-user. Nothing was changed.",
            await client.ReadAsync("/approvals"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision_SoonerThanThePageCanBeRead_ChangesNothing()
    {
        var id = await host.SubmitAsync(Role.User, "echo");
        using var client = await host.LogInAsync(Role.Operator);
        var html = await client.ReadAsync("/approvals");
        var now = Instants.ToMicroseconds(host.Get<TimeProvider>().GetInstant());
        using var early = await DecideAsync(client, html, id, "approve", Text(now));
        Assert.Contains("before anyone can have read it", await client.ReadAsync("/approvals"), StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Pending, await StatusAsync(id));
        using var later = await DecideAsync(client, html, id, "approve", Text(now - 800_000));
        Assert.Equal(ApprovalStatus.Approved, await StatusAsync(id));

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Filters_InTheAddress_NarrowTheQueueAndSurviveDecisionsAndPages()
    {
        var group = (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = "Vision" })).Require();
        var grace = await host.AddUserAsync("grace", Role.User);
        (await host.Get<IGroupService>().AddMemberAsync(Actor.Host, group.Id, grace.Id)).Require();
        var small = await SubmitAsync(grace, "small", 1, null, [], "node-a");
        var large = await SubmitAsync(grace, "large", 64, 1L << 35, [], "node-b");
        var gpus = await SubmitAsync(host.Users[Role.User], "gpus", 8, 1L << 33, [0, 1], null);
        using var client = await host.LogInAsync(Role.Operator);
        (string Query, string[] Expected)[] cases =
        [
            ("", [small, large, gpus]),
            ($"person={grace.Id}", [small, large]),
            ($"group={group.Id}", [small, large]),
            ("node=node-b", [large]),
            ("gpus=true", [gpus]),
            ("gpus=false", [small, large]),
            ("cores=8", [large, gpus]),
            ("memory=9", [large]),
            ($"person={grace.Id}&cores=2&memory=&node=", [large]),
            ("node=no-such-node", []),
        ];
        foreach (var (query, expected) in cases)
        {
            Assert.Equal(expected, RowsOf(await client.ReadAsync("/approvals?" + query)));
        }

        var html = await client.ReadAsync($"/approvals?person={grace.Id}&cores=1");
        using var answer = await DecideAsync(client, html, small, "reject", shownAt: "");
        var address = answer.Headers.Location!.OriginalString;
        Assert.Matches($"^/admin/approvals\\?view=\\d+\\.\\d+&person={grace.Id}&cores=1#task-\\d+$", address);
        Assert.Equal([small, large], RowsOf(await client.ReadAsync(address[host.Home.Length..])));
        Assert.Contains("<option value=\"true\" selected>", await client.ReadAsync("/approvals?gpus=true"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_OfALongQueue_SayWhichRowsAndLeadBothWays()
    {
        var ids = await host.SubmitManyAsync(QueueView.PageSize + 3);
        using var client = await host.LogInAsync(Role.Operator);
        var first = await client.ReadAsync("/approvals");
        Assert.Equal(ids.Take(QueueView.PageSize), RowsOf(first));
        Assert.Contains("1–25 of 28", WebUtility.HtmlDecode(first), StringComparison.Ordinal);

        // What is decided on the first page does not move the second one.
        using var answer = await DecideAsync(client, first, ids[0], "approve", shownAt: "");
        var second = await client.ReadAsync(LinkOf(first, "next"));
        Assert.Equal(ids.Skip(QueueView.PageSize), RowsOf(second));
        Assert.Contains("26–28 of 28", WebUtility.HtmlDecode(second), StringComparison.Ordinal);
        Assert.Equal(ids.Take(QueueView.PageSize), RowsOf(await client.ReadAsync(LinkOf(second, "prev"))));

        string LinkOf(string html, string rel) => WebUtility.HtmlDecode(
            Regex.Match(html, $"href=\"(?<to>[^\"]+)\" rel=\"{rel}\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                .Groups["to"].Value)[host.Home.Length..];
    }

    [Theory]
    [InlineData("view=1")]
    [InlineData("view=x.1")]
    [InlineData("view=9223372036854775807.1")]
    [InlineData("view=1.1&page=0")]
    [InlineData("cores=-1")]
    [InlineData("person=0")]
    public async Task Address_ThatNoLinkHas_IsRefused(string query)
    {
        using var client = await host.LogInAsync(Role.Operator);
        using var answer = await client.GetAsync("/approvals?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("view=x&person=1")]
    [InlineData("a\r\nb")]
    public async Task View_ThatNoFormSends_LeadsToTheWholeQueue(string view)
    {
        using var client = await host.LogInAsync(Role.Operator);
        using var answer = await client.PostAsync("/approvals/decide", ("decision", "approve"), ("view", view));
        Assert.Equal("/admin/approvals", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task AllOfOnePerson_AreThoseThatWereListed()
    {
        var ids = await host.SubmitManyAsync(3);
        var others = await host.AddUserAsync("grace", Role.User);
        await SubmitAsync(others, "other", 1, null, [], null);
        using var client = await host.LogInAsync(Role.Operator);
        var queue = await client.ReadAsync("/approvals");
        var path = WebUtility.HtmlDecode(Regex.Match(
            queue, "href=\"/admin(?<to>/approvals/people/[^\"]+)\">All 3 from", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Groups["to"].Value);
        var html = await client.ReadAsync(path);
        Assert.Contains("3 waiting tasks of the-user", html, StringComparison.Ordinal);
        var form = PageForm.Read(html, "/decide", host.Home);
        Assert.Equal(ids, form.Values("ids"));

        var between = await host.SubmitAsync(Role.User, "between");
        form.Set("decision", "approve");
        using var answer = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.StartsWith("/admin/approvals?view=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(ids.Select(StatusAsync)), s => Assert.Equal(ApprovalStatus.Approved, s));
        Assert.Equal(ApprovalStatus.Pending, await StatusAsync(between));
        var said = await client.ReadAsync("");
        Assert.Contains($"3 tasks approved: python train.py --seed=0 (task {ids[0]})", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllOfOnePerson_ReasonRefused_ComesBackWithItAndChangesNothing()
    {
        var ids = await host.SubmitManyAsync(2);
        using var client = await host.LogInAsync(Role.Operator);
        var html = await client.ReadAsync($"/approvals/people/{host.Users[Role.User].Id}");
        var form = PageForm.Read(html, "/decide", host.Home);
        form.Set("decision", "reject");
        form.Set("reason", new string('x', 1001));
        using var answer = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var again = PageForm.Read(await answer.Content.ReadAsStringAsync(), "/decide", host.Home);
        Assert.Equal(form.Values("reason"), again.Values("reason"));
        Assert.Equal(ids, again.Values("ids"));
        Assert.All(await Task.WhenAll(ids.Select(StatusAsync)), s => Assert.Equal(ApprovalStatus.Pending, s));
    }

    [Fact]
    public async Task Selection_WhoseReasonIsRefused_StaysSelected()
    {
        var ids = await host.SubmitManyAsync(3);
        using var client = await host.LogInAsync(Role.Operator);
        using var answer = await client.PostAsync(
            "/approvals/decide",
            ("decision", "reject"), ("row", "_bulk"), ("reason", new string('x', 1001)), ("ids", ids[0]), ("ids", ids[2]));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(
            [ids[0], ids[2]],
            Regex.Matches(html, "value=\"(?<id>\\d+)\" form=\"bulk\"\\s+checked", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                .Select(m => m.Groups["id"].Value));
    }

    [Fact]
    public async Task OwnTasks_OfAnApprover_AreLeftToOthers()
    {
        await host.Get<ISettingsService>().UpdateAsync(
            Actor.Host, new SettingsChange { ApprovalRequiredRoles = [Role.User, Role.Operator] });
        var own = await host.SubmitAsync(Role.Operator, "echo");
        using var client = await host.LogInAsync(Role.Operator);
        foreach (var path in new[] { "/approvals", $"/tasks/{own}", $"/approvals/people/{host.Users[Role.Operator].Id}" })
        {
            var html = await client.ReadAsync(path);
            Assert.DoesNotContain($"value=\"{own}\"", html, StringComparison.Ordinal);
            Assert.Matches("[Ss]omeone else", html);
        }

        using var answer = await client.PostAsync($"/tasks/{own}/decide", ("decision", "approve"));
        Assert.Equal(ApprovalStatus.Pending, await StatusAsync(own));
        Assert.Contains(Refusals.OwnSubmission.Message, await client.ReadAsync($"/tasks/{own}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskPage_OfWhatWaits_DecidesThere()
    {
        var (first, second) = (await host.SubmitAsync(Role.User, "echo", "1"), await host.SubmitAsync(Role.User, "echo", "2"));
        using var client = await host.LogInAsync(Role.Operator);
        var form = PageForm.Read(await client.ReadAsync($"/tasks/{first}"), "/decide", host.Home);
        form.Set("decision", "approve");
        form.Set("shown_at", "");
        using var approved = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        Assert.Equal($"/admin/tasks/{first}", approved.Headers.Location!.OriginalString);
        var html = await client.ReadAsync($"/tasks/{first}");
        Assert.Contains($"Approved: echo 1 (task {first}) of the-user.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/decide", html, StringComparison.Ordinal);

        using var tooLong = await client.PostAsync($"/tasks/{second}/decide", ("decision", "reject"), ("reason", new string('x', 1001)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.StatusCode);
        Assert.Contains("id=\"reason-error\"", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var rejected = await client.PostAsync($"/tasks/{second}/decide", ("decision", "reject"), ("reason", "No"));
        Assert.Equal(ApprovalStatus.Rejected, await StatusAsync(second));

        // Those who submit see what was decided, and no buttons.
        using var user = await host.LogInAsync(Role.User);
        var theirs = await user.ReadAsync($"/tasks/{second}");
        Assert.Contains("<span class=\"reason\">No</span>", theirs, StringComparison.Ordinal);
        var waits = await host.SubmitAsync(Role.User, "echo", "3");
        Assert.DoesNotContain("/decide", await user.ReadAsync($"/tasks/{waits}"), StringComparison.Ordinal);
        using var refused = await user.PostAsync($"/tasks/{waits}/decide", ("decision", "approve"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(ApprovalStatus.Pending, await StatusAsync(waits));
    }

    [Fact]
    public async Task TaskPage_OfATaskTheHostDoesNotShow_ShowsWhatWasSubmitted()
    {
        await using var bare = await PanelHost.StartAsync(withCluster: false);
        (await bare.Get<IApprovalService>().SubmitAsync(bare.ActorOf(Role.User), new TaskSubmission
        {
            TaskId = "job:1",
            Command = "train",
            Arguments = ["--fast"],
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["image"] = "pytorch" },
            SecretDetails = ["TOKEN"],
        })).Require();
        using var boss = await bare.LogInAsync(Role.Operator);
        Assert.Contains("href=\"/admin/tasks/job%3A1\"", await boss.ReadAsync("/approvals"), StringComparison.Ordinal);
        var html = await boss.ReadAsync("/tasks/job%3A1");
        Assert.Contains("--fast", html, StringComparison.Ordinal);
        Assert.Contains("pytorch", html, StringComparison.Ordinal);
        Assert.Contains("<dt>TOKEN</dt><dd><span class=\"tag\">secret, not stored</span></dd>", html, StringComparison.Ordinal);
        using var user = await bare.LogInAsync(Role.User);
        Assert.Contains("Withdraw", await user.ReadAsync("/tasks/job%3A1"), StringComparison.Ordinal);
        using var viewer = await bare.LogInAsync(Role.Viewer);
        using var hidden = await viewer.GetAsync("/tasks/job%3A1");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var nothing = await boss.GetAsync("/tasks/job%3A2");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task LongCommand_InTheQueue_IsFoldedAndWholeOnItsPage()
    {
        string[] many = [.. Enumerable.Range(0, 40).Select(i => $"--part-number-{i:D2}")];
        var folded = await host.SubmitAsync(Role.User, "join", many);
        var huge = await host.SubmitAsync(Role.User, "echo", new string('x', 20_000) + "the-end\u202E");
        using var client = await host.LogInAsync(Role.Operator);
        var html = await client.ReadAsync("/approvals");
        Assert.Contains("684 characters", html, StringComparison.Ordinal);
        Assert.Contains("40 arguments", html, StringComparison.Ordinal);
        Assert.All(many, argument => Assert.Contains($"<span class=\"arg\">{argument}</span>", html, StringComparison.Ordinal));

        // What is too long for a list says how long it is and where it can be read; its warning stays.
        Assert.DoesNotContain("the-end", html, StringComparison.Ordinal);
        Assert.Contains("20013 characters", html, StringComparison.Ordinal);
        Assert.Contains("contains invisible characters", html, StringComparison.Ordinal);
        Assert.Contains("the-end", await client.ReadAsync($"/tasks/{huge}"), StringComparison.Ordinal);
        Assert.True(html.Length < 60_000, $"{html.Length}");
        Assert.Contains(folded, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_OfQueueAndHistory_LeadToTaskPersonNodeAndVps()
    {
        var id = await host.SubmitAsync(Role.User, "echo");
        await host.Get<IApprovalService>().SubmitAsync(
            host.ActorOf(Role.User), new TaskSubmission { TaskId = "vps-1", TaskType = "vps", Command = "vps" });
        using var client = await host.LogInAsync(Role.Operator);
        foreach (var path in new[] { "/approvals", "/approvals/history" })
        {
            var html = await client.ReadAsync(path);
            foreach (var link in new[] { $"/tasks/{id}", $"/users/{host.Users[Role.User].Id}", "/nodes#node-node-a", "/vps/vps-1" })
            {
                Assert.Contains($"href=\"/admin{link}\"", html, StringComparison.Ordinal);
            }
        }

        Assert.Contains("id=\"node-node-a\"", await client.ReadAsync("/nodes"), StringComparison.Ordinal);
    }

    private static List<string> RowsOf(string html) =>
        [.. Regex.Matches(html, " data-row=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["id"].Value)];

    private async Task<HttpResponseMessage> DecideAsync(PanelClient client, string html, string taskId, string decision, string shownAt)
    {
        var form = PageForm.All(html, host.Home).Single(f => f.Action == "/approvals/decide" && f.Values("row")[0] == taskId);
        form.Set("decision", decision);
        form.Set("shown_at", shownAt);
        return await client.PostWithAsync(form.Token, form.Action, form.Fields);
    }

    private async Task<ApprovalStatus> StatusAsync(string taskId) =>
        (await host.Get<IApprovalService>().FindAsync([taskId]))[taskId].Status;

    private async Task<string> SubmitAsync(User user, string command, int cores, long? memory, IReadOnlyList<int> gpus, string? node)
    {
        var request = new TaskRequest
        {
            Command = command, RequiredCores = cores, RequiredMemoryBytes = memory, RequiredGpus = gpus, Target = node,
        };
        return (await host.Cluster.SubmitAsync(Testing.TestActors.Of(user), request, CancellationToken.None)).Require();
    }
}

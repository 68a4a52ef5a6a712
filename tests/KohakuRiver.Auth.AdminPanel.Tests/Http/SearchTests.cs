using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>The search for everything: what each role finds, and where it leads.</summary>
public sealed class SearchTests(FilledHost filled) : IClassFixture<FilledHost>
{
    private readonly PanelHost host = filled.Host;

    /// <summary>What is looked for, and the kinds that viewer, user, operator and admin find.</summary>
    public static TheoryData<string, string, string, string, string> Matrix => new()
    {
        { "the-", "Tasks", "Tasks", "Users Tasks", "Users Tasks" },
        { "the operator", "", "", "Users", "Users" },
        { "RESEARCH", "", "", "Groups", "Groups" },
        { "train.py", "", "Tasks", "Tasks", "Tasks" },
        { "train", "My VPS", "Tasks My VPS", "Groups Tasks VPS", "Groups Tasks VPS" },
        { "spare", "", "", "VPS", "VPS" },
        { "krt_", "Tokens", "Tokens", "Tokens", "Tokens" },
        { "node-a", "My VPS Nodes", "My VPS Nodes", "VPS Nodes", "VPS Nodes" },
        { "settings", "", "", "", "Pages" },
        { "over", "Pages", "Pages", "Pages", "Pages" },
        { "submit", "", "Pages", "Pages", "Pages" },
        { "invit", "", "", "Pages", "Pages" },
        { "no such thing", "", "", "", "" },
        { "%", "", "", "", "" },
        { "\u200b", "", "", "", "" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    [Trait("Requirement", "V8.2.1"), Trait("Requirement", "V8.2.2")]
    public async Task Search_OfEachRole_FindsOnlyWhatTheyMaySee(string text, string viewer, string user, string op, string admin)
    {
        var found = new List<string>();
        foreach (var role in (Role[])[Role.Viewer, Role.User, Role.Operator, Role.Admin])
        {
            using var client = await host.LogInAsync(role);
            found.Add(string.Join(' ', Kinds(await client.ReadAsync("/search?q=" + Uri.EscapeDataString(text)))));
        }

        Assert.Equal([viewer, user, op, admin], found);
    }

    [Theory]
    [InlineData(Role.Viewer, "000002", "/tasks/000002")]
    [InlineData(Role.User, " 000002 ", "/tasks/000002")]
    [InlineData(Role.User, "vps-1", "/account/vps")]
    [InlineData(Role.User, "vps-3", null)]
    [InlineData(Role.Operator, "vps-3", "/vps/vps-3")]
    [InlineData(Role.Operator, "the-user", null)]
    [InlineData(Role.Viewer, "4", null)]
    [InlineData(Role.User, "999999", null)]
    [InlineData(Role.Admin, "//evil.example", null)]
    [InlineData(Role.Admin, "https://evil.example", null)]
    public async Task Search_ForAWholeId_LeadsStraightToWhatHasIt(Role role, string text, string? path)
    {
        using var client = await host.LogInAsync(role);
        using var answer = await client.GetAsync("/search?q=" + Uri.EscapeDataString(text));
        Assert.Equal(path is null ? HttpStatusCode.OK : HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(path is null ? null : host.Home + path, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Search_ForANumberThatOnlyAUserHas_LeadsToThatUser()
    {
        await using var own = await PanelHost.StartAsync(withCluster: false);
        using var client = await own.LogInAsync(Role.Operator);
        var id = own.Users[Role.Viewer].Id;
        using var answer = await client.GetAsync($"/search?q={id}");
        Assert.Equal($"{own.Home}/users/{id}", answer.Headers.Location?.OriginalString);

        // Where something else has the number in its name, one chooses.
        await own.AddUserAsync($"number.{id}", Role.Viewer);
        Assert.Equal(["Users"], Kinds(await client.ReadAsync($"/search?q={id}")));
    }

    [Fact]
    [Trait("Requirement", "V14.2.1")]
    public async Task Search_ForAWholeToken_ForgetsAllButItsBeginning()
    {
        var made = (await host.Get<ITokenService>().CreateAsync(
            host.ActorOf(Role.Operator), new CreateTokenCommand { Name = "of-the-operator" })).Require();
        var secret = made.Secret.Reveal();
        using var admin = await host.LogInAsync(Role.Admin);
        using var answer = await admin.GetAsync("/search?q=" + secret);
        var address = answer.Headers.Location!.OriginalString;
        Assert.Equal($"{host.Home}/search?q={made.Token.Prefix}&cut=true", address);
        var html = await admin.ReadAsync(address[host.Home.Length..]);
        Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
        Assert.Contains("That was a whole secret.", html, StringComparison.Ordinal);
        Assert.Contains("of-the-operator", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{host.Home}/tokens/all?search={made.Token.Prefix}\"", html, StringComparison.Ordinal);

        // Its owner finds it too, nobody else.
        using var owner = await host.LogInAsync(Role.Operator);
        Assert.Equal(["Tokens"], Kinds(await owner.ReadAsync("/search?q=" + made.Token.Prefix)));
        using var other = await host.LogInAsync(Role.User);
        Assert.Empty(Kinds(await other.ReadAsync("/search?q=" + made.Token.Prefix)));
    }

    [Fact]
    public async Task Search_WithManyMatches_ShowsFiveOfAKindAndLinksToTheList()
    {
        await using var own = await PanelHost.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await own.AddUserAsync($"zoe.{i}", Role.Viewer);
            (await own.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = $"Zoë’s lab {i}" })).Require();
        }

        var tasks = await own.SubmitManyAsync(PanelSearch.NewestTasks + 1);
        using var client = await own.LogInAsync(Role.Operator);
        var html = await client.ReadAsync("/search?q=zoe");
        Assert.Equal(2 * PanelSearch.Shown, Regex.Count(html, "<li>\\s*<a ", default, TimeSpan.FromSeconds(1)));
        Assert.Contains($"href=\"{own.Home}/users?search=zoe\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{own.Home}/groups?search=zoe\"", html, StringComparison.Ordinal);
        Assert.Contains("Show all 7", html, StringComparison.Ordinal);

        html = await client.ReadAsync("/search?q=train.py");
        Assert.Contains("the newest 100.", html, StringComparison.Ordinal);
        var none = await client.ReadAsync("/search?q=seed%3D0");
        Assert.Empty(Kinds(none));
        Assert.Contains("Nothing was found", none, StringComparison.Ordinal);
        Assert.Contains("Older tasks are found by their whole ID.", none, StringComparison.Ordinal);
        using var straight = await client.GetAsync("/search?q=" + tasks[0]);
        Assert.Equal($"{own.Home}/tasks/{tasks[0]}", straight.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Search_WithoutAHostsDirectories_FindsSubmissionsAndAssignedInstances()
    {
        await using var own = await PanelHost.StartAsync(withCluster: false);
        var task = new TaskSubmission { TaskId = "t-1", Command = "python", Arguments = ["fit.py"] };
        (await own.Get<IApprovalService>().SubmitAsync(own.ActorOf(Role.User), task)).Require();
        (await own.Get<IVpsAccessService>().AssignAsync(Actor.Host, "box-1", [own.Users[Role.User].Id], [])).Require();
        using var op = await own.LogInAsync(Role.Operator);
        using var user = await own.LogInAsync(Role.User);
        using var viewer = await own.LogInAsync(Role.Viewer);
        Assert.Equal(["Tasks"], Kinds(await op.ReadAsync("/search?q=fit.py")));
        Assert.Equal(["Tasks"], Kinds(await user.ReadAsync("/search?q=fit.py")));
        Assert.Empty(Kinds(await viewer.ReadAsync("/search?q=t-1")));
        using var vps = await op.GetAsync("/search?q=box-1");
        Assert.Equal($"{own.Home}/vps/box-1", vps.Headers.Location?.OriginalString);
        Assert.Equal(["My VPS"], Kinds(await user.ReadAsync("/search?q=box")));
    }

    [Fact]
    public async Task Search_WithFaultyParameters_IsRefused()
    {
        using var client = await host.LogInAsync(Role.Viewer);
        foreach (var query in (string[])["q=" + new string('x', 101), "q=a&q=b", "cut=maybe"])
        {
            using var answer = await client.GetAsync("/search?" + query);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private static IEnumerable<string> Kinds(string html) =>
        Regex.Matches(html, "<h2>(?<kind>.*?)</h2>", RegexOptions.Singleline, TimeSpan.FromSeconds(1))
            .Select(m => Regex.Replace(m.Groups["kind"].Value, "<[^>]*>|[0-9]", "", default, TimeSpan.FromSeconds(1)).Trim())
            .Where(kind => kind != "Keyboard shortcuts");
}

using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Search, order and pages of the panel's lists, and the way back to them.</summary>
public sealed partial class ListTests
{
    [Fact]
    public async Task Lists_WhateverTheySearchAndSortBy_ShowWhatMatches()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        foreach (var (list, search, found, hidden) in (IEnumerable<(string, string, string, string)>)
        [
            ("/users", "OPERATO", ">the-operator<", ">the-viewer<"),
            ("/groups", "esear", ">Research<", ">Teaching<"),
            ("/groups", "train models", ">Research<", ">Teaching<"),
            ("/vps", "note", ">notebook<", ">training<"),
            ("/vps", "node-a", ">training<", ">notebook<"),
            ("/nodes", "a100", ">node-a<", ">node-b<"),
            ("/tokens/all", "opera", ">the-operator<", ">the-viewer<"),
            ("/invitations", "esear", ">Research<", "no such text"),
        ])
        {
            var html = await client.ReadAsync($"{list}?search={Uri.EscapeDataString(search)}");
            Assert.Contains(found, html, StringComparison.Ordinal);
            Assert.DoesNotContain(hidden, html, StringComparison.Ordinal);
            Assert.Contains($"value=\"{search}\"", html, StringComparison.Ordinal);
            Assert.Contains("No matching ", await client.ReadAsync(list + "?search=nobody-at-all"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/tasks")]
    [InlineData("/approvals/history")]
    public async Task Submissions_OfAPerson_AreFoundByAPartOfTheirName(string list)
    {
        await using var host = await PanelHost.StartAsync();
        var grace = await host.AddUserAsync("grace.hopper", Role.User);
        await host.AddUserAsync("grace.slick", Role.User);
        await host.SubmitAsync(Role.User, "of-the-user");
        var request = new TaskRequest { Command = "of-grace" };
        (await host.Cluster.SubmitAsync(Testing.TestActors.Of(grace), request, CancellationToken.None)).Require();
        using var client = await host.LogInAsync(Role.Operator);
        foreach (var person in new[] { "hopper", "GRACE.HOPPER" })
        {
            var one = await client.ReadAsync($"{list}?person={person}");
            Assert.Contains("of-grace", one, StringComparison.Ordinal);
            Assert.DoesNotContain("of-the-user", one, StringComparison.Ordinal);
            Assert.Contains("name=\"person\" type=\"search\" value=\"grace.hopper\"", one, StringComparison.Ordinal);
        }

        // Of several one chooses; nobody is not everybody.
        var several = await client.ReadAsync(list + "?person=grace");
        Assert.Contains($"href=\"/admin{list}?person=grace.slick\"", several, StringComparison.Ordinal);
        Assert.DoesNotContain("of-grace", several, StringComparison.Ordinal);
        var none = await client.ReadAsync(list + "?person=nobody");
        Assert.Contains("No matching ", none, StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-user", none, StringComparison.Ordinal);

        // Whoever may not list users finds nobody by it either.
        using var user = await host.LogInAsync(Role.User);
        if (list == "/tasks")
        {
            var own = await user.ReadAsync(list + "?person=grace");
            Assert.DoesNotContain("grace.slick", own, StringComparison.Ordinal);
            Assert.DoesNotContain("name=\"person\"", own, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task History_ByItsHead_IsOrderedFromTheOldestToo()
    {
        await using var host = await PanelHost.StartAsync();
        var first = await host.SubmitAsync(Role.User, "first");
        var second = await host.SubmitAsync(Role.User, "second");
        using var client = await host.LogInAsync(Role.Operator);
        var newest = await client.ReadAsync("/approvals/history?status=pending_approval");
        var head = Assert.Single(SortHeads().Matches(newest)).Groups["href"].Value;
        Assert.True(IsBefore(newest, second, first));
        var oldest = await client.ReadAsync(WebUtility.HtmlDecode(head)[host.Home.Length..]);
        Assert.True(IsBefore(oldest, first, second));
        Assert.Contains("selected>pending approval</option>", oldest, StringComparison.Ordinal);

        static bool IsBefore(string html, string one, string other) =>
            html.IndexOf("/tasks/" + one, StringComparison.Ordinal) < html.IndexOf("/tasks/" + other, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/users")]
    [InlineData("/groups")]
    [InlineData("/groups/1")]
    [InlineData("/tokens")]
    [InlineData("/tokens/all")]
    [InlineData("/invitations")]
    [InlineData("/vps")]
    [InlineData("/nodes")]
    [InlineData("/audit")]
    [InlineData("/tasks")]
    [InlineData("/approvals/history")]
    [InlineData("/approvals?gpus=true")]
    public async Task Filters_OfEachList_HaveOneWordAndAWayBack(string list)
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var form = FilterForms().Match(await client.ReadAsync(list)).Value;
        Assert.Matches(">\\s*Search\\s*</button>", form);
        Assert.Contains($" href=\"/admin{list.Split('?')[0]}\">Clear</a>", form, StringComparison.Ordinal);
        Assert.Contains("role=\"search\"", form, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/users")]
    [InlineData("/groups")]
    [InlineData("/groups/1")]
    [InlineData("/tokens")]
    [InlineData("/tokens/all")]
    [InlineData("/invitations")]
    [InlineData("/vps")]
    [InlineData("/nodes")]
    public async Task List_ByEachOfItsHeads_IsOrderedUpwardsAndDownwards(string list)
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var heads = SortHeads().Matches(await client.ReadAsync(list));
        Assert.True(heads.Count >= 3);
        foreach (Match head in heads)
        {
            var address = WebUtility.HtmlDecode(head.Groups["href"].Value)[host.Home.Length..];
            var first = await client.ReadAsync(address);
            var order = Assert.Single(Orders().Matches(first)).Groups;
            var second = await client.ReadAsync(WebUtility.HtmlDecode(order["href"].Value)[host.Home.Length..]);
            var opposite = Assert.Single(Orders().Matches(second)).Groups["order"].Value;
            Assert.NotEqual(order["order"].Value, opposite);
            if (!address.Contains("gpus", StringComparison.Ordinal) && Titles(first).Distinct(StringComparer.Ordinal).Count() > 2)
            {
                Assert.Equal(Titles(first).Order(StringComparer.Ordinal), Titles(second).Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Users_PageByPage_SayWhereOneIsAndLeadBack()
    {
        await using var host = await PanelHost.StartAsync();
        for (var i = 0; i < 57; i++)
        {
            await host.AddUserAsync($"person{i:00}", Role.Viewer);
        }

        using var client = await host.LogInAsync(Role.Admin);
        var first = await client.ReadAsync("/users?sort=username");
        Assert.Contains("1–50 of 61", WebUtility.HtmlDecode(first), StringComparison.Ordinal);
        Assert.DoesNotContain("Previous", first, StringComparison.Ordinal);
        var second = await client.ReadAsync(Way(first, "next", host));
        Assert.Contains("51–61 of 61", WebUtility.HtmlDecode(second), StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);
        Assert.Equal(Titles(first), Titles(await client.ReadAsync(Way(second, "prev", host))));
        Assert.Empty(Titles(first).Intersect(Titles(second)));
    }

    [Fact]
    public async Task Groups_PageByPage_SayWhereOneIsAndLeadBack()
    {
        await using var host = await PanelHost.StartAsync();
        for (var i = 0; i < 61; i++)
        {
            (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = $"Group {i:00}" })).Require();
        }

        using var client = await host.LogInAsync(Role.Operator);
        var first = await client.ReadAsync("/groups?sort=-name&search=group");
        Assert.StartsWith("Group 60", Titles(first)[0], StringComparison.Ordinal);
        var second = await client.ReadAsync(Way(first, "next", host));
        Assert.Contains("51–61 of 61", WebUtility.HtmlDecode(second), StringComparison.Ordinal);
        Assert.StartsWith("Group 00", Titles(second)[^1], StringComparison.Ordinal);
        Assert.Equal(Titles(first), Titles(await client.ReadAsync(Way(second, "prev", host))));
    }

    [Fact]
    public async Task Trail_FromAFilteredList_LeadsBackToItThroughEveryAction()
    {
        const string List = "search=the&role=user&sort=username";
        await using var host = await PanelHost.StartAsync();
        using var client = await host.LogInAsync(Role.Admin);
        var user = host.Users[Role.User];
        var row = Regex.Match(
            await client.ReadAsync("/users?" + List), $"href=\"(?<href>/admin/users/{user.Id}[^\"]*)\"", RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));
        var page = await client.ReadAsync(WebUtility.HtmlDecode(row.Groups["href"].Value)[host.Home.Length..]);
        Assert.Contains($"<a href=\"/admin/users?{WebUtility.HtmlEncode(List)}\">", page, StringComparison.Ordinal);

        // An action on the page leads to the page, which still knows its list.
        var form = PageForm.Read(page, "/active", host.Home);
        using var done = await client.PostWithAsync(form.Token, form.Target, form.Fields);
        var back = done.Headers.Location!.OriginalString;
        Assert.StartsWith($"/admin/users/{user.Id}?list=", back, StringComparison.Ordinal);
        page = await client.ReadAsync(back[host.Home.Length..]);
        Assert.Contains($"<a href=\"/admin/users?{WebUtility.HtmlEncode(List)}\">", page, StringComparison.Ordinal);

        // Deleting leads to the list as it was.
        var ask = Regex.Match(page, "href=\"(?<href>[^\"]*/delete[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        form = PageForm.Read(
            await client.ReadAsync(WebUtility.HtmlDecode(ask.Groups["href"].Value)[host.Home.Length..]), "/delete", host.Home);
        form.Set("current_password", PanelHost.Password);
        using var deleted = await client.PostWithAsync(form.Token, form.Target, form.Fields);
        Assert.Equal("/admin/users?" + List, deleted.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("//evil.example/admin/groups?x=1")]
    [InlineData("https://evil.example/?x=1")]
    [InlineData("/users?search=a&x=%0d%0aSet-Cookie:1")]
    [InlineData("/groups\\?x=1")]
    [InlineData("/groups?x=<script>")]
    [InlineData("/groups?x=1#fragment")]
    [Trait("Requirement", "R4")]
    public async Task WayBack_ThatNoPageMade_LeadsNowhereElse(string here)
    {
        await using var host = await PanelHost.StartAsync();
        using var client = await host.LogInAsync(Role.Admin);
        using var answer = await client.PostAsync("/groups?here=" + Uri.EscapeDataString(here), ("name", "Lab"));
        Assert.Equal("/admin/groups/1", answer.Headers.Location!.OriginalString);
        using var deleted = await client.PostAsync("/groups/1/delete?here=" + Uri.EscapeDataString(here));
        Assert.Equal("/admin/groups", deleted.Headers.Location!.OriginalString);
    }

    [Fact]
    [Trait("Requirement", "V14.2.1")]
    public async Task WayBack_OfPagesWithSecretsInTheirAddress_IsNotCarried()
    {
        await using var host = await PanelHost.StartAsync();
        using var client = await host.LogInAsync(Role.Admin);
        using var stranger = new PanelClient(host);
        foreach (var (reader, path) in new[] { (client, "/reset?code=krc_secret"), (stranger, "/register?token=kri_secret") })
        {
            using var answer = await reader.GetAsync(path);
            var forms = PageForm.All(await answer.Content.ReadAsStringAsync(), host.Home);
            Assert.NotEmpty(forms);
            Assert.All(forms, f => Assert.Equal(f.Action, f.Target));
        }
    }

    private static List<string> Titles(string html) =>
        [.. TitleCells().Matches(html).Select(m => Tags().Replace(m.Groups["cell"].Value, " ").Trim())];

    private static string Way(string html, string rel, PanelHost host)
    {
        var found = Regex.Match(
            html, $"href=\"(?<href>[^\"]*)\" rel=\"{rel}\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(found.Success);
        return WebUtility.HtmlDecode(found.Groups["href"].Value)[host.Home.Length..];
    }

    [GeneratedRegex("<form [^>]*class=\"filters\".*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex FilterForms();

    [GeneratedRegex("<th [^>]*><a href=\"(?<href>[^\"]*sort=[^\"]*)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SortHeads();

    [GeneratedRegex("<th [^>]*aria-sort=\"(?<order>[a-z]+)\"><a href=\"(?<href>[^\"]*)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Orders();

    [GeneratedRegex("<td [^>]*class=\"title\">(?<cell>.*?)</td>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TitleCells();

    [GeneratedRegex("<[^>]*>|\\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();
}

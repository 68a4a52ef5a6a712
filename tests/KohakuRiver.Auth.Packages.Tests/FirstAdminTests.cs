using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>
/// The embedding of the README in an empty web project, from packages: its printed link makes the first admin, who invites the next person.
/// </summary>
public sealed partial class FirstAdminTests(Feed feed)
{
    private const string Password = "seven grey herons over the weir";

    [Fact]
    public async Task Host_FromPackages_MakesItsFirstAdminByTheLinkAndASecondPersonByInvitation()
    {
        var program = await feed.Local.BuildConsumerAsync(
            "FirstAdmin", ("MinimalSources", Path.Combine(LocalFeed.Root, "samples", "Minimal")));
        await using var host = await RunningHost.StartAsync(program);
        using var visitor = Client(host);
        Assert.True((await JsonAsync(visitor, "/api/auth/status"))["setup_required"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(visitor, "/admin/login")).StatusCode);

        // The panel's languages came along.
        Assert.Contains(">登入</h1>", await ReadInAsync(visitor, "zh-TW"), StringComparison.Ordinal);
        Assert.Contains(">ログイン</h1>", await ReadInAsync(visitor, "ja"), StringComparison.Ordinal);

        // The form behind the link, filled in as a browser would send it.
        var page = await visitor.GetStringAsync(host.SetupLink);
        var behindTheLink = page.Split("<form").Single(part => part.Contains("\"register_secret\"", StringComparison.Ordinal));
        var form = HiddenInput().Matches(behindTheLink)
            .ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        form["username"] = "ada";
        form["password"] = Password;
        using (var made = await PostAsync(visitor, "/admin/setup", new FormUrlEncodedContent(form)))
        {
            Assert.True(made.StatusCode == HttpStatusCode.SeeOther, await made.Content.ReadAsStringAsync());
        }

        Assert.False((await JsonAsync(visitor, "/api/auth/status"))["setup_required"]!.GetValue<bool>());

        // A login of its own, as another program would.
        using var admin = Client(host);
        await DoneAsync(admin, "/api/auth/login", new { username = "ada", password = Password });
        Assert.Equal(("ada", "admin"), await WhoAsync(admin));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(admin, "/admin")).StatusCode);

        var invitation = await DoneAsync(admin, "/api/auth/invitations", new { role = "user" });
        using var second = Client(host);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(second, invitation["url"]!.GetValue<string>())).StatusCode);
        await DoneAsync(
            second,
            "/api/auth/register",
            new { username = "bert", password = Password, invitation_code = invitation["token"]!.GetValue<string>() });
        Assert.Equal(("bert", "user"), await WhoAsync(second));
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(second, "/api/auth/users")).StatusCode);

        // Nothing came along that is for Windows only.
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName),
            name => name!.StartsWith("System.Drawing.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal));
        Assert.Contains("cluster.db", Directory.EnumerateFiles(host.Folder).Select(Path.GetFileName));
        Assert.DoesNotContain(
            host.Output.Split('\n'),
            line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    private static HttpClient Client(RunningHost host) =>
        new(new HttpClientHandler
        {
            AllowAutoRedirect = false }) { BaseAddress = new Uri(host.SetupLink.GetLeftPart(UriPartial.Authority)),
        };

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    private static async Task<string> ReadInAsync(HttpClient client, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/admin/login", UriKind.Relative));
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await client.SendAsync(request);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await client.SendAsync(request);
    }

    private static async Task<JsonNode> DoneAsync(HttpClient client, string path, object body)
    {
        using var answer = await PostAsync(client, path, JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<JsonNode> JsonAsync(HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    private static async Task<(string Username, string Role)> WhoAsync(HttpClient client)
    {
        var me = await JsonAsync(client, "/api/auth/me");
        return (me["username"]!.GetValue<string>(), me["role"]!.GetValue<string>());
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenInput();
}

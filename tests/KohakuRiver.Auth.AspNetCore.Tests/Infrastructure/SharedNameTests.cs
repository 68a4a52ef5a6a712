using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Hosts on one host name and other ports, which browsers keep one cookie jar for.</summary>
public sealed partial class SharedNameTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "S8")]
    public async Task TwoDeployments_OnOneName_KeepTheirSessionsApart(bool browser)
    {
        await using var left = await SocketHost.StartAsync();
        await using var right = await SocketHost.StartAsync();
        var jar = new CookieContainer();
        using var onLeft = left.Client(jar);
        using var onRight = right.Client(jar);
        await left.AddUserAsync("lea");
        await right.AddUserAsync("rob");

        await LogInAsync(onLeft, "lea", browser);
        await LogInAsync(onRight, "rob", browser);
        Assert.Equal("lea", await MeAsync(onLeft));
        Assert.Equal("rob", await MeAsync(onRight));

        using var logout = await onLeft.PostAsync(new Uri("/api/auth/logout", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
        Assert.Equal("rob", await MeAsync(onRight));
        Assert.DoesNotContain("lea", await MeAsync(onLeft) ?? "", StringComparison.Ordinal);

        // A refused request takes away its own cookie at most.
        using var refused = await onLeft.GetAsync(new Uri("/api/auth/users", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("rob", await MeAsync(onRight));
    }

    [Fact]
    [Trait("Requirement", "S8")]
    public async Task Program_OnTheMachineOfAnHttpsHost_GoesOnWorkingOverPlainHttp()
    {
        await using var host = await SocketHost.StartAsync(o => o.PublicUrl = new Uri("https://cluster.example"));
        var jar = new CookieContainer();
        using var client = host.Client(jar);
        await host.AddUserAsync("lea");

        await LogInAsync(client, "lea", browser: false);

        Assert.Equal("lea", await MeAsync(client));
        Assert.Equal(
            ["False kohakuriver_session", "True __Host-"],
            jar.GetAllCookies().Select(c => $"{c.Secure} {(c.Secure ? c.Name[..7] : c.Name)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "S8")]
    public async Task TwoHosts_OfOneDeployment_ShareTheCookie()
    {
        var database = new InMemoryDatabase();
        await using var left = await SocketHost.StartAsync(database: database);
        await using var right = await SocketHost.StartAsync(database: database);
        var jar = new CookieContainer();
        using var onLeft = left.Client(jar);
        using var onRight = right.Client(jar);
        await left.AddUserAsync("lea");

        await LogInAsync(onLeft, "lea", browser: true);

        Assert.Equal("lea", await MeAsync(onRight));
        Assert.Matches(CookieName(), Assert.Single(jar.GetAllCookies()).Name);
    }

    [Fact]
    [Trait("Requirement", "S2")]
    public async Task Login_EndsEverySessionThatIsSent_AndLogoutToo()
    {
        await using var host = await SocketHost.StartAsync();
        await host.AddUserAsync("lea");
        var secrets = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            secrets.Add(await NewSessionAsync(host));
        }

        // Under the old name twice and under the deployment's own once.
        var jar = new CookieContainer();
        using var browser = host.Client(jar);
        await LogInAsync(browser, "lea", browser: true);
        var name = Assert.Single(jar.GetAllCookies()).Name;
        var sent = $"kohakuriver_session={secrets[0]}; {name}={secrets[1]}; kohakuriver_session={secrets[2]}";
        Assert.Equal(4, await SessionsAsync(browser));

        using var bare = host.Client(new CookieContainer());
        using var login = Request(HttpMethod.Post, "/api/auth/login", sent, new { username = "lea", password = TestHost.Password });
        using var answer = await bare.SendAsync(login);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, await SessionsAsync(browser));

        secrets.Clear();
        for (var i = 0; i < 2; i++)
        {
            secrets.Add(await NewSessionAsync(host));
        }

        Assert.Equal(4, await SessionsAsync(browser));
        using var logout = Request(
            HttpMethod.Post, "/api/auth/logout", $"kohakuriver_session={secrets[0]}; {name}={secrets[1]}; {name}=nonsense", null);
        using var other = host.Client();
        using var ended = await other.SendAsync(logout);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(2, await SessionsAsync(browser));
        var taken = ended.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).ToList();
        Assert.Equal([$"{name}=", "kohakuriver_session="], taken);
        Assert.Equal("\"cache\"", Assert.Single(ended.Headers.GetValues("Clear-Site-Data")));
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string cookies, object? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Cookie", cookies);
        return request;
    }

    private static async Task<string> NewSessionAsync(SocketHost host)
    {
        var jar = new CookieContainer();
        using var client = host.Client(jar);
        await LogInAsync(client, "lea", browser: true);
        return Assert.Single(jar.GetAllCookies()).Value;
    }

    private static async Task LogInAsync(HttpClient client, string name, bool browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login") { Content = JsonContent.Create(
            new { username = name, password = TestHost.Password }) };
        if (browser)
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        }

        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<string?> MeAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative));
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<Dictionary<string, object?>>())!["username"]!.ToString()
            : null;
    }

    private static async Task<int> SessionsAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<List<object>>(new Uri("/api/auth/sessions", UriKind.Relative)))!.Count;

    [GeneratedRegex("^kohakuriver_session_[a-z0-9]{8}$", RegexOptions.None, 1000)]
    private static partial Regex CookieName();
}

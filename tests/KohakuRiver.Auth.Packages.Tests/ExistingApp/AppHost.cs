using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The app of <c>samples/consumers/ExistingApp</c>, built once from the packages and running, and everybody who calls
/// it.</summary>
public sealed class AppHost(Feed feed) : IAsyncLifetime
{
    internal const string Password = "seven grey Herons over the 2 weirs";
    private const string JwtKey = "0123456789abcdef0123456789abcdef";
    private RunningHost? host;

    internal string Program { get; private set; } = "";

    internal RunningHost Host => host!;

    internal Camera Camera { get; } = new();

    /// <summary>Where it listens, with a slash and the path base.</summary>
    internal Uri Home => new(Host.Addresses[0], "/shop/");

    /// <summary>Where it takes HTTP/2.</summary>
    internal Uri Grpc => Host.Addresses[1];

    internal static Caller Anonymous { get; } = new("anonymous");

    /// <summary>A program of the app's own.</summary>
    internal static Caller Robot { get; } = new("robot", Header: "Authorization", Value: "Bearer " + Jwt(new() { ["scope"] = "jobs" }));

    /// <summary>The same, whose token has each claim that an admin of the cluster has.</summary>
    internal static Caller Imitator { get; } = new("imitator", Header: "Authorization", Value: "Bearer " + Jwt(new()
    {
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"] = "1",
        ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"] = "ada",
        ["http://schemas.microsoft.com/ws/2008/06/identity/claims/role"] = "admin",
        ["kohaku:kind"] = "session",
    }));

    /// <summary>The people of the cluster, one of each role, each by session and by token.</summary>
    internal IReadOnlyList<Caller> People { get; private set; } = [];

    /// <summary>A user of the app's own, by Identity's cookie.</summary>
    internal Caller Own { get; private set; } = Anonymous;

    /// <summary>A user of the app's own, by Identity's cookie, who is an operator of the cluster too.</summary>
    internal Caller Linked { get; private set; } = Anonymous;

    internal IEnumerable<Caller> Everybody => [Anonymous, Robot, Imitator, Own, Linked, .. People];

    internal Caller Admin => Person("admin", isCookie: true);

    public async ValueTask InitializeAsync()
    {
        Program = await feed.Local.BuildConsumerAsync("ExistingApp");
        host = await RunningHost.StartAsync(Program, folder: null, Settings());
        var ada = await LogInAsync("ada", "admin");
        var people = new List<Caller> { ada, await TokenAsync(ada) };
        foreach (var role in Caller.Roles[1..^1])
        {
            await DoneAsync(ada, HttpMethod.Post, "api/auth/users", new { username = "the-" + role, password = Password, role });
            var person = await LogInAsync("the-" + role, role);
            people.AddRange(person, await TokenAsync(person));
        }

        People = people;
        Own = await LogInToAppAsync("ivy");
        Linked = await LogInToAppAsync("mia") with { Name = "mia by the app", Rank = Array.IndexOf(Caller.Roles, "operator") };
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        Camera.Dispose();
    }

    internal (string Name, string Value)[] Settings(params IEnumerable<(string Name, string Value)> more) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"), ("Kestrel__Endpoints__A__Url", "http://127.0.0.1:0"),
        ("Kestrel__Endpoints__B__Url", "http://127.0.0.1:0"), ("Kestrel__Endpoints__B__Protocols", "Http2"),
        ("ConnectionStrings__Workshop", "Data Source=workshop.db"), ("Jwt__Key", JwtKey), ("Seed__Password", Password),
        ("Camera__Address", Camera.Address), .. more,
    ];

    internal Caller Person(string role, bool isCookie) =>
        People.Single(p => p.Rank == Array.IndexOf(Caller.Roles, role) && p.IsCookie == isCookie);

    /// <summary>One request with the caller's credential; follows no redirect.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        Caller caller, HttpMethod method, string path, object? body = null, string? accept = null, Uri? home = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, new Uri(home ?? Home, path));
        if (caller.Header is not null)
        {
            request.Headers.TryAddWithoutValidation(caller.Header, caller.Value);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        request.Headers.Add("Origin", (home ?? Home).GetLeftPart(UriPartial.Authority));
        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal async Task<JsonNode> DoneAsync(Caller caller, HttpMethod method, string path, object? body = null)
    {
        using var answer = await SendAsync(caller, method, path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? JsonValue.Create("") : JsonNode.Parse(text)!;
    }

    internal async Task<string> TextAsync(Caller caller, string path)
    {
        using var answer = await SendAsync(caller, HttpMethod.Get, path);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    internal async Task<Caller> LogInAsync(string name, string role)
    {
        using var answer = await SendAsync(Anonymous, HttpMethod.Post, "api/auth/login", new { username = name, password = Password });
        Assert.True(answer.IsSuccessStatusCode, $"{name}: {(int)answer.StatusCode}");
        return new Caller($"{name} by session", Array.IndexOf(Caller.Roles, role), "Cookie", CookieOf(answer));
    }

    internal async Task<Caller> LogInToAppAsync(string name)
    {
        using var login = await SendAsync(Anonymous, HttpMethod.Post, "account/login", new { name, password = Password });
        Assert.Equal(HttpStatusCode.NoContent, login.StatusCode);
        return new Caller(name, Header: "Cookie", Value: CookieOf(login));
    }

    private async Task<Caller> TokenAsync(Caller person)
    {
        var made = await DoneAsync(person, HttpMethod.Post, "api/auth/tokens", new { name = "test" });
        return person with
        {
            Name = person.Name.Replace("session", "token", StringComparison.Ordinal),
            Header = "Authorization",
            Value = "Bearer " + (string?)made["token"],
        };
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Where(c => !c.EndsWith('=')));

    private static string Jwt(Dictionary<string, string> claims)
    {
        var payload = new JsonObject
        {
            ["iss"] = "workshop", ["aud"] = "workshop", ["sub"] = "robot-1",
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in claims)
        {
            payload[name] = value;
        }

        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Encode(JsonSerializer.SerializeToUtf8Bytes(payload))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(JwtKey), Encoding.UTF8.GetBytes(signed)))}";

        static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}

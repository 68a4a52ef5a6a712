using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>What the library's own calls share, and how refusals and faults look.</summary>
public sealed class ApiGroupTests
{
    private static readonly JsonSerializerOptions Numbers = new(
        StrictOptions.Create()) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly HostSetup Setup = new()
    {
        Map = app =>
        {
            var api = app.MapKohakuApiGroup("/api");
            api.MapGet("/fine", () => "fine").AllowAnonymous();
            api.MapGet("/locked", () => "fine").RequirePermission(Permissions.ManageUsers);
            api.MapPost("/bodiless", () => "fine").AllowAnonymous();
            api.MapPost("/body", async (HttpContext http) =>
            {
                var contract = (JsonTypeInfo<Dictionary<string, int>>)Numbers.GetTypeInfo(typeof(Dictionary<string, int>));
                var body = await StrictJson.ReadAsync(http.Request, contract, http.RequestAborted);
                return body.IsSuccess ? Results.Text("read") : Problems.From(body.Refusal);
            }).AllowAnonymous().WithJsonBody(typeof(Dictionary<string, int>));
            api
                .MapGet("/refused/{kind}", (int kind) =>
                    Problems.From(new Refusal((RefusalKind)kind, "Because </script>.") { RetryAfter = TimeSpan.FromSeconds(1.2) }))
                .AllowAnonymous();
            api.MapGet("/busy", Throw(() => new HashingQueueFullException())).AllowAnonymous();
            api.MapGet("/down", Throw(() => new StoreUnavailableException("secret-detail"))).AllowAnonymous();
            api.MapGet("/bug", Throw(() => new InvalidOperationException("secret-detail at /home/x SELECT 1"))).AllowAnonymous();
            api.MapGet("/bad", Throw(() => new BadHttpRequestException("secret-detail", 408))).AllowAnonymous();
            api.MapGet("/cookie-then-bug", (HttpContext http) =>
            {
                SessionCookie.Write(http, "krs_x", DateTimeOffset.MaxValue, []);
                throw new InvalidOperationException("x");
            }).AllowAnonymous();
        },
    };

    [Fact]
    public async Task Answer_CarriesNosniffAndNoStore()
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.GetAsync("/api/fine");

        Assert.Equal(
            ("fine", "nosniff", "no-store"), (answer.Body, answer.Header("X-Content-Type-Options"), answer.Header("Cache-Control")));
        (await host.GetAsync("/api/locked")).AssertProblem(401);
    }

    [Theory]
    [InlineData(RefusalKind.Invalid, 400)]
    [InlineData(RefusalKind.Unauthenticated, 401)]
    [InlineData(RefusalKind.Forbidden, 403)]
    [InlineData(RefusalKind.Hidden, 404)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.Throttled, 429)]
    [InlineData(RefusalKind.Busy, 503)]
    public async Task Refusal_HasItsStatus(RefusalKind kind, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.GetAsync($"/api/refused/{(int)kind}");

        answer.AssertProblem(status);
        Assert.Equal("Because </script>.", (string)answer.Json["detail"]!);
        Assert.DoesNotContain("<", answer.Body);
        Assert.Equal(status is 429 or 503 ? "2" : null, answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData("/api/busy", 503, "1")]
    [InlineData("/api/down", 503, "5")]
    [InlineData("/api/bad", 408, null)]
    [InlineData("/api/bug", 500, null)]
    [Trait("Requirement", "R9"), Trait("Requirement", "V13.4.2"), Trait("Requirement", "V16.5.1"), Trait("Requirement", "V16.5.4")]
    public async Task Exception_TellsNothingOfItself(string path, int status, string? retryAfter)
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.GetAsync(path);

        answer.AssertProblem(status);
        Assert.Equal(retryAfter, answer.Header("Retry-After"));
        Assert.DoesNotContain("secret-detail", answer.Body);
        Assert.DoesNotContain("Exception", answer.Body);
        Assert.Equal("fine", (await host.GetAsync("/api/fine")).Body);
    }

    [Fact]
    [Trait("Requirement", "V14.2.1")]
    public async Task UnhandledException_IsInTheLogUnderItsTraceId()
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.GetAsync("/api/bug?token=secret-token");

        var line = Assert.Single(host.Logs.GetSnapshot(), l => l.Category == "KohakuRiver.Auth.Http" && l.Level == LogLevel.Error).Text();
        Assert.Contains((string)answer.Json["trace_id"]!, line);
        Assert.Contains("GET /api/bug", line);
        Assert.DoesNotContain("secret-token", line);
    }

    [Fact]
    public async Task Exception_AfterACookieWasWritten_SetsNoCookie()
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.GetAsync("/api/cookie-then-bug");

        answer.AssertProblem(500);
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("text/plain", "x", 415)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x--", 415)]
    [InlineData(null, "x", 415)]
    [InlineData("application/json", "{}", 200)]
    [InlineData("application/json", "", 200)]
    [InlineData("text/plain", "", 200)]
    public async Task CallWithoutABody_TakesJsonOrNothing(string? type, string body, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        var answer = await host.SendAsync(HttpMethod.Post, "/api/bodiless", [], content);

        Assert.Equal(status, answer.Status);
        if (status != 200)
        {
            answer.AssertProblem(status);
        }
    }

    [Fact]
    public async Task CallWithABody_RefusesWhatItCannotRead()
    {
        await using var host = await TestHost.StartAsync(Setup);

        (await SendAsync("text/plain", "{}")).AssertProblem(415);
        (await SendAsync("application/json", "")).AssertProblem(400);
        (await SendAsync("application/json", $$"""{"a":1,"b":"{{new string('x', 70_000)}}"}""")).AssertProblem(413);
        var faulty = await SendAsync("application/json", """{"a":"1"}""");
        faulty.AssertProblem(400);
        Assert.Equal("""{"a":["must be a whole number"]}""", faulty.Json["errors"]!.ToJsonString());
        Assert.Equal("read", (await SendAsync("application/json", """{"a":1}""")).Body);

        async Task<Answer> SendAsync(string type, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            return await host.SendAsync(HttpMethod.Post, "/api/body", [], content);
        }
    }

    [Fact]
    public async Task Call_WithoutUseKohakuAuth_IsNotServed()
    {
        await using var host = await TestHost.StartAsync(Setup with { IsUnchecked = true, Pipeline = _ => { } });

        (await host.GetAsync("/api/fine")).AssertProblem(500);
        Assert.Contains(host.Logs.GetSnapshot(), line => line.Text().Contains("need app.UseKohakuAuth()", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("POST", "/api/fine", 405)]
    [InlineData("GET", "/api/bodiless", 405)]
    [InlineData("DELETE", "/API/fine", 405)]
    public async Task CallNobodyServes_IsAProblemToo(string method, string path, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);

        (await host.SendAsync(new HttpMethod(method), path)).AssertProblem(status);
    }

    [Fact]
    public async Task HostsOwn404_StaysTheHosts()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Map = app =>
            {
                Setup.Map!(app);
                app.MapGet("/api/own", () => Results.NotFound());
            },
        });

        Assert.Equal((404, ""), ((await host.GetAsync("/api/own")).Status, (await host.GetAsync("/api/own")).Body));
        Assert.Equal((404, ""), ((await host.GetAsync("/apinothing")).Status, (await host.GetAsync("/apinothing")).Body));
    }

    private static Func<string> Throw(Func<Exception> make) => () => throw make();
}

using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>A host that logs requests with everything in them logs no secret of the library's calls, and all of its own as
/// before.</summary>
public sealed class HttpLoggingTests
{
    // "All" leaves queries out.
    private const HttpLoggingFields Everything = HttpLoggingFields.All | HttpLoggingFields.RequestQuery;

    private const string OwnBody = "{\"colour\":\"aubergine\"}";

    [Theory]
    [InlineData("framework's order", "/api")]
    [InlineData("after routing", "/api")]
    [InlineData("before routing", "/api")]
    [InlineData("before routing", "/deep/under/api")]
    [InlineData("before routing", "")]
    [InlineData("before path base and routing", "/api")]
    public async Task HostsHttpLogging_OfEverything_HoldsNoSecretOfTheCalls(string order, string prefix)
    {
        var isBased = order.Contains("path base", StringComparison.Ordinal);
        await using var host = await StartAsync(order, prefix, Everything);
        var (_, secrets) = await UseSecretsAsync(host, (isBased ? "/cluster" : "") + prefix);
        var own = await host.Anonymous.PostAsync((isBased ? "/cluster" : "") + "/own?flavour=plum", OwnBody);

        var lines = Lines(host);

        Assert.Equal(OwnBody, own.Text);
        Assert.Equal(2, string.Concat(lines).Split("aubergine").Length - 1);
        Assert.Contains(lines, l => l.Contains("flavour=plum", StringComparison.Ordinal));
        Assert.Contains(
            lines, l => l.Contains("/auth/login", StringComparison.Ordinal) && l.Contains("StatusCode", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task HostsHttpLogging_OfLittle_StaysAsLittleForTheCalls()
    {
        await using var host = await StartAsync("after routing", "/api", HttpLoggingFields.ResponseStatusCode);
        await UseSecretsAsync(host, "/api");

        var lines = Lines(host);

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, l => l.Contains("Path", StringComparison.Ordinal) || l.Contains("Method", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallsWithHttpLoggingOfTheirOwn_StillKeepTheirBodies()
    {
        await using var host = await StartAsync("after routing", "/api", HttpLoggingFields.None, a => a.WithHttpLogging(Everything));

        var (_, secrets) = await UseSecretsAsync(host, "/api");

        var lines = Lines(host);
        Assert.Contains(lines, l => l.Contains("/api/auth/login", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("framework's order")]
    [InlineData("after routing")]
    [InlineData("before routing")]
    public async Task HostsHttpLogging_OfLittle_LosesNoAnswerThatWasNotFlushed(string order)
    {
        // As gRPC writes its answers. The framework loses these where it takes hold of bodies, which is not to be our doing.
        await using var host = await StartAsync(order, "/api", HttpLoggingFields.ResponsePropertiesAndHeaders, map: app =>
            app.MapGet("/unflushed", (HttpContext http) =>
            {
                http.Response.BodyWriter.Write("all of it"u8);
                return Task.CompletedTask;
            }));

        Assert.Equal("all of it", (await host.Anonymous.GetAsync("/unflushed")).Text);
        Assert.NotEmpty(Lines(host));
    }

    [Fact]
    public async Task HostsHttpLogging_OfHeadersItNamed_NamesThemForTheCallsToo()
    {
        await using var host = await StartAsync("after routing", "/api", HttpLoggingFields.All, logging: o =>
        {
            o.RequestHeaders.Clear();
            o.RequestHeaders.Add("X-Asked-For");
            o.ResponseHeaders.Clear();
            o.ResponseHeaders.Add("Cache-Control");
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/auth/status", UriKind.Relative));
        request.Headers.Add("X-Asked-For", "apricot");
        request.Headers.Add("X-Other", "banana");
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var lines = string.Concat(Lines(host));
        Assert.Contains("apricot", lines, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("banana", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type: application/json", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsOfHttpLogging_AreThoseThatAreKnownHere() => Assert.Equal(
        // What concerns bodies is of no use without them; the rest is copied for the library's calls.
        [
            "CombineLogs", "LoggingFields", "MediaTypeOptions", "RequestBodyLogLimit", "RequestHeaders", "ResponseBodyLogLimit",
            "ResponseHeaders",
        ],
        typeof(HttpLoggingOptions).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));

    private static Task<TestHost> StartAsync(
        string order, string prefix, HttpLoggingFields fields,
        Action<IEndpointConventionBuilder>? calls = null, Action<WebApplication>? map = null,
        Action<HttpLoggingOptions>? logging = null) => TestHost.StartAsync(new HostSetup
    {
        Services = services => services.AddHttpLogging(o =>
        {
            (o.LoggingFields, o.CombineLogs) = (fields, true);
            logging?.Invoke(o);
        }),
        Pipeline = app =>
        {
            if (order is "after routing")
            {
                app.UseRouting();
            }

            app.UseHttpLogging();
            if (order is "before path base and routing")
            {
                app.UsePathBase("/cluster");
            }

            if (order.StartsWith("before", StringComparison.Ordinal))
            {
                app.UseRouting();
            }

            app.UseKohakuAuth();
        },
        Map = app =>
        {
            var api = app.MapKohakuAuth(prefix);
            calls?.Invoke(api);
            map?.Invoke(app);
            app.MapPost("/own", async (HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                return Results.Text(await reader.ReadToEndAsync(), "application/json");
            });
        },
    });

    private static List<string> Lines(TestHost host) =>
        [.. host.Logs.GetSnapshot().Where(r =>
            r.Category?.Contains("HttpLogging", StringComparison.Ordinal) == true).Select(r => r.Message)];

    /// <summary>Sends or receives one of every kind of secret; gives them without the prefix that may be shown.</summary>
    private static async Task<(string User, List<string> Secrets)> UseSecretsAsync(TestHost host, string prefix)
    {
        const string wrong = "a password typed wrong";
        const string changed = "eight dry umbrellas in a box";
        var auth = prefix + "/auth";
        var invitation = Text(await host.Master.PostAsync(auth + "/invitations", new { role = "user", max_usage = 2 }), "token");
        var registered = await host.Anonymous.PostAsync(
            auth + "/register", new { username = "mary", password = TestHost.Password, invitation_code = invitation });
        var login = await host.Anonymous.PostAsync(auth + "/login", new { username = "mary", password = TestHost.Password });
        var mary = host.Anonymous with { Cookie = login.Expect(200).SetCookie()! };
        (await host.Anonymous.PostAsync(auth + "/login", new { username = "mary", password = wrong })).Expect(401);
        var token = Text(await mary.PostAsync(auth + "/tokens", new { name = "ci" }), "token");
        var bearer = host.Anonymous with { Bearer = token };
        var id = (await bearer.GetAsync(auth + "/me")).Id;
        var reset = Text(await host.Master.PostAsync($"{auth}/users/{id}/reset-link"), "code");
        (await host.Anonymous.PostAsync(auth + "/reset", new { code = reset, new_password = changed })).Expect(200);
        (await host.Anonymous.GetAsync($"{auth}/status?code={reset}")).Expect(200);
        string[] ours = [invitation, registered.Expect(200).SetCookie()!, mary.Cookie!, token, reset];
        return ("mary", [TestHost.Password, wrong, changed, TestHost.MasterSecret, .. ours.Select(s => s[8..])]);
    }

    private static string Text(ApiAnswer answer, string name) => answer.Expect(200)[name].GetString()!;
}

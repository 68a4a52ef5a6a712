using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>
/// Users whom the host knows already, by its cookie or its bearers, over sockets: what they are here before and after they are linked.
/// </summary>
public sealed class ExternalPrincipalTests
{
    private const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string Jwt = "Jwt";
    private const string Linked = "linked";
    private const string Unlinked = "unlinked";
    private const string Disabled = "disabled";

    [Theory]
    [InlineData("nothing", "200 Anonymous | 401 | 401")]
    [InlineData("linked cookie", "200 External | 200 External | 200 linked")]
    [InlineData("linked jwt", "200 External | 200 External | 401")]
    [InlineData("unlinked cookie", "200 Anonymous | 401 | 200 unlinked")]
    [InlineData("unlinked jwt", "200 Anonymous | 401 | 401")]
    [InlineData("disabled cookie", "200 Anonymous | 401 | 200 disabled")]
    [InlineData("unlinked cookie, linked jwt", "200 External | 200 External | 200 unlinked")]
    [InlineData("good session, linked cookie", "200 Session | 200 Session | 200 linked")]
    [InlineData("good token, linked cookie", "200 Token | 200 Token | 200 linked")]
    [InlineData("dead session, linked cookie", "200 External cleared | 200 External | 200 linked")]
    [InlineData("dead session, unlinked cookie", "401 cleared | 401 cleared | 200 unlinked")]
    [InlineData("dead token, linked cookie", "401 | 401 | 200 linked")]
    [InlineData("wrong master, linked cookie", "401 | 401 | 200 linked")]
    [InlineData("empty subject jwt", "200 Anonymous | 401 | 401")]
    [Trait("Requirement", "V6.8.1")]
    public async Task Request_UngatedPermissionTheirs_IsWhoeverItCarries(string sent, string expected)
    {
        await using var host = await StartAsync();
        var headers = await HeadersAsync(host, sent);
        var answers = new List<string>();
        foreach (var path in (string[])["/ungated", "/permission", "/theirs"])
        {
            var answer = await host.GetAsync(path, headers);
            var cleared = answer.Headers["Set-Cookie"].Any(c => c.StartsWith(KohakuAuthDefaults.CookieName, StringComparison.Ordinal));
            answers.Add(answer.Status + (answer.Status == 200 ? " " + answer.Body : "") + (cleared && path != "/theirs" ? " cleared" : ""));

            // As a browser does: what was cleared is not sent again.
            headers = answer.Status == 200 && cleared
                ? [.. headers.Where(h => !h.Value.Contains(KohakuAuthDefaults.CookieName, StringComparison.Ordinal))]
                : headers;
        }

        Assert.Equal(expected, string.Join(" | ", answers));
    }

    [Theory]
    [InlineData("linked cookie", "same-origin", 200)]
    [InlineData("linked cookie", "cross-site", 403)]
    [InlineData("linked cookie", "same-site", 403)]
    [InlineData("linked jwt", "cross-site", 200)]
    [InlineData("linked cookie, linked jwt", "cross-site", 200)]
    [Trait("Requirement", "V3.5.1")]
    public async Task Change_ByAPageOfASite_CountsWhereTheBrowserAloneDidNotSendIt(string sent, string site, int status)
    {
        await using var host = await StartAsync();
        using var content = JsonContent.Create(new { name = "made" });
        var answer = await host.SendAsync(
            HttpMethod.Post, "/api/auth/tokens/create", [.. await HeadersAsync(host, sent), ("Sec-Fetch-Site", site)], content);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    [Trait("Requirement", "V7.5.1")]
    public async Task Link_ByTheAccountItself_AsksForThePasswordAndLeadsThere()
    {
        await using var host = await StartAsync();
        var person = await host.AddAsync(Role.Operator, "ann");
        var there = await HeadersAsync(host, "unlinked cookie");
        (string, string)[] both = [.. there, person.CookieHeader];
        Assert.Equal(409, (await LinkAsync(host, Cookies, TestHost.Password, person.CookieHeader)).Status);
        Assert.Equal(404, (await LinkAsync(host, "Nothing", TestHost.Password, both)).Status);
        Assert.Equal(401, (await LinkAsync(host, Cookies, TestHost.Password, there)).Status);
        Assert.Equal(403, (await LinkAsync(host, Cookies, TestHost.Password, [.. there, person.BearerHeader])).Status);
        var wrong = await LinkAsync(host, Cookies, "not the password at all", both);
        Assert.Equal(400, wrong.Status);
        Assert.Contains("current_password", wrong.Body, StringComparison.Ordinal);
        Assert.Equal("Anonymous", (await host.GetAsync("/ungated", there)).Body);

        var linked = await LinkAsync(host, Cookies, TestHost.Password, both);

        Assert.Equal(201, linked.Status);
        Assert.Contains("\"title\":\"Intranet\"", linked.Body, StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"unlinked\"", linked.Body, StringComparison.Ordinal);
        Assert.Equal("External", (await host.GetAsync("/ungated", there)).Body);
        Assert.Contains("\"username\":\"ann\"", (await host.GetAsync("/api/auth/me", there)).Body, StringComparison.Ordinal);
        Assert.Equal(409, (await LinkAsync(host, Cookies, TestHost.Password, both)).Status);
        Assert.Equal(linked.Body, (await host.GetAsync("/api/auth/identities", there)).Body.Trim('[', ']'));
    }

    [Fact]
    public async Task Unlink_ByItselfOrAnAdmin_EndsItWithTheNextRequest()
    {
        await using var host = await StartAsync();
        var admin = await host.AddAsync(Role.Admin);
        var (person, other) = (await host.AddAsync(Role.User), await host.AddAsync(Role.User));
        var there = await HeadersAsync(host, "unlinked cookie");
        foreach (var byAdmin in (bool[])[true, false])
        {
            Assert.Equal(201, (await LinkAsync(host, Cookies, TestHost.Password, [.. there, person.CookieHeader])).Status);
            var id = (await host.Stores.Identities.ListAsync(person.Id, CancellationToken.None)).Single().Id;
            Assert.Equal(404, (await host.SendAsync(HttpMethod.Delete, $"/api/auth/users/{other.Id}/identities/{id}", [admin.BearerHeader]))
                .Status);
            var path = byAdmin ? $"/api/auth/users/{person.Id}/identities/{id}" : $"/api/auth/identities/{id}";

            var done = await host.SendAsync(HttpMethod.Delete, path, byAdmin ? [admin.BearerHeader] : there);

            Assert.Equal(200, done.Status);
            Assert.Equal("Anonymous", (await host.GetAsync("/ungated", there)).Body);
        }
    }

    [Fact]
    [Trait("Requirement", "V6.8.1")]
    public async Task FirstRequest_AccountsAreCreated_MakesOneAndTakesNoneOver()
    {
        await using var host = await StartAsync(o => o.CreateAs = Role.Operator);
        var there = await HeadersAsync(host, "unlinked cookie");
        await host.AddAsync(Role.Admin, Unlinked);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.GetAsync("/ungated", there)));

        Assert.All(answers, a => Assert.Equal("200 External", $"{a.Status} {a.Body}"));
        var made = (await host.Get<IUserService>().FindByNameAsync(Actor.Host, "unlinked-2")).Require().User;
        Assert.Equal((Role.Operator, "Name of unlinked"), (made.Role, made.DisplayName));
        Assert.False((await host.Get<IUserService>().FindByNameAsync(Actor.Host, "unlinked-3")).IsSuccess);
        Assert.Single(await host.AuditAsync(AuditActions.IdentityCreate));
    }

    [Fact]
    public async Task FirstRequest_NoAdminYet_StaysAnonymousAndLeavesTheSetupOpen()
    {
        await using var host = await StartAsync(o => o.CreateAs = Role.Viewer, isEmpty: true);
        Assert.Equal("Anonymous", (await host.GetAsync("/ungated", await HeadersAsync(host, "unlinked cookie"))).Body);
        Assert.True(await host.Get<IRegistrationService>().IsSetupRequiredAsync());
        await host.AddAsync(Role.Admin);
        Assert.Equal("External", (await host.GetAsync("/ungated", await HeadersAsync(host, "unlinked cookie"))).Body);
    }

    [Fact]
    public async Task FirstRequest_AccountDisabled_MakesNoOther()
    {
        await using var host = await StartAsync(o => o.CreateAs = Role.Viewer);
        Assert.Equal("Anonymous", (await host.GetAsync("/ungated", await HeadersAsync(host, "disabled cookie"))).Body);
        Assert.Empty(await host.AuditAsync(AuditActions.IdentityCreate));
    }

    [Fact]
    [Trait("Requirement", "S6")]
    public async Task Body_OfSomebodyUnlinkedMeanwhile_IsRefused()
    {
        await using var host = await StartAsync();
        var there = await HeadersAsync(host, "linked cookie");
        var reached = new TaskCompletionSource();
        var content = new HeldContent("{\"name\":\"made\"}", reached);
        var sending = host.SendAsync(HttpMethod.Post, "/api/auth/tokens/create", there, content);
        await reached.Task;
        var user = (await host.Get<IUserService>().FindByNameAsync(Actor.Host, Linked)).Require().User;
        foreach (var identity in await host.Stores.Identities.ListAsync(user.Id, CancellationToken.None))
        {
            Assert.True((await host.Get<IIdentityService>().UnlinkAsync(Actor.Host, user.Id, identity.Id)).IsSuccess);
        }

        content.Release();

        Assert.Equal(401, (await sending).Status);
        Assert.Equal(1, (await host.Stores.Tokens.ListAsync(user.Id, new PageRequest(10), CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Scheme_ThatAsksOurs_IsAskedOnce()
    {
        await using var host = await StartAsync(isForwarding: true);
        Assert.Equal("Anonymous", (await host.GetAsync("/ungated")).Body);
        var person = await host.AddAsync(Role.Viewer);
        Assert.Equal("Token", (await host.GetAsync("/ungated", person.BearerHeader)).Body);
        Assert.Equal("External", (await host.GetAsync("/ungated", await HeadersAsync(host, "linked cookie"))).Body);
    }

    [Theory]
    [InlineData("Nowhere", null, "'Nowhere', which is not registered. The host has: 'Cookies'.")]
    [InlineData(KohakuAuthDefaults.Scheme, null, "'Kohaku' is the library's own scheme")]
    [InlineData(Cookies, Role.Admin, "CreateAs of 'Cookies' must be viewer, user or operator, not admin")]
    [InlineData("Cookies twice", null, "names the scheme 'Cookies' more than once")]
    public async Task Start_SchemesThatCannotBeMet_AreNamed(string scheme, Role? role, string expected)
    {
        var setup = new HostSetup
        {
            Services = services => services.AddAuthentication().AddCookie(),
            Auth = auth =>
            {
                auth.AddExternalPrincipals(scheme.Split(' ')[0], configure: o => o.CreateAs = role);
                if (scheme.EndsWith("twice", StringComparison.Ordinal))
                {
                    auth.AddExternalPrincipals(Cookies);
                }
            },
        };
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(setup));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutAspNetCore_NamesTheCallThatIsMissing()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Services.AddKohakuAuth().UseInMemoryStores().AddExternalPrincipals(Cookies);
        builder.Services.AddSignalR().AddKohakuHubFilter();
        using var services = builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        var check = services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Single(s => s is ExternalSchemeCheck);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => check.StartAsync(CancellationToken.None));
        Assert.Contains("AddAspNetCore()", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<InvalidOperationException>(services.GetRequiredService<KohakuHubFilter>);
        Assert.Contains("AddAspNetCore()", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<Answer> LinkAsync(TestHost host, string scheme, string password, params (string, string)[] headers)
    {
        using var content = JsonContent.Create(new { current_password = password });
        return await host.SendAsync(HttpMethod.Post, "/api/auth/identities/scheme:" + scheme, headers, content);
    }

    private static async Task<TestHost> StartAsync(
        Action<ExternalPrincipalOptions>? configure = null, bool isEmpty = false, bool isForwarding = false)
    {
        var host = await TestHost.StartAsync(new HostSetup
        {
            Urls = "http://127.0.0.1:0",
            OnRealClock = true,
            Services = services =>
            {
                var authentication = services.AddAuthentication(isForwarding ? "Smart" : Cookies)
                    .AddCookie(Cookies, "Intranet", _ => { })
                    .AddScheme<AuthenticationSchemeOptions, JwtHandler>(Jwt, null);
                if (isForwarding)
                {
                    authentication.AddPolicyScheme("Smart", null, o => o.ForwardDefaultSelector = context =>
                        context.Request.Headers.Cookie.Count > 0 ? Cookies : KohakuAuthDefaults.Scheme);
                }
            },
            Auth = auth => auth
                .AddExternalPrincipals(isForwarding ? "Smart" : Cookies, configure: configure)
                .AddExternalPrincipals(Jwt, user => new ExternalPrincipal(user.FindFirstValue("sub")!)),
            Map = app =>
            {
                app.MapKohakuAuth();
                app.MapGet("/ungated", (Actor actor) => actor.Kind.ToString());
                app.MapGet("/permission", (Actor actor) => actor.Kind.ToString()).RequirePermission(Permissions.ViewTasks);
                app.MapGet("/theirs", (ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true
                    ? Results.Text(user.FindFirstValue(ClaimTypes.NameIdentifier)) : Results.Unauthorized());
                app.MapGet("/host-login/{subject}", (string subject) => Results.SignIn(
                    new ClaimsPrincipal(new ClaimsIdentity(
                        [
                            new(ClaimTypes.NameIdentifier, subject), new(ClaimTypes.Name, subject + "@uni.edu"),
                            new("name", "Name of " + subject),
                        ],
                        Cookies)),
                    authenticationScheme: Cookies));
            },
        });
        if (isEmpty)
        {
            return host;
        }

        foreach (var (name, active) in ((string, bool)[])[(Linked, true), (Disabled, false)])
        {
            var person = await host.AddAsync(Role.Admin, name);
            foreach (var scheme in (string[])[isForwarding ? "Smart" : Cookies, Jwt])
            {
                var there = new ExternalPerson { Provider = "scheme:" + scheme, Key = new IdentityKey("scheme:" + scheme, name) };
                (await host.Get<IIdentityService>().LinkAsync(Actor.Host, person.Id, there)).Require();
            }

            await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, IsActive = active });
        }

        return host;
    }

    private static async Task<(string Name, string Value)[]> HeadersAsync(TestHost host, string sent)
    {
        var headers = new List<(string, string)>();
        foreach (var one in sent.Split(", "))
        {
            headers.AddRange(one switch
            {
                "nothing" => [],
                "linked cookie" or "unlinked cookie" or "disabled cookie" => [await CookieOfAsync(host, one.Split(' ')[0])],
                "linked jwt" or "unlinked jwt" => [("Authorization", "Bearer eyJ." + one.Split(' ')[0])],
                "empty subject jwt" => [("Authorization", "Bearer eyJ.")],
                "good session" => [(await host.AddAsync(Role.Viewer)).CookieHeader],
                "good token" => [(await host.AddAsync(Role.Viewer)).BearerHeader],
                "dead session" => [(await GoneAsync(host)).CookieHeader],
                "dead token" => [(await GoneAsync(host)).BearerHeader],
                "wrong master" => [("X-Admin-Token", "wrong")],
                _ => throw new ArgumentOutOfRangeException(nameof(sent), one, null),
            });
        }

        return [.. headers];
    }

    private static async Task<TestUser> GoneAsync(TestHost host)
    {
        var gone = await host.AddAsync(Role.Viewer);
        await host.DeleteAsync(gone);
        return gone;
    }

    private static async Task<(string, string)> CookieOfAsync(TestHost host, string subject)
    {
        var answer = await host.GetAsync("/host-login/" + subject);
        return ("Cookie", answer.Headers["Set-Cookie"].Single().Split(';')[0]);
    }

    /// <summary>Takes bearers in two parts, whose second is the subject.</summary>
    private sealed class JwtHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private const string Start = "Bearer eyJ.";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var sent = Request.Headers.Authorization.ToString();
            return Task.FromResult(sent.StartsWith(Start, StringComparison.Ordinal)
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", sent[Start.Length..])], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
        }
    }

    /// <summary>A JSON body of which the last byte is held back.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly TaskCompletionSource release = new();
        private readonly TaskCompletionSource reached;
        private readonly byte[] bytes;

        internal HeldContent(string json, TaskCompletionSource reached)
        {
            this.reached = reached;
            bytes = System.Text.Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        internal void Release() => release.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - 1));
            await stream.FlushAsync();
            reached.SetResult();
            await release.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length - 1));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}

using System.Net;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>An app with cookie logins of its own keeps them, and gets the cluster's beside them.</summary>
public sealed class ExistingAppTests : IAsyncLifetime
{
    private WebApplication app = null!;
    private string theirs = "";
    private string ours = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        app = ExistingApp.Build(builder, services =>
        {
            services.AddKohakuAuthTesting();
            services.Configure<KohakuAuthHttpOptions>(o => o.SetupLinkOutput = _ => { });
        });
        await app.StartAsync();
        using var client = app.GetTestClient();
        theirs = Cookie(await client.PostAsync("/own-login?name=olga", null));
        var user = await app.Services.AddTestUserAsync(Role.Operator, "ada");
        var token = (await app.Services.GetRequiredService<ITokenService>()
            .CreateAsync(TestActors.Of(user), new CreateTokenCommand { Name = "test" })).Require();
        ours = token.Secret.Reveal();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task DefaultScheme_OfTheApp_IsWhatItWas() =>
        Assert.Equal(
            "Cookies", (await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())!.Name);

    [Fact]
    public async Task OwnEndpoint_IsForTheAppsPeopleOnly()
    {
        Assert.Equal((200, "Invoices of olga"), await GetAsync("/invoices", cookie: theirs));
        Assert.Equal(302, (await GetAsync("/invoices", bearer: ours)).Status);
    }

    [Fact]
    public async Task ClusterEndpoint_IsForTheClustersPeopleOnly()
    {
        Assert.Equal((200, "Reports for ada"), await GetAsync("/reports", bearer: ours));
        Assert.Equal(401, (await GetAsync("/reports", cookie: theirs)).Status);
    }

    [Fact]
    public async Task SharedEndpoint_TakesEither()
    {
        Assert.Equal((200, "News for olga"), await GetAsync("/news", cookie: theirs));
        Assert.Equal((200, "News for ada"), await GetAsync("/news", bearer: ours));
        Assert.Equal((200, "News for ada and olga"), await GetAsync("/news", theirs, ours));
        Assert.Equal(401, (await GetAsync("/news")).Status);
    }

    [Fact]
    public async Task EndpointForBoth_AsksForALoginOfEach()
    {
        Assert.Equal((200, "Payroll for ada"), await GetAsync("/payroll", theirs, ours));
        Assert.NotEqual(200, (await GetAsync("/payroll", bearer: ours)).Status);
        Assert.NotEqual(200, (await GetAsync("/payroll", cookie: theirs)).Status);
        Assert.NotEqual(200, (await GetAsync("/payroll")).Status);
    }

    [Fact]
    public async Task SharedEndpoint_WithACredentialGoneBad_StillTakesTheOther() =>
        Assert.Equal((200, "News for olga"), await GetAsync("/news", theirs, ours + "x"));

    [Fact]
    public async Task Paths_BehindABaseAndPrefixes_LeadThere()
    {
        using var client = app.GetTestClient();
        var page = await client.GetAsync("/cluster/people");
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.StartsWith("/cluster/people/login", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("\"/cluster/people/", await client.GetStringAsync("/cluster/people/login"), StringComparison.Ordinal);
        Assert.Equal(200, (await GetAsync("/cluster/people-api/auth/me", bearer: ours)).Status);
        Assert.Equal(404, (await GetAsync("/cluster/api/auth/me", bearer: ours)).Status);
    }

    private static string Cookie(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private async Task<(int Status, string Text)> GetAsync(string path, string? cookie = null, string? bearer = null)
    {
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (bearer is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {bearer}");
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

using System.Net;
using System.Net.Http.Json;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>The plain app of docs/embedding.md does what the document says, in its order.</summary>
public sealed class PlainAppTests
{
    private const string Password = "four blue lamps over a lake";

    [Fact]
    public async Task PlainApp_FromTheSetUpLinkOn_IsRunByItsFirstAdmin()
    {
        var folder = Directory.CreateTempSubdirectory("plain-app-");
        try
        {
            var links = new List<string>();
            var builder = WebApplication.CreateBuilder();
            builder.WebHost.UseTestServer();
            builder.Configuration.AddInMemoryCollection(
                [new("ConnectionStrings:KohakuAuth", $"Data Source={Path.Combine(folder.FullName, "cluster.db")}")]);
            builder.Services.Configure<KohakuAuthHttpOptions>(o => o.SetupLinkOutput = links.Add);
            builder.Services.AddSingleton<IPasswordHasher, CheapPasswordHasher>();
            await using (var app = PlainApp.Build(builder))
            {
                await app.StartAsync();
                using var client = app.GetTestClient();

                // Open to everybody, or closed as long as nobody is there.
                Assert.Equal("Hello everybody", await client.GetStringAsync("/"));
                Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/jobs")).StatusCode);
                Assert.Equal("/admin/login", (await client.GetAsync("/admin")).Headers.Location!.OriginalString.Split('?')[0]);

                // The link makes the first admin.
                var link = new Uri(Assert.Single(links));
                Assert.Equal("/admin/setup", link.AbsolutePath);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(link.PathAndQuery)).StatusCode);
                var code = link.Query["?code=".Length..];
                var made = await client.PostAsJsonAsync(
                    "/api/auth/register", new { username = "ada", password = Password, register_secret = code });
                Assert.Equal(HttpStatusCode.OK, made.StatusCode);
                client.DefaultRequestHeaders.Add("Cookie", made.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
                Assert.Equal("Hello ada", await client.GetStringAsync("/jobs"));
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/admin")).StatusCode);
                await app.StopAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(Role.Anony, 401, 401)]
    [InlineData(Role.Viewer, 200, 403)]
    [InlineData(Role.User, 200, 200)]
    [InlineData(Role.Operator, 200, 200)]
    public async Task Gates_AsEachRole_LetThroughWhomTheyShould(Role role, int reads, int submits)
    {
        // The app chooses its stores last, so they are in a file: one of this test's own.
        var folder = Directory.CreateTempSubdirectory("gates-");
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:KohakuAuth", $"Data Source={Path.Combine(folder.FullName, "cluster.db")};Pooling=False")]);
        builder.WebHost.UseTestServer();
        builder.Services.AddKohakuAuthTesting();
        builder.Services.Configure<KohakuAuthHttpOptions>(o => o.SetupLinkOutput = _ => { });
        await using var app = PlainApp.Build(builder);
        await app.StartAsync();
        using var client = app.GetTestClient().ActAs(role);

        Assert.Equal(reads, (int)(await client.GetAsync("/jobs")).StatusCode);
        Assert.Equal(submits, (int)(await client.PostAsync("/jobs", null)).StatusCode);
        var restart = (int)(await client.PostAsync("/vps/vps-1/restart", null)).StatusCode;
        Assert.Equal(role switch { Role.Anony => 401, Role.Operator => 200, _ => 404 }, restart);
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

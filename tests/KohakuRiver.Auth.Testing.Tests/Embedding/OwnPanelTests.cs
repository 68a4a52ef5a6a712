using System.Net;
using System.Net.Http.Json;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>The panel of docs/embedding.md that is part of an app shows what the document says.</summary>
public sealed class OwnPanelTests : IAsyncLifetime
{
    private const string Password = "four blue lamps over a lake";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("own-panel-");
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:KohakuAuth", $"Data Source={Path.Combine(folder.FullName, "cluster.db")};Pooling=False")]);
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<IPasswordHasher, CheapPasswordHasher>();
        builder.Services.Configure<KohakuAuthHttpOptions>(o => o.SetupLinkOutput = _ => { });
        app = OwnPanelApp.Build(builder);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Login_OfThePanel_LooksLikeTheApp()
    {
        using var nobody = app.GetTestClient();
        using var answer = await nobody.GetAsync("/lab/admin/login");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.All(
            [
                "· Lab cluster</title>", "src=\"/lab/img/logo.svg\"", "data-theme=\"light\"", "Questions? Room 117",
                "For members of the lab.",
            ],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.EndsWith(
            "frame-ancestors https://portal.example.org",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheApp_IsInTheNavigationAndSendsItsFormToTheApp()
    {
        using var olga = await LogInAsync("olga", Role.Operator);
        var page = await olga.GetStringAsync("/lab/admin/disks");
        Assert.All(
            [
                "<title>Disks · Lab cluster</title>", "olga, 12 GB of the disks", "href=\"/lab/admin/disks\"", "href=\"/lab/\"",
                "href=\"/lab/jobs\"", "href=\"https://wiki.example.org/cluster\"", "action=\"/lab/disks/clean\"",
            ],
            text => Assert.Contains(text, page, StringComparison.Ordinal));

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/lab/disks/clean");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.SendAsync(foreign)).StatusCode);
        using var own = new HttpRequestMessage(HttpMethod.Post, "/lab/disks/clean");
        own.Headers.Add("Sec-Fetch-Site", "same-origin");
        Assert.Equal("/lab/admin/disks", (await olga.SendAsync(own)).Headers.Location?.ToString());
        Assert.Contains("olga, 0 GB of the disks", await olga.GetStringAsync("/lab/admin/disks"), StringComparison.Ordinal);

        using var vera = await LogInAsync("vera", Role.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.GetAsync("/lab/admin/disks")).StatusCode);
    }

    [Fact]
    public async Task Sections_OfTheApp_AreAboutTheReaderAndAboutTheUserShown()
    {
        using var ada = await LogInAsync("ada", Role.Admin);
        var vera = await AddAsync("vera", Role.Viewer);
        Assert.Contains("GB of 50 GB belong to ada.", await ada.GetStringAsync("/lab/admin"), StringComparison.Ordinal);
        Assert.Contains(
            "GB of 50 GB belong to vera.", await ada.GetStringAsync($"/lab/admin/users/{vera.Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("ja", true)]
    [InlineData("zh-TW", false)]
    public async Task Texts_OfTheApp_AreForTheirLanguageOnly(string browser, bool isEnglish)
    {
        using var ada = await LogInAsync("ada", Role.Admin);
        ada.DefaultRequestHeaders.Add("Accept-Language", browser);
        var page = await ada.GetStringAsync("/lab/admin");
        Assert.Equal(isEnglish, page.Contains("<span>People of the lab</span>", StringComparison.Ordinal));
    }

    private async Task<User> AddAsync(string name, Role role) =>
        (await app.Services.GetRequiredService<IUserService>().CreateAsync(
            Actor.Host, new CreateUserCommand { Username = name, Password = Password, Role = role })).Require().User;

    private async Task<HttpClient> LogInAsync(string name, Role role)
    {
        await AddAsync(name, role);
        var client = app.GetTestClient();
        using var content = JsonContent.Create(new { username = name, password = Password });
        using var answer = await client.PostAsync("/lab/api/auth/login", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        return client;
    }
}

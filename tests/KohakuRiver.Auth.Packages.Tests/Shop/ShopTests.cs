using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace KohakuRiver.Auth.Packages.Tests.Shop;

/// <summary>A new web app with individual accounts that has followed the steps of the documentation.</summary>
public sealed class ShopTests(ShopHost shop) : IClassFixture<ShopHost>
{
    private const string ShopLogin = "Log in to the shop";

    [Fact]
    public async Task Page_WithAGate_LeadsBrowsersToTheLoginAndRefusesPrograms()
    {
        using var visitor = new ShopVisitor(shop.Home);
        Assert.Equal((HttpStatusCode.Found, "/admin/login?return=%2FReports"), await visitor.OpenAsync("Reports"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusForAProgramAsync("Reports"));

        using var admin = await shop.OpenAsAdminAsync();
        Assert.Contains("<h1>Reports for ada</h1>", await ReadAsync(admin, "Reports"), StringComparison.Ordinal);
        Assert.Contains("Welcome to the shop", await ReadAsync(visitor, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_WithAGateOnAMethod_IsForEverybodyButTheMethodIsNot()
    {
        using var admin = await shop.OpenAsAdminAsync();

        Assert.Equal(["_anonymous", "refused"], await AskAsync(null));
        Assert.Equal(["ada", "ada ordered a lamp"], await AskAsync(admin.Cookies));
    }

    [Fact]
    public async Task User_LinkedToTheAdmin_ReachesPagesAndPanelByTheShopsLoginAlone()
    {
        using (var both = await shop.OpenAsAdminAsync())
        {
            await both.SignUpAsync("ann@example.org");
            await both.CallAsync("api/auth/identities/scheme:Identity.Application", new { current_password = ShopVisitor.Password });
        }

        using var ann = new ShopVisitor(shop.Home);
        await ann.SignInAsync("ann@example.org");

        Assert.Equal(HttpStatusCode.OK, (await ann.OpenAsync("admin/settings")).Status);
        Assert.Contains("<h1>Reports for ada</h1>", await ReadAsync(ann, "Reports"), StringComparison.Ordinal);
        Assert.Equal(["ada", "ada ordered a lamp"], await AskAsync(ann.Cookies));
    }

    [Fact]
    public async Task User_OfAPageThatNamesTheShopsSchemeToo_IsBoth()
    {
        using var both = await shop.OpenAsAdminAsync();
        await both.SignUpAsync("bob@example.org");
        using var admin = await shop.OpenAsAdminAsync();
        using var bob = new ShopVisitor(shop.Home);
        await bob.SignInAsync("bob@example.org");
        using var visitor = new ShopVisitor(shop.Home);

        // Gated by the library alone, the page knows nothing of the shop's login.
        var alone = await ReadAsync(both, "Reports");
        Assert.Contains("<h1>Reports for ada</h1>", alone, StringComparison.Ordinal);
        Assert.Contains(ShopLogin, alone, StringComparison.Ordinal);

        var page = await ReadAsync(both, "Desk");
        Assert.Contains("<h1>Desk of ada</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Shop account of bob@example.org", page, StringComparison.Ordinal);

        // The library's login is enough, and the shop's is not.
        page = await ReadAsync(admin, "Desk");
        Assert.Contains("<h1>Desk of ada</h1>", page, StringComparison.Ordinal);
        Assert.Contains(ShopLogin, page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Found, "/Identity/Account/AccessDenied"), await WhereToAsync(bob, "Desk"));
        Assert.Equal((HttpStatusCode.Found, "/Identity/Account/Login"), await WhereToAsync(visitor, "Desk"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusForAProgramAsync("Desk"));
        Assert.DoesNotContain(
            shop.Output.Split('\n'),
            line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateAs_OnceThereIsAnAdmin_GivesNewUsersAnAccount()
    {
        await using var host = await RunningHost.StartAsync(shop.Program, folder: null, ("CreateAs", "User"));
        using var cid = new ShopVisitor(ShopHost.HomeOf(host));
        await cid.SignUpAsync("cid@example.org");
        Assert.Equal(HttpStatusCode.Found, (await cid.OpenAsync("Reports")).Status);

        await ShopHost.MakeAdminAsync(host);

        Assert.Contains("<h1>Reports for cid", await ReadAsync(cid, "Reports"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await cid.OpenAsync("admin/users")).Status);
    }

    private static async Task<string> ReadAsync(ShopVisitor visitor, string path)
    {
        var (status, shown) = await visitor.OpenAsync(path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {(int)status} {shown}");
        return shown;
    }

    private static async Task<(HttpStatusCode Status, string Path)> WhereToAsync(ShopVisitor visitor, string path)
    {
        var (status, shown) = await visitor.OpenAsync(path);
        return (status, new Uri(shown).AbsolutePath);
    }

    private async Task<HttpStatusCode> StatusForAProgramAsync(string path)
    {
        using var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = shop.Home };
        using var answer = await program.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>What the hub's methods answer on one connection: who it is, and an order.</summary>
    private async Task<string[]> AskAsync(string? cookies)
    {
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(shop.Home, "hubs/orders"), o =>
        {
            if (cookies is not null)
            {
                o.Headers["Cookie"] = cookies;
            }
        }).Build();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        var who = await hub.InvokeAsync<string>("Who", TestContext.Current.CancellationToken);
        try
        {
            return [who, await hub.InvokeAsync<string>("Order", "a lamp", TestContext.Current.CancellationToken)];
        }
        catch (HubException)
        {
            return [who, "refused"];
        }
    }
}

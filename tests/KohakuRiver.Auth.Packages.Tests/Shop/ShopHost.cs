using System.Web;

namespace KohakuRiver.Auth.Packages.Tests.Shop;

/// <summary>The app of <c>samples/consumers/Shop</c>, built once from the packages and running, with its first admin.</summary>
public sealed class ShopHost(Feed feed) : IAsyncLifetime
{
    private RunningHost? host;

    internal string Program { get; private set; } = "";

    internal Uri Home => HomeOf(host!);

    internal string Output => host!.Output;

    public async ValueTask InitializeAsync()
    {
        Program = await feed.Local.BuildConsumerAsync("Shop");
        host = await RunningHost.StartAsync(Program);
        await MakeAdminAsync(host);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    internal static Uri HomeOf(RunningHost host) => new(host.SetupLink, "/");

    /// <summary>Makes the first admin, <c>ada</c>, with the code of the printed link.</summary>
    internal static async Task MakeAdminAsync(RunningHost host)
    {
        using var visitor = new ShopVisitor(HomeOf(host));
        await visitor.CallAsync("api/auth/register", new
        {
            username = "ada",
            password = ShopVisitor.Password,
            register_secret = HttpUtility.ParseQueryString(host.SetupLink.Query)["code"],
        });
    }

    /// <summary>A browser in which the admin is logged in to the panel, and to nothing else.</summary>
    internal async Task<ShopVisitor> OpenAsAdminAsync()
    {
        var admin = new ShopVisitor(Home);
        await admin.CallAsync("api/auth/login", new { username = "ada", password = ShopVisitor.Password });
        return admin;
    }
}

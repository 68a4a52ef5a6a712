using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>
/// No page brings more than 150 KB, with its style, script and icon, or asks for more than eight things: on a busy host, with long names,
/// and far into its lists. Browsers count the same for some of them (<see cref="Browser.BusyQueueTests"/>).
/// </summary>
public sealed partial class WeightTests(LongHost full) : IClassFixture<LongHost>
{
    private const int MostBytes = 150 * 1024;
    private const int MostRequests = 8;

    // The page itself, and the stream of the number that waits.
    private const int Always = 2;

    [Fact]
    public async Task Pages_OfABusyHost_AreLight()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        await host.FillQueueAsync();
        await FillListsAsync(host);
        using var admin = await host.LogInAsync(Role.Admin);
        await HoldsAsync(host, admin, await LaterPagesAsync(admin, "/users", "/users?sort=username", "/audit", "/tasks", "/approvals"));
    }

    [Fact]
    public async Task Pages_WithLongNames_AreLight()
    {
        using var admin = await full.Host.LogInAsync(Role.Admin);
        await HoldsAsync(full.Host, admin, await LaterPagesAsync(admin, "/audit"));
    }

    private static async Task HoldsAsync(PanelHost host, PanelClient admin, IEnumerable<string> more)
    {
        var faults = new List<string>();
        using var stranger = new PanelClient(host);
        var shared = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (path, client) in PanelPages.All.Select(p => (p.Path, p.Role == Role.Anony ? stranger : admin))
            .Concat(more.Select(path => (path, admin))))
        {
            var page = await client.ReadAsync(path);
            var others = Others().Matches(page).Select(m => m.Groups["address"].Value).Distinct(StringComparer.Ordinal).ToList();
            foreach (var address in others.Where(a => !shared.ContainsKey(a)))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, address));
                request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br, zstd");
                using var answer = await client.Http.SendAsync(request);
                shared[address] = (await answer.Content.ReadAsByteArrayAsync()).Length;
            }

            var bytes = Encoding.UTF8.GetByteCount(page) + others.Sum(a => shared[a]);
            if (bytes > MostBytes || others.Count + Always > MostRequests)
            {
                faults.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{path[..Math.Min(60, path.Length)]}: {others.Count + Always} requests, {bytes} bytes"));
            }
        }

        Assert.Equal(3, shared.Count);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    // The last page that the links to the next one lead to, three at most.
    private static async Task<IReadOnlyList<string>> LaterPagesAsync(PanelClient client, params string[] lists)
    {
        var pages = new List<string>();
        foreach (var list in lists)
        {
            var path = list;
            for (var i = 0; i < 3 && Next().Match(await client.ReadAsync(path)) is { Success: true } next; i++)
            {
                path = WebUtility.HtmlDecode(next.Groups["address"].Value)["/admin".Length..];
                pages.Add(path);
            }
        }

        Assert.NotEmpty(pages);
        return pages;
    }

    // Lists longer than a page.
    private static async Task FillListsAsync(PanelHost host)
    {
        for (var i = 0; i < 60; i++)
        {
            var owner = host.ActorOf(i % 2 == 0 ? Role.Admin : Role.Operator);
            (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = $"Working group {i}" })).Require();
            (await host.Get<IInvitationService>().CreateAsync(
                owner, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 3, ExpiresHours = 72 })).Require();
            (await host.Get<ITokenService>().CreateAsync(owner, new CreateTokenCommand { Name = $"backup {i}" })).Require();
            host.Cluster.Instances.Add(new VpsInfo($"training-{i}", $"Training instance {i}", "node-a", "running"));
        }
    }

    [GeneratedRegex("(<link rel=\"(stylesheet|icon)\"|<script)[^>]* (href|src)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Others();

    [GeneratedRegex("href=\"(?<address>[^\"]+)\" rel=\"next\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Next();
}

using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>No page says anything that could not be translated.</summary>
public sealed class MarkedPageTests : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await MarkedTexts.StartAsync();
        await host.FillAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Pages_WithEveryTextMarked_SayNothingElse()
    {
        var faults = new List<string>();
        string[] theirs = [.. MarkedPage.Theirs, .. await host.WrittenAsync()];
        using var nobody = new PanelClient(host);
        foreach (var path in Paths(r => r == Role.Anony))
        {
            await CheckAsync(nobody, path);
        }

        foreach (var role in (Role[])[Role.User, Role.Operator, Role.Admin])
        {
            using var client = await host.LogInAsync(role);
            foreach (var path in Paths(r => r > Role.Anony && r <= role).Append("/no/such/page"))
            {
                await CheckAsync(client, path);
            }
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct(StringComparer.Ordinal)));

        async Task CheckAsync(PanelClient client, string path)
        {
            var answer = await client.GetAsync(path);
            faults.AddRange(MarkedPage.Unmarked(await answer.Content.ReadAsStringAsync(), theirs).Select(w => $"{path}: {w}"));
        }
    }

    private static IEnumerable<string> Paths(Func<Role, bool> filter) => PanelPages.All.Where(p => filter(p.Role)).Select(p => p.Path);
}

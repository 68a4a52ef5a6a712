using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>No page says anything that could not be translated.</summary>
public sealed class MarkedPageTests : IAsyncLifetime
{
    // What people, the host and the standards wrote: names, commands, limits, units.
    private static readonly string[] Theirs =
    [
        "KohakuRiver", "the-admin", "the-operator", "the-user", "the-viewer", "The Admin", "The Operator", "The User", "The Viewer",
        "Research", "Teaching", "People who train models", "nightly build", "max_tasks", "max_gpus", "node-a", "node-b", "NVIDIA A100",
        "training", "notebook", "spare", "vps-1", "vps-2", "vps-3", "Please use the queue for small tests.", "GiB", "MiB",
        "English", "繁體中文", "日本語", "MODE", "test", "command",
        "anonymous", "host", "system", "auth.login", "python", "nvidia-smi", "echo", "sleep", "hello world", "train.py --epochs",
    ];

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
            faults.AddRange(MarkedPage.Unmarked(await answer.Content.ReadAsStringAsync(), Theirs).Select(w => $"{path}: {w}"));
        }
    }

    private static IEnumerable<string> Paths(Func<Role, bool> filter) => PanelPages.All
        .Where(p => filter(p.Role) && p.Path.Length > 0 && p.Path.Split('/')[1] is not "users" and not "vps")
        .Select(p => p.Path);
}

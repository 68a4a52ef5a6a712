using System.Net;
using System.Text.Json;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel.Tests.Security;

/// <summary>Where text is encoded: once, at the end, for whom it is shown to.</summary>
public sealed class EncodingRowTests
{
    [Fact]
    [Trait("Requirement", "V1.1.2")]
    public async Task Text_IsKeptAsItCameAndEncodedOnceWhereItIsShown()
    {
        const string Name = "A & B <i>\"c\"</i> &amp;";
        await using var host = await PanelHost.StartAsync();
        var made = (await host.Get<IGroupService>().CreateAsync(Actor.Host, new CreateGroupCommand { Name = Name, Tier = 1 })).Require();
        using var admin = await host.LogInAsync(Role.Admin);

        Assert.Equal(Name, (await host.Get<KohakuStoreSet>().Groups.FindAsync(made.Id, CancellationToken.None))!.Name);
        using var json = JsonDocument.Parse(await admin.Http.GetStringAsync(new Uri("/api/auth/groups", UriKind.Relative)));
        Assert.Equal(Name, Assert.Single(json.RootElement.EnumerateArray()).GetProperty("name").GetString());
        var html = await admin.ReadAsync("/groups");
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.Contains(Name, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotContain("&amp;amp;amp;", html, StringComparison.Ordinal);
    }
}

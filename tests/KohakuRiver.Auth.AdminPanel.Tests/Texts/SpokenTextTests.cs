using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>What reaches people in another language than English: the library's texts, the host's, and what was refused.</summary>
public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("ja", "ユーザー名を入力してください。", "max_tasksが2回指定されています。", "このページは存在しないか、表示する権限がありません。")]
    [InlineData("zh-TW", "請輸入使用者名稱。", "max_tasks 出現了兩次。", "此頁面不存在，或您沒有檢視權限。")]
    public async Task Refusals_InThePanel_AreSaidInTheLanguageOfThePage(string language, string field, string composed, string missing)
    {
        await using var host = await PanelHost.StartAsync();
        using var admin = await host.LogInAsync(Role.Admin);
        admin.Http.DefaultRequestHeaders.Add("Accept-Language", language);

        var user = await admin.PostAsync(
            "/users/new", ("username", ""), ("display_name", ""), ("role", "user"), ("first_password", "link"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, user.StatusCode);
        Assert.Contains(field, await TextAsync(user), StringComparison.Ordinal);

        var group = await admin.PostAsync("/groups", ("name", "Lab"), ("limits", "max_tasks = 1\nmax_tasks = 2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, group.StatusCode);
        Assert.Contains(composed, await TextAsync(group), StringComparison.Ordinal);

        using var nowhere = await admin.Http.GetAsync(new Uri(host.Address, host.Home + "/no/such/page"));
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        Assert.Contains(missing, await TextAsync(nowhere), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_OfTheHost_WinOverTheLibrarysAndLeaveTheRest()
    {
        await using var host = await StartAsync();
        using var admin = await host.LogInAsync(Role.Admin);
        admin.Http.DefaultRequestHeaders.Add("Accept-Language", "ja");
        var page = WebUtility.HtmlDecode(await admin.ReadAsync("/users"));
        Assert.Contains("研究室の人", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<span>ユーザー</span>", page, StringComparison.Ordinal);
        Assert.Contains("グループ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_OfTheHostAlone_IsEnglishWhereItHasNoText()
    {
        await using var host = await StartAsync();
        using var admin = await host.LogInAsync(Role.Admin);
        admin.Http.DefaultRequestHeaders.Add("Accept-Language", "de-AT");
        var page = WebUtility.HtmlDecode(await admin.ReadAsync("/users"));
        Assert.Contains("<html lang=\"de\"", page, StringComparison.Ordinal);
        Assert.Contains("<span>Benutzer</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span>Groups</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_ThatDifferInCaseAlone_AreOneNameOfAResource()
    {
        await using var host = await StartAsync();
        Assert.Equal("Wartet", host.Get<PanelLocalizer>().In("de")["waiting"]);
        Assert.Equal("承認待ち", host.Get<PanelLocalizer>().In("ja")["waiting"]);
        Assert.Equal("承認待ち", host.Get<PanelLocalizer>().In("ja-JP")["waiting"]);
    }

    [Fact]
    public async Task Refusals_OfTheHost_AreLookedForABoundedNumberOfTimes()
    {
        await using var host = await StartAsync();
        var texts = host.Get<PanelLocalizer>().In("ja");
        Assert.Equal("キューgpuは満杯です。", texts.Say(new RefusalText("The queue {0} is full.", "gpu")));
        for (var i = 0; i < 200; i++)
        {
            texts.Say(new RefusalText($"There is no node called {i}."));
        }

        Assert.Equal("研究室の人", texts.Say(new RefusalText("Users")));
        Assert.Equal("The queue {0} is full.", texts.Say(new RefusalText("The queue {0} is full.")));
        Assert.Equal("このユーザー名はすでに使われています。", texts.Say(Refusals.UsernameTaken));
    }

    private static Task<PanelHost> StartAsync() => PanelHost.StartAsync(
        services: s => s.AddLocalization(),
        build: b => b.AddAdminPanel(o =>
        {
            o.Languages.Add("de");
            o.Languages.Add("ja-JP");
            o.AddTexts<HostWords>();
        }));

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
}

using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Tests.Browser;
using Microsoft.Playwright;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>
/// Every page in both themes and in each language, one wide and one narrow (<see cref="WidthTests"/> has all widths): no violation of the
/// accessibility rules, nothing beyond the edge of the screen, no complaint in the console. With KOHAKU_SHOTS=folder each is also kept as a
/// picture.
/// </summary>
[Collection("looks")]
public sealed class LookTests(Chromium chromium, FilledHost filled) : IClassFixture<FilledHost>
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("KOHAKU_SHOTS");
    private const int Height = 900;
    private static readonly Look Wide = new(ColorScheme.Light, 1280, AxeRules.All);
    private static readonly Look Narrow = new(ColorScheme.Dark, 360, AxeRules.All);
    private readonly PanelHost host = filled.Host;

    // In English both looks with their colours; the other languages have no colours of their own, but sentences of another length.
    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    [InlineData("zh-Hant")]
    public async Task Pages_InEveryThemeWidthAndLanguage_AreAccessibleAndFit(string language)
    {
        Look[] looks = language switch
        {
            "en" => [Wide, Narrow with { Rules = AxeRules.Colours }],
            "ja" => [new Look(ColorScheme.Light, 360, AxeRules.Structure)],
            _ => [new Look(ColorScheme.Dark, 1280, AxeRules.Structure)],
        };
        await using var context = await chromium.OpenAsync(Options(looks[^1], language));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                faults.Add($"console: {message.Text}");
            }
        };
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role == Role.Anony))
        {
            await CheckAsync(page, path, faults, looks: looks, language: language);
        }

        await page.LogInAsync(host, "the-admin");
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role != Role.Anony).Append(("", "/no/such/page", Role.Viewer)))
        {
            await CheckAsync(page, path, faults, looks: looks, language: language);
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task NewUserWhoMustChange_InTheBrowser_ChoosesAPasswordAndGoesOn()
    {
        await using var own = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(Options(Narrow));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await page.LogInAsync(own, "the-admin");
        await page.OpenAsync(own, "/users/new");
        await page.GetByLabel("Username").FillAsync("grace");
        await Assertions.Expect(page.GetByLabel("They must change it at the first login")).ToBeHiddenAsync();
        await page.GetByLabel("How they get a password").SelectOptionAsync("typed");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);
        await Assertions.Expect(page.GetByLabel("They must change it at the first login")).ToBeCheckedAsync();
        await LookAsync(page, "/users/new", faults, "new-must-change");
        await page.PressAsync("Create user");
        await page.SeesAsync("User created.");
        await page.SeesAsync("They must change their password");
        await LookAsync(page, "/users/6", faults, "user-must-change");
        await page.OpenAsync(own, "/users");
        await page.SeesAsync("must change password");
        await LookAsync(page, "/users", faults, "users-must-change");
        await page.PressAsync("Log out");

        await page.OpenAsync(own, "/tasks");
        await page.GetByLabel("Username").FillAsync("grace");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PanelHost.Password);
        await page.PressAsync("Log in");
        await page.SeesAsync("Choose your own password");
        await Assertions.Expect(page.GetByLabel("Current password")).ToBeFocusedAsync();
        await LookAsync(page, "/change-password", faults, "change-password");
        await page.GetByLabel("Current password").FillAsync(PanelHost.Password);
        await page.GetByLabel("New password").FillAsync("chosen by nobody but me");
        await page.PressAsync("Change password");
        await page.SeesAsync("Password changed.");
        Assert.EndsWith("/admin/tasks", page.Url, StringComparison.Ordinal);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task UserSetToAnony_InTheBrowser_IsToldSoAndLogsOut()
    {
        await using var own = await PanelHost.StartAsync();
        await using var context = await chromium.OpenAsync(Options(Narrow));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await page.LogInAsync(own, "the-admin");
        await page.OpenAsync(own, $"/users/{own.Users[Role.User].Id}");
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("anony");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Save name, role and groups" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
        await CheckAsync(page, $"/users/{own.Users[Role.User].Id}", faults, own, "user-anony");
        await CheckAsync(page, "", faults, own, "overview-anony");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Log out" }).ClickAsync();

        await page.LogInAsync(own, "the-user");
        await page.GetByRole(AriaRole.Heading, new() { NameString = "No permissions" }).WaitForAsync();
        await CheckAsync(page, "", faults, own, "no-permissions");
        await CheckAsync(page, "/account", faults, own, "no-permissions-refused");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Log out" }).First.ClickAsync();
        await page.ArrivesAsync("/admin/login$");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task UnknownVps_OnItsPages_IsAccessibleFitsAndGoesWithItsLastAssignment()
    {
        await using var own = await PanelHost.StartAsync();
        var id = "384834399554744431-a-long-id-of-an-instance-that-is-not-here";
        own.Cluster.Instances.Add(new VpsInfo(id, id));
        var user = own.Users[Role.User];
        (await own.Get<IVpsAccessService>().AssignAsync(Actor.Host, id, [user.Id], [])).Require();
        own.Cluster.Instances.RemoveAll(v => v.VpsId == id);
        await using var context = await chromium.OpenAsync(Options(Narrow));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await page.LogInAsync(own, "the-operator");
        await CheckAsync(page, $"/users/{user.Id}", faults, own, "user-unknown-vps");
        await CheckAsync(page, "/vps", faults, own, "vps-list-unknown");
        await page.GetByRole(AriaRole.Link, new() { NameString = id }).ClickAsync();
        await page.GetByText("This host does not have it").WaitForAsync();
        await CheckAsync(page, $"/vps/{id}", faults, own, "vps-unknown");
        Assert.Empty(faults);

        await page.GetByRole(AriaRole.Button, new() { NameString = "Remove" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameString = "Remove" }).ClickAsync();
        await page.ArrivesAsync("/admin/vps$");
        Assert.Equal(0, await page.GetByText("Unknown to this host").CountAsync());
    }

    [Fact]
    public async Task OtherSignIns_OnTheirPages_AreAccessibleAndFit()
    {
        await using var intranet = await Intranet.StartAsync();
        await using var context = await chromium.OpenAsync(Options(Narrow));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await page.GotoAsync(new Uri(intranet.Address, "/intranet/ann").ToString());
        await CheckAsync(page, "/login", faults, intranet, "login-elsewhere");
        await page.LogInAsync(intranet, "the-admin");
        await CheckAsync(page, "/account", faults, intranet, "account-unlinked");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Link The <Intranet>" }).ClickAsync();
        await page.SeesAsync("Confirm that it is you");
        await LookAsync(page, "/account/identities/link", faults, "confirm");
        await page.GetByLabel("Your own password").FillAsync(PanelHost.Password);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Link The <Intranet>" }).ClickAsync();
        await page.GetByText("Sign-in linked.").WaitForAsync();
        await CheckAsync(page, "/account", faults, intranet, "account-linked");
        await Intranet.LinkAsync(intranet, intranet.Users[Role.Viewer], "bob");
        await CheckAsync(page, $"/users/{intranet.Users[Role.Viewer].Id}", faults, intranet, "user-linked");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task PagesBetweenForms_OnTheirWay_AreAccessibleAndFit()
    {
        await using var own = await PanelHost.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            (await own.Get<IGroupService>().CreateAsync(
                Actor.Host, new CreateGroupCommand { Name = $"A group with a rather long name {i}" })).Require();
        }

        await using var context = await chromium.OpenAsync(Options(Narrow));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await page.LogInAsync(own, "the-admin");
        foreach (var way in (string[])["link", "generated"])
        {
            await page.OpenAsync(own, "/users/new");
            await page.GetByLabel("Username").FillAsync($"ada.{way}");
            await page.GetByLabel("How they get a password").SelectOptionAsync(way);
            await LookAsync(page, "/users/new", faults, "new-user");
            await page.PressAsync("Create user");
            await page.SeesAsync("was created");
            await LookAsync(page, "/users/new", faults, $"created-{way}");
        }

        // The word about the session stands over the page, and the login page carries the form.
        await page.OpenAsync(own, "/groups");
        await page.EvaluateAsync("document.querySelector('[data-session]').hidden = false");
        await page.EvaluateAsync("document.querySelector('[data-session-says=idle]').hidden = false");
        await LookAsync(page, "/groups", faults, "session-ends");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Lab");
        (await own.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, own.Users[Role.Admin].Id)).Require();
        await page.PressAsync("Create group");
        await page.SeesAsync("Your session has ended");
        await LookAsync(page, "/groups", faults, "login-with-a-form");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task AnswersToForms_OnTheirWay_AreAccessibleAndFit()
    {
        await using var own = await PanelHost.StartAsync();
        await own.FillAsync();
        Look[] looks = [Wide, Narrow with { Rules = AxeRules.Colours }];
        await using var context = await chromium.OpenAsync(Options(Narrow));
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await page.LogInAsync(own, "the-admin");

        await page.OpenAsync(own, "/tokens");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("backup");
        await SendAsync("Create token", "Copy it now", "created-token");
        await page.OpenAsync(own, "/invitations/new");
        await SendAsync("Create invitation", "Invitation created", "created-invitation");
        await page.OpenAsync(own, $"/users/{own.Users[Role.Viewer].Id}");
        await SendAsync("Create a reset link", "not shown again", "reset-link");

        await page.OpenAsync(own, "/groups");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Research");
        await SendAsync("Create group", "A group with this name already exists.", "refused-group");

        await page.OpenAsync(own, "/users");
        await page.Locator("main input[type=checkbox][data-name=the-viewer]").CheckAsync();
        await page.Locator("main input[type=checkbox][data-name=the-user]").CheckAsync();
        await SendAsync("Delete…", "Delete 2 users?", "confirm-bulk");
        await page.OpenAsync(own, $"/users/{own.Users[Role.Viewer].Id}/delete");
        await page.GetByLabel("Your own password").FillAsync("not the password");
        await SendAsync("Delete the-viewer", "The current password is wrong.", "refused-delete");

        await page.Context.ClearCookiesAsync();
        await page.LogInAsync(own, "the-user");
        await CheckAsync(page, "/settings", faults, own, "not-allowed", looks);
        Assert.Empty(faults);

        async Task SendAsync(string button, string sees, string picture)
        {
            await page.PressAsync(button);
            await page.SeesAsync(sees);
            await LookAsync(page, picture, faults, picture, looks);
        }
    }

    /// <summary>Otherwise the looks above would find nothing anywhere.</summary>
    [Fact]
    public async Task Rules_OnAPageThatBreaksThem_FindThoseOfTheirKind()
    {
        await using var context = await chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync("""
            <!DOCTYPE html><html><head></head><body>
              <img src="x.png"><button></button><p style="color: #ccc; background: #fff">Too pale to be read by anybody.</p>
            </body></html>
            """);
        string[] structure = ["button-name", "document-title", "html-has-lang", "image-alt", "landmark-one-main", "region"];
        Assert.Equal([.. structure, "color-contrast"], await FoundAsync(AxeRules.All));
        Assert.Equal(structure, await FoundAsync(AxeRules.Structure));
        Assert.Equal(["color-contrast"], await FoundAsync(AxeRules.Colours));

        async Task<IEnumerable<string>> FoundAsync(AxeRules rules)
        {
            var found = (await page.FaultsAsync(rules)).Select(f => f.Split(' ')[0]);
            return [.. structure.Append("color-contrast").Intersect(found)];
        }
    }

    private async Task CheckAsync(
        IPage page, string path, List<string> faults, PanelHost? other = null, string? picture = null, Look[]? looks = null,
        string language = "en")
    {
        await page.OpenAsync(other ?? host, path);
        await LookAsync(page, path, faults, picture, looks, language);
    }

    // Whoever walks on does so in the last look, which is narrow: buttons are pressed where they are hardest to reach.
    private static async Task LookAsync(
        IPage page, string path, List<string> faults, string? picture = null, Look[]? looks = null, string language = "en")
    {
        foreach (var look in looks ?? [Wide, Narrow])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme });
            await page.SetViewportSizeAsync(look.Width, Height);
            if (Shots is not null)
            {
                var name = picture ?? (path.Length == 0 ? "overview" : path.Trim('/').Split('?')[0].Replace('/', '-'));
                var file = $"{name}-{look.Scheme}-{look.Width}-{language}.png".ToLowerInvariant();
                await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, file), FullPage = true });
            }

            var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (beyond > 0)
            {
                faults.Add($"{path} at {look.Width}: {beyond} pixels beyond the edge");
            }

            faults.AddRange((await page.FaultsAsync(look.Rules)).Select(f => $"{path}, {look.Scheme}: {f}"));
        }
    }

    private static BrowserNewContextOptions Options(Look look, string language = "en") => new()
    {
        ColorScheme = look.Scheme, ViewportSize = new() { Width = look.Width, Height = Height }, Locale = language,
    };

    /// <summary>A theme and a width, and what is asked of a page in them.</summary>
    private sealed record Look(ColorScheme Scheme, int Width, AxeRules Rules);
}

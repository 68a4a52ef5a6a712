using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Components;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// How the panel looks and what a host adds to it; set in code with <c>AddAdminPanel(o => …)</c>. A fault fails the start.
/// </summary>
public sealed class AdminPanelOptions
{
    /// <summary>How the panel's own addresses begin.</summary>
    internal static readonly HashSet<string> OwnPages = new(StringComparer.OrdinalIgnoreCase)
    {
        "account", "approvals", "assets", "audit", "change-password", "groups", "invitations", "login", "logout", "nodes", "overview",
        "register", "reset", "search", "session", "settings", "setup", "tasks", "theme", "tokens", "users", "vps",
    };

    private readonly List<AdminPanelPage> pages = [];
    private readonly List<Type> userSections = [];
    private readonly List<Type> overviewSections = [];
    private readonly List<Type> texts = [];

    /// <summary>What stands at the top of each page and in its title. Default <c>KohakuRiver</c>. 1 to 60 characters.</summary>
    public string Name { get; set; } = "KohakuRiver";

    /// <summary>
    /// The picture beside the name, and the icon of the browser's tab: a path of this host such as <c>/img/logo.svg</c>, in front of which
    /// the request's path base is set. Must be readable without a login. Null, the default: the library's own.
    /// </summary>
    public string? LogoPath { get; set; }

    /// <summary>
    /// The colour of links and main buttons, as <c>#rrggbb</c>. It is made darker or lighter as far as its text needs to be readable on
    /// the surfaces of the light and of the dark theme (WCAG 2.2, 1.4.3: a contrast of 4.5). Null, the default: the library's own.
    /// </summary>
    public string? AccentColor { get; set; }

    /// <summary>The colours for those who have not chosen. Default <see cref="AdminPanelTheme.System"/>.</summary>
    public AdminPanelTheme DefaultTheme { get; set; }

    /// <summary>The way back to the host's own pages, first in the navigation. Null, the default: none.</summary>
    public AdminPanelLink? HomeLink { get; set; }

    /// <summary>Links to pages of the host, last in the navigation; each is seen by those who hold its permission.</summary>
    public IList<AdminPanelLink> Links { get; } = [];

    /// <summary>A line at the foot of each page, as plain text. Null, the default: none. Up to 1 000 characters.</summary>
    public string? FooterText { get; set; }

    /// <summary>
    /// What people read before they log in, as plain text; line breaks are kept. Null, the default: nothing. Up to 1 000 characters.
    /// </summary>
    public string? LoginNotice { get; set; }

    /// <summary>
    /// Whose pages may show the panel in a frame: origins such as <c>https://portal.example.org</c>, or <c>'self'</c>
    /// (<c>frame-ancestors</c> of CSP Level 3). None by default, against clickjacking (ASVS 3.4.6). The session's cookie is not sent into
    /// frames of another site, so only origins of the same site are of use.
    /// </summary>
    public IList<string> FrameAncestors { get; } = [];

    /// <summary>
    /// The languages that people can choose from, as BCP 47 tags, the best known first: <c>en</c>, <c>zh-Hant</c> and <c>ja</c>. Remove
    /// those that are not wanted; a language added here speaks English until <see cref="AddTexts{TResource}"/> has its texts.
    /// </summary>
    public IList<string> Languages { get; } = [.. PanelLanguages.Complete];

    /// <summary>
    /// The language for everybody, whatever their account or browser says; one of <see cref="Languages"/>. Null, the default: that of the
    /// account, else the best that the browser asks for, else the first of <see cref="Languages"/>.
    /// </summary>
    public string? Language { get; set; }

    internal IReadOnlyList<AdminPanelPage> Pages => pages;

    internal IReadOnlyList<Type> UserSections => userSections;

    internal IReadOnlyList<Type> OverviewSections => overviewSections;

    internal IReadOnlyList<Type> Texts => texts;

    /// <summary>
    /// Adds a page of the host under the panel's prefix, in its frame: a component around a <see cref="PanelPage"/>. It is rendered once,
    /// on the server, with the services of the request; <see cref="Actor"/> and <c>HttpContext</c> are cascading parameters. What it
    /// changes, it sends to endpoints of the host.
    /// </summary>
    /// <typeparam name="TPage">The component.</typeparam>
    /// <param name="pattern">Its address behind the prefix, such as <c>/reports</c> or <c>/reports/{id}</c>.</param>
    /// <param name="permission">Who may see it; everybody else gets 403, or the login page.</param>
    /// <param name="title">Its name in the navigation; null for a page that only other pages link to.</param>
    /// <exception cref="ArgumentException">
    /// The pattern does not begin with a slash and a word, is there already, or begins as pages of the panel do (<c>/users</c>).
    /// </exception>
    public void AddPage<TPage>(string pattern, Permission permission, string? title = null)
        where TPage : IComponent
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        ArgumentNullException.ThrowIfNull(permission);
        if (pattern is not ['/', not ('/' or '{'), ..]
            || OwnPages.Contains(pattern.Split('/')[1])
            || pages.Any(p => p.Pattern.Equals(pattern, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException(
                "A page needs an address of its own, such as /reports: one that no other page and nothing of the panel begins with.",
                nameof(pattern));
        }

        pages.Add(new AdminPanelPage(typeof(TPage), pattern, permission, title));
    }

    /// <summary>
    /// Adds a section to the page of each user, after the library's own: a component with a parameter <c>User</c> of the type
    /// <see cref="UserDetails"/>. It sees <see cref="Actor"/> as a cascading parameter and shows what that actor may see.
    /// </summary>
    /// <typeparam name="TSection">The component.</typeparam>
    public void AddToUserPage<TSection>()
        where TSection : IComponent => userSections.Add(typeof(TSection));

    /// <summary>Adds a section to the overview. It sees <see cref="Actor"/> as a cascading parameter.</summary>
    /// <typeparam name="TSection">The component.</typeparam>
    public void AddToOverview<TSection>()
        where TSection : IComponent => overviewSections.Add(typeof(TSection));

    /// <summary>
    /// Texts of the host, asked before the library's own: resources beside a type, found as <c>IStringLocalizer&lt;TResource&gt;</c>
    /// finds them. The keys are the English texts of the panel. Needs <c>AddLocalization()</c>.
    /// </summary>
    /// <typeparam name="TResource">The type that the resources belong to.</typeparam>
    public void AddTexts<TResource>() => texts.Add(typeof(TResource));
}

using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Components;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Looks for a text in everything that its reader may see, by the services and rules of the pages that show it: each kind asks for the
/// permission of its list, and is left out without it. Of each a few are read.
/// </summary>
internal sealed class PanelSearch
{
    /// <summary>How many of a kind are shown.</summary>
    internal const int Shown = 5;

    /// <summary>Among how many of the newest tasks one looks for a part of a command or a name.</summary>
    internal const int NewestTasks = 100;

    private const string TokenStart = "krt_";
    private const string Imported = "imported";

    private readonly PanelContext panel;
    private readonly string text;
    private readonly WantedText wanted;
    private readonly long? number;

    private PanelSearch(PanelContext panel, string text)
    {
        this.panel = panel;
        this.text = text;
        wanted = new WantedText(text);
        number = text is not ['0', ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>All kinds of which something was found, or about which there is something to say.</summary>
    /// <param name="panel">Who looks.</param>
    /// <param name="text">What for, without blanks at its ends.</param>
    internal static async Task<IReadOnlyList<FoundKind>> FindAsync(PanelContext panel, string text)
    {
        var search = new PanelSearch(panel, text);
        if (search.wanted.IsEmpty)
        {
            return [];
        }

        // One after the other: each is quick, and a request's services are one request's.
        FoundKind?[] kinds =
        [
            await search.FindUsersAsync(), await search.FindGroupsAsync(), await search.FindTasksAsync(), await search.FindVpsAsync(),
            await search.FindTokensAsync(), await search.FindNodesAsync(), search.FindPages(),
        ];
        return [.. kinds.OfType<FoundKind>().Where(k => k.Items.Count > 0 || k.Note is not null)];
    }

    /// <summary>
    /// The one thing that was meant: the only one with this id. A number has to be all that was found, because names and ids hold numbers
    /// too. Null for none.
    /// </summary>
    internal static Found? Meant(IReadOnlyList<FoundKind> kinds)
    {
        var all = kinds.SelectMany(k => k.Items).ToList();
        return all.Where(f => f.IsExact).ToList() is [var one] && (!one.IsNumber || all.Count == 1) ? one : null;
    }

    private async Task<FoundKind?> FindUsersAsync()
    {
        if (!panel.Can(Permissions.ListUsers))
        {
            return null;
        }

        var users = Get<IUserService>();
        var query = new UserQuery { Search = text, Sort = UserSort.Username, Descending = false, Page = new PageRequest(Shown) };
        var page = (await users.ListAsync(panel.Actor, query, panel.Ct)).Value;
        var found = (page?.Items ?? []).Select(u => Show(u.User)).ToList();
        if (number is { } id && (await users.GetAsync(panel.Actor, id, panel.Ct)).Value is { } one)
        {
            found.RemoveAll(f => f.Path == Show(one.User).Path);
            found.Insert(0, Show(one.User) with { IsExact = true, IsNumber = true });
        }

        var isMore = page?.Total > Shown;
        return new FoundKind(panel.Texts["Users"], "users", found, isMore ? page!.Total : found.Count)
        {
            List = isMore ? List("/users") : null,
        };
    }

    private async Task<FoundKind?> FindGroupsAsync()
    {
        if (!panel.Can(Permissions.ListUsers))
        {
            return null;
        }

        var groups = Get<IGroupService>();
        var all = (await WholeList.ReadAsync(page => groups.ListAsync(panel.Actor, page, panel.Ct))).Value?.Items ?? [];
        var found = all.Where(g => wanted.IsIn(g.Name, g.Description) || g.Id == number)
            .OrderByDescending(g => g.Id == number)
            .ThenBy(g => g.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return Cut(panel.Texts["Groups"], "groups", found, "/groups", group => new Found(
            Path("/groups", group.Id), group.Name, group.Description)
        {
            IsExact = group.Id == number, IsNumber = true,
        });
    }

    private async Task<FoundKind?> FindTasksAsync()
    {
        if (!panel.Can(Permissions.ViewTasks))
        {
            return null;
        }

        var approvals = Get<IApprovalService>();
        var found = new List<Found>();
        if (FieldRules.HostId(text) is null && await TaskEndpoints.FindAsync(panel, approvals, text) is { } one)
        {
            found.Add(Show(one) with { IsExact = true });
        }

        var (newest, isMore) = await ReadNewestAsync(approvals);
        found.AddRange(newest
            .Where(t => wanted.IsIn(t.TaskId, t.Owner, t.Command is { } command ? Line(command, t.Arguments) : null))
            .Select(Show)
            .Where(t => found.All(f => f.Path != t.Path)));
        return new FoundKind(panel.Texts["Tasks"], "tasks", [.. found.Take(Shown)], isMore ? null : found.Count)
        {
            Note = isMore
                ? panel.Texts["Older tasks are found by their whole ID. Names and commands are looked for in the newest {0}.", NewestTasks]
                : null,
        };
    }

    // Without what their reader may not see: what is hidden is not found either.
    private async Task<(IEnumerable<TaskInfo> Tasks, bool IsMore)> ReadNewestAsync(IApprovalService approvals)
    {
        var newest = new PageRequest(NewestTasks);
        if (panel.Http.RequestServices.GetService<ITaskDirectory>() is { } directory)
        {
            var page = await directory.ListAsync(panel.Actor, new TaskListQuery { Page = newest }, panel.Ct);
            return (page.Items.Select(t => TaskEndpoints.Hide(panel, t)), page.Next is not null || page.Total > NewestTasks);
        }

        var submitted = (await approvals.SearchAsync(panel.Actor, new ApprovalQuery { Page = newest }, panel.Ct)).Value;
        return submitted is null
            ? ([], false)
            : (submitted.Items.Select(a => TaskEndpoints.Hide(panel, TaskEndpoints.Submitted(a))), submitted.Next is not null);
    }

    private async Task<FoundKind?> FindVpsAsync()
    {
        if (panel.Can(Permissions.ManageVps))
        {
            if (await VpsNames.AllAsync(panel) is { } all)
            {
                return Cut(panel.Texts["VPS"], "vps", Matching(all), "/vps", v => Show(v, Path("/vps", v.VpsId)));
            }

            // Without a directory an instance is known by whom it is assigned to.
            return FieldRules.HostId(text) is null
                && (await Get<IVpsAccessService>().FindAsync([text], panel.Ct))[text].Any()
                ? new FoundKind(panel.Texts["VPS"], "vps", [new Found(Path("/vps", text), text) { IsExact = true }], 1)
                : null;
        }

        if (!panel.Can(Permissions.ManageOwnAccount))
        {
            return null;
        }

        var own = (await Get<IVpsAccessService>().ListOwnAsync(panel.Actor, panel.Ct)).Value?.Ids ?? [];
        return Cut(
            panel.Texts["My VPS"], "vps", Matching(await VpsNames.FindAsync(panel, own)), null, v => Show(v, OwnVpsEndpoints.Address));
    }

    private async Task<FoundKind?> FindTokensAsync()
    {
        if (!text.StartsWith(TokenStart, StringComparison.Ordinal) && text != Imported)
        {
            return null;
        }

        // One more than is shown tells that there are more.
        var found = await Get<TokenFinder>().FindAsync(panel.Actor, text, Shown + 1, panel.Ct);
        var list = panel.Can(Permissions.ManageUsers) ? "/tokens/all" : "/tokens";
        return new FoundKind(
            panel.Texts["Tokens"],
            "key",
            [
                .. found.Take(Shown).Select(t => new Found(
                    Address(list, t.Prefix), t.Name, panel.Texts["{0}… of {1}", t.Prefix, t.Owner.Username])),
            ],
            found.Count > Shown ? null : found.Count)
        {
            List = found.Count > Shown ? List(list) : null,
        };
    }

    private async Task<FoundKind?> FindNodesAsync()
    {
        if (!panel.HasNodes || !panel.Can(Permissions.ViewNodes))
        {
            return null;
        }

        var found = (await NodeEndpoints.FindAsync(panel)).Where(n => wanted.IsIn([n.Hostname, .. n.Gpus])).ToList();
        return Cut(panel.Texts["Nodes"], "nodes", found, "/nodes", n => new Found(
            "/nodes#" + NodeLink.Anchor(n.Hostname), n.Hostname, State(n.Status)));
    }

    private FoundKind FindPages()
    {
        var texts = panel.Texts;
        IEnumerable<Found> pages = PanelLinks.Of(panel).Select(l => new Found(l.Path, l.Name));
        (string Path, string Name, bool Shown)[] more =
        [
            ("/account", texts["Your account"], panel.Can(Permissions.ManageOwnAccount)),
            ("/users/new", texts["New user"], panel.Can(Permissions.ManageUsers)),
            ("/invitations/new", texts["New invitation"], panel.Can(Permissions.CreateInvitations)),
            (TaskEndpoints.New, texts["Submit a task"], panel.HasTasks && panel.Can(Permissions.SubmitTasks)),
            ("/approvals/history", texts["Approval history"], panel.Can(Permissions.ApproveTasks)),
            ("/tokens/all", texts["All tokens"], panel.Can(Permissions.ManageUsers)),
        ];
        var all = pages.Concat(more.Where(p => p.Shown).Select(p => new Found(p.Path, p.Name)))
            .Concat(panel.Look.Links.Where(l => l.Permission is null || panel.Can(l.Permission))
                .Select(l => new Found("", l.Text) { Elsewhere = l.Address }));
        return new FoundKind(texts["Pages"], "page", [.. all.Where(p => wanted.IsIn(p.Text)).Take(Shown)]);
    }

    private FoundKind Cut<T>(string title, string icon, IReadOnlyList<T> found, string? list, Func<T, Found> show) =>
        new(title, icon, [.. found.Take(Shown).Select(show)], found.Count)
        {
            List = list is not null && found.Count > Shown ? List(list) : null,
        };

    private List<VpsInfo> Matching(IEnumerable<VpsInfo> all) =>
        [.. all.Where(v => wanted.IsIn(v.Name, v.VpsId, v.Node)).OrderByDescending(v => v.VpsId == text)];

    private Found Show(VpsInfo vps, string path) =>
        new(path, vps.Name, vps.Name == vps.VpsId ? State(vps.Status) : Join(vps.VpsId, State(vps.Status))) { IsExact = vps.VpsId == text };

    private string? State(string? status) => status is null ? null : StatusWords.Say(panel.Texts, status);

    private static Found Show(User user) =>
        new(Path("/users", user.Id), user.Username, user.DisplayName == user.Username ? null : user.DisplayName);

    private Found Show(TaskInfo task) => new(
        Path("/tasks", task.TaskId),
        task.TaskId,
        Join(
            task.Command is { } command ? Shortened(Line(command, task.Arguments)) : null,
            panel.Texts["of {0}", NameWords.Say(panel.Texts, task.Owner)]));

    private static string Line(string command, IReadOnlyList<string>? arguments) => string.Join(' ', [command, .. arguments ?? []]);

    private static string Shortened(string line) => line.Length <= 80 ? line : string.Concat(line.AsSpan(0, 79), "…");

    private static string Join(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));

    private static string Path(string list, long id) => string.Create(CultureInfo.InvariantCulture, $"{list}/{id}");

    private static string Path(string list, string id) => $"{list}/{Uri.EscapeDataString(id)}";

    private static string Address(string list, string search) => $"{list}?search={Uri.EscapeDataString(search)}";

    private string List(string list) => Address(list, text);

    private T Get<T>()
        where T : notnull => panel.Http.RequestServices.GetRequiredService<T>();
}

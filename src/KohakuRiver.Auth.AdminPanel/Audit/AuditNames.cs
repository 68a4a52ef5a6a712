using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What the entries of a page are about, as far as it is still there: an entry outlives the users, groups and tokens it names, and a link
/// to what is gone would lead nowhere.
/// </summary>
internal sealed class AuditNames
{
    private const string TokenStart = "token:";

    // One act may name a thousand: beyond these a detail keeps the numbers.
    private const int NamesInDetails = 100;

    private readonly Dictionary<string, string> there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

    /// <summary>Nothing is known.</summary>
    internal static AuditNames None { get; } = new();

    /// <summary>Looks up what the entries name, each once.</summary>
    /// <param name="panel">The request.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="withTokens">Also the names of the tokens that were used.</param>
    internal static async Task<AuditNames> FindAsync(PanelContext panel, IReadOnlyList<AuditEntry> entries, bool withTokens = true)
    {
        var names = new AuditNames();
        var services = panel.Http.RequestServices;
        if (panel.Can(Permissions.ListUsers))
        {
            var named = entries.SelectMany(AuditDetail.Of).Where(p => p.Kind is "user" or "group").Take(NamesInDetails).ToList();
            long[] people =
            [
                .. entries.Select(e => e.ActorId).Concat(entries.Select(e => IdOf(e, "user"))).OfType<long>()
                    .Concat(named.Where(p => p.Kind == "user").Select(p => p.Id)).Distinct(),
            ];
            if (people.Length > 0)
            {
                var query = new UserQuery { Ids = people, Page = new PageRequest(people.Length) };
                var found = await services.GetRequiredService<IUserService>().ListAsync(panel.Actor, query, panel.Ct);
                foreach (var user in found.Value?.Items ?? [])
                {
                    names.Note("user", user.User.Id, user.User.Username);
                }
            }

            // Few entries are about groups, and those about one follow one another.
            var groups = services.GetRequiredService<IGroupService>();
            foreach (var id in entries.Select(e => IdOf(e, "group")).OfType<long>()
                .Concat(named.Where(p => p.Kind == "group").Select(p => p.Id)).Distinct())
            {
                names.Note("group", id, (await groups.GetAsync(panel.Actor, id, panel.Ct)).Value?.Name);
            }
        }

        if (withTokens && panel.Can(Permissions.ManageUsers))
        {
            long[] used = [.. entries.Select(TokenOf).OfType<long>().Distinct()];
            foreach (var token in await services.GetRequiredService<TokenFinder>().FindAsync(panel.Actor, used, panel.Ct))
            {
                names.tokens[string.Create(CultureInfo.InvariantCulture, $"{TokenStart}{token.Id}")] = token.Name;
            }
        }

        return names;
    }

    /// <summary>Where the page of the acting user is; null when there is none.</summary>
    internal string? ActorPath(AuditEntry entry) =>
        entry.ActorId is { } id && IsThere("user", id) ? string.Create(CultureInfo.InvariantCulture, $"/users/{id}") : null;

    /// <summary>Where the page of the target is; null when there is none.</summary>
    internal string? TargetPath(PanelContext panel, AuditEntry entry) => entry.TargetType switch
    {
        "user" when IdOf(entry, "user") is { } id && IsThere("user", id) => "/users/" + entry.TargetId,
        "group" when IdOf(entry, "group") is { } id && IsThere("group", id) => "/groups/" + entry.TargetId,
        "task" when panel.HasTasks && panel.Can(Permissions.ViewTasks) && entry.TargetId is { } id => "/tasks/" + Uri.EscapeDataString(id),
        "vps" when panel.Can(Permissions.ManageVps) && entry.TargetId is { } id => "/vps/" + Uri.EscapeDataString(id),
        _ => null,
    };

    /// <summary>What the target is called: as it was written down, otherwise as it is called now, otherwise its id.</summary>
    internal string Target(AuditEntry entry) => entry.Target
        ?? (entry.TargetType is "user" or "group" && IdOf(entry, entry.TargetType) is { } id ? Name(entry.TargetType, id) : null)
        ?? entry.TargetId ?? "";

    /// <summary>What a user or group is called now; null when there is none (any more).</summary>
    internal string? Name(string type, long id) => there.GetValueOrDefault(Key(type, id));

    /// <summary>The name of the token that was used; null when it was none, and when it is gone.</summary>
    internal string? TokenName(AuditEntry entry) => entry.Credential is { } used ? tokens.GetValueOrDefault(used) : null;

    internal static bool IsToken(string? credential) => credential?.StartsWith(TokenStart, StringComparison.Ordinal) == true;

    private static long? TokenOf(AuditEntry entry) => IsToken(entry.Credential)
        && long.TryParse(entry.Credential.AsSpan(TokenStart.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static long? IdOf(AuditEntry entry, string type) => entry.TargetType == type
        && long.TryParse(entry.TargetId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Key(string type, long id) => string.Create(CultureInfo.InvariantCulture, $"{type}:{id}");

    private bool IsThere(string type, long id) => there.ContainsKey(Key(type, id));

    private void Note(string type, long id, string? name)
    {
        if (name is not null)
        {
            there[Key(type, id)] = name;
        }
    }
}

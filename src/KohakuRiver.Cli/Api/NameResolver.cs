using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary>
/// Resolves what people type. Users, groups and VPS instances go by name (regardless of case) or id. Where a text is the name of one and
/// the id of another, nothing is guessed: the caller writes <c>id:5</c> or <c>name:5</c>.
/// </summary>
internal sealed class NameResolver(ApiClient api)
{
    // A host that does not know of "username" reads "search", finds more than is wanted, and is read to the end.
    internal Task<User> UserAsync(string text, CancellationToken cancellationToken) => FindAsync(
        "user", text, u => u.Id, u => u.Username,
        name => api.ListAsync<User>("auth/users", [new("username", name), new("search", name)], null, null, cancellationToken),
        async id => await OrNullAsync(api.GetAsync<User>($"auth/users/{id}", cancellationToken)));

    internal Task<Group> GroupAsync(string text, CancellationToken cancellationToken) => FindAsync(
        "group", text, g => g.Id, g => g.Name,
        _ => api.ListAsync<Group>("auth/groups", [], null, null, cancellationToken),
        async id => await OrNullAsync(api.GetAsync<Group>($"auth/groups/{id}", cancellationToken)));

    /// <summary>The id of a VPS. Hosts without a list of them accept any id.</summary>
    /// <param name="text">Its name or id.</param>
    /// <param name="orUnknown">Whether the id of one that the host does not have is accepted, while it is assigned to somebody.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal async Task<string> VpsAsync(string text, bool orUnknown, CancellationToken cancellationToken)
    {
        IReadOnlyList<Vps> known;
        try
        {
            known = await api.ListAsync<Vps>("vps", [], null, null, cancellationToken);
        }
        catch (CliException fault) when (ApiClient.IsMissing(fault))
        {
            return Strip(text);
        }

        var byId = text.StartsWith("name:", StringComparison.Ordinal) ? null : known.FirstOrDefault(v => v.VpsId == Strip(text));
        var byName = text.StartsWith("id:", StringComparison.Ordinal) ? [] : known.Where(v => IsNamed(v.Name, Strip(text))).ToList();
        var all = byName.Select(v => v.VpsId).Concat(byId is null ? [] : [byId.VpsId]).Distinct(StringComparer.Ordinal).ToList();
        return all.Count switch
        {
            1 => all[0],
            0 when orUnknown && await IsAssignedAsync(Strip(text), cancellationToken) => Strip(text),
            0 => throw CliException.Failed($"There is no VPS '{Strip(text)}' here, or none you may see. List them: kohakuriver vps list"),
            _ => throw CliException.Failed($"'{Strip(text)}' names several VPS ({string.Join(", ", all)}); write id: before the id."),
        };
    }

    // A host without this call has no such instances to show.
    private async Task<bool> IsAssignedAsync(string id, CancellationToken cancellationToken) =>
        (await OrNullAsync(api.GetAsync<IReadOnlyList<VpsAccess>>("auth/vps/unknown", cancellationToken)))
            ?.Any(v => v.TaskId == id) == true;

    private static async Task<T> FindAsync<T>(
        string kind, string text, Func<T, long> idOf, Func<T, string> nameOf, Func<string, Task<IReadOnlyList<T>>> search, Func<long,
        Task<T?>> get)
        where T : class
    {
        var plain = Strip(text);
        var byName = text.StartsWith("id:", StringComparison.Ordinal)
            ? null
            : (await search(plain)).FirstOrDefault(x => IsNamed(nameOf(x), plain));
        var byId = !text.StartsWith("name:", StringComparison.Ordinal)
            && long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? byName is not null && idOf(byName) == id ? byName : await get(id)
            : null;
        return (byName, byId) switch
        {
            ({ } one, null) => one,
            (null, { } one) => one,
            ({ } one, { } other) when idOf(one) == idOf(other) => one,
            ({ } one, { } other) => throw CliException.Usage(
                $"'{plain}' is the name of {kind} {idOf(one)} and the id of {nameOf(other)}; write name:{plain} or id:{plain}."),
            _ => throw CliException.Failed($"There is no {kind} '{plain}'. List them: kohakuriver {kind}s list"),
        };
    }

    private static string Strip(string text) =>
        text.StartsWith("id:", StringComparison.Ordinal) ? text[3..] : text
            .StartsWith("name:", StringComparison.Ordinal) ? text[5..] : text;

    private static bool IsNamed(string? name, string wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);

    private static async Task<T?> OrNullAsync<T>(Task<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (CliException fault) when (ApiClient.IsMissing(fault))
        {
            return null;
        }
    }
}

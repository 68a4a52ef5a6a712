namespace KohakuRiver.Auth.Import;

/// <summary>
/// Which name each user of the old database gets. Knows that database and the operator's wishes, not the new database: the names are
/// what is looked up there.
/// </summary>
internal sealed class NamePlan
{
    /// <summary>What an operator can do about a name that cannot be used.</summary>
    internal const string Remedy = "Choose another name for it with --rename.";

    private readonly Dictionary<ImportSource.User, NameChoice> choices = new(ReferenceEqualityComparer.Instance);

    private NamePlan()
    {
    }

    /// <summary>All names that are valid, the old and the new ones, each once.</summary>
    internal IReadOnlyCollection<string> Names =>
    [
        .. choices.Keys.Select(u => u.Username).Concat(choices.Values.Select(c => c.Name)).OfType<string>()
            .Where(n => FieldRules.Username(n) is null).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The name of one user.</summary>
    internal NameChoice Of(ImportSource.User user) => choices[user];

    /// <summary>Chooses the names.</summary>
    /// <param name="users">The users of the old database.</param>
    /// <param name="renames">Old name → new name, as the operator wishes; the new ones are valid.</param>
    /// <exception cref="ImportSourceException">The old database has no user with one of these names, or several.</exception>
    internal static NamePlan Make(IReadOnlyList<ImportSource.User> users, IReadOnlyDictionary<string, string> renames)
    {
        var plan = new NamePlan();
        var asked = Match(users, renames);
        foreach (var user in users)
        {
            plan.choices[user] = asked.TryGetValue(user, out var wish) ? new NameChoice(wish, NameOrigin.Asked, null) : Choose(user);
        }

        foreach (var same in users.Where(u => plan.choices[u].Name is not null)
            .GroupBy(u => plan.choices[u].Name!, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()))
        {
            plan.Settle([.. same]);
        }

        return plan;
    }

    private static NameChoice Choose(ImportSource.User user)
    {
        var invalid = FieldRules.Username(user.Username);
        if (invalid is null)
        {
            return new NameChoice(user.Username, NameOrigin.Kept, null);
        }

        if (!FormerName.TryRead(user.Username, out var old))
        {
            return new NameChoice(null, NameOrigin.Kept, $"The name is not valid: {invalid}");
        }

        var (mapped, fault) = NameMapping.Map(old);
        return mapped is not null
            ? new NameChoice(mapped, NameOrigin.Mapped, null)
            : new NameChoice(null, NameOrigin.Mapped, $"The name is not valid: {invalid} There is no obvious other one: {fault}. {Remedy}");
    }

    // Several would have one name. Of those with the best claim there must be one; otherwise the order of rows would decide who somebody
    // is.
    private void Settle(IReadOnlyList<ImportSource.User> users)
    {
        var best = users.Min(u => choices[u].Origin);
        var isOne = users.Count(u => choices[u].Origin == best) == 1;
        foreach (var user in users.Where(u => !isOne || choices[u].Origin != best))
        {
            var choice = choices[user];
            var fault = choice.Origin == NameOrigin.Kept
                ? $"Another user of the old database has the same name except for case. {Remedy}"
                : $"It would be called {choice.Name}, like another user of the old database. {Remedy}";
            choices[user] = choice with { Fault = fault };
        }
    }

    // Letter by letter, as the old host compares; where nobody has exactly that name, regardless of the Unicode form and of blanks
    // around it, which nobody sees in a list of names.
    private static Dictionary<ImportSource.User, string> Match(
        IReadOnlyList<ImportSource.User> users, IReadOnlyDictionary<string, string> renames)
    {
        var matched = new Dictionary<ImportSource.User, string>(ReferenceEqualityComparer.Instance);
        foreach (var (old, wish) in renames)
        {
            var found = users.Where(u => u.Username == old).ToList();
            if (found.Count == 0 && FormerName.TryRead(old.Trim(), out var wanted))
            {
                found = [.. users.Where(u => FormerName.TryRead(u.Username?.Trim(), out var name) && name == wanted)];
            }

            if (found.Count != 1)
            {
                throw new ImportSourceException(found.Count == 0
                    ? $"The old database has no user \"{old}\", for whom another name was requested."
                    : $"The old database has several users whose names look like \"{old}\", for whom another name was requested.");
            }

            if (!matched.TryAdd(found[0], wish))
            {
                throw new ImportSourceException($"Two names were requested for the user \"{old}\": {matched[found[0]]} and {wish}.");
            }
        }

        return matched;
    }
}

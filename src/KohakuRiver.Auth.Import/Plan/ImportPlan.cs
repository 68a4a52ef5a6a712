using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>Everything that one import creates. It changes nothing that exists.</summary>
internal sealed record ImportPlan
{
    /// <summary>The time of the import, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The groups to create.</summary>
    public IReadOnlyList<NewGroup> Groups { get; init; } = [];

    /// <summary>The accounts to create, with what belongs to them.</summary>
    public IReadOnlyList<ImportedAccount> Accounts { get; init; } = [];

    /// <summary>The invitations to create.</summary>
    public IReadOnlyList<ImportedInvitation> Invitations { get; init; } = [];

    /// <summary>Whether there is nothing to create.</summary>
    public bool IsEmpty => Groups.Count + Accounts.Count + Invitations.Count == 0;

    /// <summary>The names of all groups it creates or refers to, each once regardless of case.</summary>
    public IReadOnlyCollection<string> AllGroupNames() =>
    [
        .. Groups.Select(g => g.Name)
            .Concat(Accounts.SelectMany(a => a.Groups))
            .Concat(Invitations.Select(i => i.Group).OfType<string>())
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>A mark for each account, group and invitation it creates, and for the former names of the accounts.</summary>
    public IReadOnlyCollection<ImportMark> Marks() => [.. MarksWithAccounts().Select(m => m.Mark)];

    /// <summary>The same with the name of the account that a mark stands for.</summary>
    public IReadOnlyCollection<(ImportMark Mark, string? Username)> MarksWithAccounts() =>
    [
        .. Accounts.Select(a => (ImportMark.OfUser(a.Username), (string?)a.Username)),
        .. Accounts.SelectMany(a => a.FormerNames.Select(m => (m, (string?)a.Username))),
        .. Groups.Select(g => (ImportMark.OfGroup(g.Name), (string?)null)),
        .. Invitations.Select(i => (ImportMark.OfInvitation(i.Hash), (string?)null)),
    ];

    /// <summary>
    /// What the guard reads: everything it creates or refers to. <see cref="IsHinderedBy"/> checks the result.
    /// </summary>
    public ImportKeys Keys() => new()
    {
        Usernames = [.. Accounts.Select(a => a.Username), .. Invitations.Select(i => i.Maker).OfType<string>()],
        GroupNames = AllGroupNames(),
        Tokens = [.. Accounts.SelectMany(a => a.Tokens).Select(t => t.Hash)],
        Invitations = [.. Invitations.Select(i => i.Hash)],
        Marks = Marks(),
    };

    /// <summary>Whether something it creates already exists or is marked, or something it refers to is missing.</summary>
    /// <param name="state">The state for <see cref="Keys"/>, read inside the transaction.</param>
    public bool IsHinderedBy(ImportState state)
    {
        var users = state.Users.Select(u => u.Username).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var groups = state.Groups.Select(g => g.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return state.Tokens.Count + state.Invitations.Count + state.Marks.Count > 0
            || !Accounts.All(a => users.Add(a.Username))
            || !Groups.All(g => groups.Add(g.Name))
            || !AllGroupNames().All(groups.Contains)
            || !Invitations.All(i => i.Maker is null || users.Contains(i.Maker));
    }
}

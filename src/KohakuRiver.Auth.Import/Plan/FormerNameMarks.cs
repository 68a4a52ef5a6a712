namespace KohakuRiver.Auth.Import;

/// <summary>
/// The marks by which accounts are found under the names they had. In any case only where that leads to one of them; and an account
/// that has such a name now goes first at a login, which the people concerned have to be told.
/// </summary>
internal static class FormerNameMarks
{
    /// <summary>Adds the marks to the accounts.</summary>
    internal static void Add(IReadOnlyCollection<KeptAccount> users, ImportState state, ImportLedger ledger)
    {
        var there = state.Users.ToDictionary(u => u.Username, u => u.Username, StringComparer.OrdinalIgnoreCase);
        var renamed = users.Where(u => u.There is null && u.Name != u.Source.Username)
            .Select(u => (Account: u, Former: FormerName.TryRead(u.Source.Username, out var old) ? old : null))
            .Where(r => r.Former is not null).ToList();
        var exact = renamed.ToLookup(r => r.Former!, StringComparer.Ordinal);
        var anyCase = renamed.ToLookup(r => FormerName.Fold(r.Former!), StringComparer.Ordinal);
        foreach (var (account, former) in renamed)
        {
            if (exact[former!].Skip(1).Any())
            {
                continue;
            }

            account.FormerNames.Add(ImportMark.OfFormerName(former!));
            var mark = ImportMark.OfFormerNameInAnyCase(former!);
            if (!anyCase[FormerName.Fold(former!)].Skip(1).Any() && !state.Marks.Contains(mark))
            {
                account.FormerNames.Add(mark);
            }

            var namesake = there.GetValueOrDefault(former!)
                ?? users.FirstOrDefault(u => string.Equals(u.Name, former, StringComparison.OrdinalIgnoreCase))?.Name;
            if (namesake is not null)
            {
                ledger.Note($"Whoever logs in as {former} reaches the user {namesake}: tell the former {former} that the name is now "
                    + $"{account.Name}.");
            }
        }
    }
}

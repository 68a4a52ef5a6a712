namespace KohakuRiver.Auth.Import;

/// <summary>The accounts that this host has already, as seen from the old database.</summary>
internal sealed class EarlierAccounts(ImportState state)
{
    internal const string GoneSince = "It was imported before and has been deleted since.";

    private readonly Dictionary<string, UserRef> usersThere = state.Users.ToDictionary(u => u.Username, StringComparer.OrdinalIgnoreCase);

    /// <summary>The account that the row became in an earlier run, or that has its name; null when it is to be created.</summary>
    /// <param name="user">The row.</param>
    /// <param name="choice">The name it gets.</param>
    /// <param name="ledger">Receives what an operator should know.</param>
    /// <param name="fault">Why it cannot be imported; null when it can.</param>
    internal UserRef? Find(ImportSource.User user, NameChoice choice, ImportLedger ledger, out string? fault)
    {
        fault = null;
        if (FormerName.TryRead(user.Username, out var old) && state.Marks.Contains(ImportMark.OfFormerName(old)))
        {
            fault = state.Accounts.TryGetValue(ImportMark.OfFormerName(old), out var renamed) ? null : GoneSince;
            return renamed;
        }

        var withOldName = usersThere.GetValueOrDefault(user.Username ?? "");
        if (withOldName is not null && withOldName.Username == user.Username
            && state.Marks.Contains(ImportMark.OfUser(withOldName.Username)))
        {
            if (choice.Origin == NameOrigin.Asked)
            {
                ledger.Note($"{withOldName.Username} was imported before and is not renamed to {choice.Name}.");
            }

            return withOldName;
        }

        if ((fault = choice.Fault) is not null)
        {
            return null;
        }

        var there = usersThere.GetValueOrDefault(choice.Name!);
        var mark = ImportMark.OfUser(choice.Name!);
        if (choice.Origin != NameOrigin.Kept)
        {
            fault = there is not null || state.Marks.Contains(mark)
                ? $"It would be called {choice.Name}, and this host has or had a user of that name. {NamePlan.Remedy}"
                : null;
            return null;
        }

        // Renamed here since it was imported.
        if (there is null && state.Accounts.TryGetValue(mark, out var moved))
        {
            return moved;
        }

        fault = there is not null && there.Username != user.Username
                ? $"The name clashes with the existing user {there.Username}: they differ only in case. {NamePlan.Remedy}"
            : there is null && state.Marks.Contains(mark) ? GoneSince
            : null;
        return there;
    }

    /// <summary>Whether an earlier import is known to have created this account for that user.</summary>
    internal bool IsImported(ImportSource.User user, UserRef there) =>
        IsOf(ImportMark.OfUser(user.Username!), there)
        || (FormerName.TryRead(user.Username, out var old) && IsOf(ImportMark.OfFormerName(old), there));

    private bool IsOf(ImportMark mark, UserRef account) => state.Accounts.TryGetValue(mark, out var marked) && marked.Id == account.Id;
}

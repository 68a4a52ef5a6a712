using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Change">What happens to them.</param>
/// <param name="GroupId">Where they are added to or removed from; null for the other changes.</param>
/// <param name="Role">Their role from now on; null for the other changes.</param>
/// <param name="Ids">Who.</param>
/// <param name="Matching">All who match the filter of the list, instead.</param>
/// <param name="Sure">Whether it was asked already who they are and what happens to them.</param>
internal sealed record ChangeUsersForm(
    UsersChange Change, long? GroupId, Role? Role, IReadOnlyList<long> Ids, bool? Matching, bool? Sure)
    : PanelForm<ChangeUsersForm>
{
    /// <summary>Whether it needs a group.</summary>
    internal bool IsOfAGroup => Change is UsersChange.AddToGroup or UsersChange.RemoveFromGroup;

    /// <summary>Whether somebody loses something by it: it is asked first, by name.</summary>
    internal bool IsHarmful => Change is not (UsersChange.Enable or UsersChange.AddToGroup);

    /// <summary>What was sent, for these users and no others.</summary>
    internal SentForm Of(SentForm sent, IEnumerable<long> ids)
    {
        var shape = FormShape.Of(GetType());
        return sent.Without([shape[nameof(Matching)].Name])
            .With(shape[nameof(Ids)].Name, ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether it asks for the actor's own password, as the pages of single users do.</summary>
    internal bool NeedsPassword => Change == UsersChange.Delete || (Change == UsersChange.SetRole && Role == Auth.Role.Admin);
}

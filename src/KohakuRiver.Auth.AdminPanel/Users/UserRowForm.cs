using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The menus of all rows: one form for the whole list, whose buttons say what and with whom. A form for each would make the page twice as
/// large.
/// </summary>
/// <param name="Act">What and with whom, as <see cref="Of"/> writes it.</param>
internal sealed record UserRowForm(string? Act) : PanelForm<UserRowForm>
{
    /// <summary>The id of the form on the page.</summary>
    internal const string Id = "row";

    /// <summary>What a button sends.</summary>
    internal static string Of(UserRowAct act, long id) => string.Create(CultureInfo.InvariantCulture, $"{WireNames.Value(act)}.{id}");

    /// <summary>What was pressed; null for what no button sends.</summary>
    internal (UserRowAct Act, long Id)? Read()
    {
        var parts = (Act ?? "").Split('.');
        return parts.Length == 2
            && Enum.GetValues<UserRowAct>().Where(a => WireNames.Value(a) == parts[0]).ToList() is [var act]
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                ? (act, id)
                : null;
    }
}

using System.Globalization;
using KohakuRiver.Auth.AspNetCore;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>How the names and values of form records stand in HTML. The one place that turns one into the other.</summary>
internal static class WireNames
{
    /// <summary>
    /// The field of a property, and of what a refusal names: the word of the HTTP contract, so that <c>DisplayName</c> and
    /// <c>display_name</c> are both <c>display_name</c>.
    /// </summary>
    internal static string Of(string property) => FieldNames.ToWire(property);

    /// <summary>The field that holds what another one held when the page was rendered.</summary>
    internal static string Loaded(string field) => "was_" + field;

    /// <summary>A value as a button, a choice or a hidden field sends it; null is nothing.</summary>
    internal static string? Value(object? value) => value switch
    {
        Enum choice => Of(choice.ToString()),
        bool isSet => isSet ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}

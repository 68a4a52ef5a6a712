using System.Globalization;

namespace KohakuRiver.Auth;

/// <summary>
/// A sentence with values in it, as it was composed: whoever shows it to people can say it in their language. The template is the key of
/// its translation, and the values go into the places of that.
/// </summary>
public sealed class RefusalText
{
    private readonly object[] arguments;

    /// <summary>Composes a sentence.</summary>
    /// <param name="template">
    /// The English sentence, with <c>{0}</c> and so on where values belong. What people wrote themselves is a value and no part of it.
    /// Without arguments it is taken as it is, braces included.
    /// </param>
    /// <param name="arguments">The values.</param>
    public RefusalText(string template, params object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(arguments);
        Template = template;
        this.arguments = [.. arguments];
    }

    /// <summary>The English sentence with its places.</summary>
    public string Template { get; }

    /// <summary>What belongs into the places; empty for a sentence without any.</summary>
    public IReadOnlyList<object> Arguments => arguments;

    /// <summary>The English sentence with the values in it.</summary>
    public override string ToString() =>
        arguments.Length == 0 ? Template : string.Format(CultureInfo.InvariantCulture, Template, arguments);
}

using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Components;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A form as it was sent, read by hand and strictly: known fields only, each at most once unless it is a list.</summary>
internal sealed class PanelForm
{
    private const long LargestBody = 64 * 1024;

    private readonly Dictionary<string, StringValues> values;

    private PanelForm(Dictionary<string, StringValues> values) => this.values = values;

    /// <summary>The fields as they were sent.</summary>
    internal IReadOnlyDictionary<string, StringValues> Values => values;

    /// <summary>The text of a field; null when it was not sent. Line ends are those of the web turned into plain ones.</summary>
    internal string? Text(string field) =>
        values.TryGetValue(field, out var sent) && sent.Count > 0 ? sent[0]!.ReplaceLineEndings("\n") : null;

    /// <summary>The text without space around it; null when it was not sent or is empty.</summary>
    internal string? Filled(string field) => Text(field)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Everything sent in a list.</summary>
    internal IReadOnlyList<string> List(string field) => values.TryGetValue(field, out var sent) ? [.. sent.Select(v => v ?? "")] : [];

    /// <summary>The field that holds what another one held when the page was made.</summary>
    internal static string Loaded(string field) => "was_" + field;

    /// <summary>
    /// The text of a field its reader changed; null when it is still what the page showed. So a page that was open for long undoes nothing
    /// of what others did meanwhile. A form that does not say what the page showed means all it sends.
    /// </summary>
    internal string? Changed(string field) => Text(field) is { } text && text != Text(Loaded(field)) ? text : null;

    /// <summary>What was added to and removed from a list since the page was made.</summary>
    /// <param name="field">The list.</param>
    /// <param name="otherwise">What it held, for a form that does not say what the page showed.</param>
    internal (IReadOnlyList<string> Added, IReadOnlyList<string> Removed) Changes(string field, IEnumerable<string> otherwise)
    {
        var before = Text(Loaded(field))?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? otherwise.ToArray();
        var now = List(field);
        return ([.. now.Except(before, StringComparer.Ordinal)], [.. before.Except(now, StringComparer.Ordinal)]);
    }

    /// <summary>Whether a box was ticked.</summary>
    internal bool IsTicked(string field) => values.ContainsKey(field);

    /// <summary>The ids in a list; a fault when one of them is none.</summary>
    internal IReadOnlyList<long> Ids(string field, FieldFaults faults) => Ids(field, List(field), faults);

    /// <summary>The ids among texts of a list; a fault of the list when one of them is none.</summary>
    internal static IReadOnlyList<long> Ids(string field, IReadOnlyList<string> texts, FieldFaults faults)
    {
        var ids = new List<long>();
        foreach (var text in texts)
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id is > 0 and <= FieldRules.LargestInteger)
            {
                ids.Add(id);
            }
            else
            {
                faults.Add(field, "This is not one of the choices.");
            }
        }

        return ids;
    }

    /// <summary>A whole number; null when empty; a fault when it is none.</summary>
    internal int? Number(string field, FieldFaults faults)
    {
        if (Filled(field) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.Add(field, "Must be a whole number.");
        return null;
    }

    /// <summary>
    /// Reads the request's form and checks it against the rules. Refusals: wrong type, too large, unknown or repeated fields.
    /// </summary>
    internal static async Task<KohakuResult<PanelForm>> ReadAsync(HttpContext http, FormRules rules)
    {
        var request = http.Request;
        if (request.ContentLength is > LargestBody)
        {
            return HttpRefusals.TooLarge;
        }

        if (request.ContentType?.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return PanelRefusals.NotAForm;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        IFormCollection sent;
        try
        {
            // Not Request.Form: the host's own limits may be far higher. Unless the host has read it already.
            sent = http.Features.Get<IFormFeature>()?.Form ?? await new FormFeature(request, new FormOptions
            {
                BufferBody = false,
                KeyLengthLimit = 64,
                ValueCountLimit = 700,
                ValueLengthLimit = (int)LargestBody,
            }).ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // Too many fields, or text that is none: the framework's reader takes no NUL either.
            return PanelRefusals.BadForm;
        }

        var read = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            var isList = rules.Lists.Contains(name, StringComparer.Ordinal);
            var known = isList || name == FormTokens.Field || rules.Fields.Contains(name, StringComparer.Ordinal);
            if (!known || (!isList && value.Count != 1))
            {
                return PanelRefusals.BadForm;
            }

            read[name] = value;
        }

        return new PanelForm(read);
    }
}

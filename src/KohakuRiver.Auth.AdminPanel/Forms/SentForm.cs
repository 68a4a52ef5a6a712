using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A form as it was sent, read by hand and strictly: known fields only, each at most once unless it is a list.</summary>
internal sealed class SentForm
{
    private const long LargestBody = 64 * 1024;

    private readonly Dictionary<string, StringValues> values;

    private SentForm(Dictionary<string, StringValues> values) => this.values = values;

    /// <summary>Nothing.</summary>
    internal static SentForm Empty { get; } = new([]);

    /// <summary>These fields, which were read before.</summary>
    internal static SentForm Of(Dictionary<string, StringValues> values) => new(values);

    /// <summary>The fields as they were sent, by their names in HTML.</summary>
    internal IReadOnlyDictionary<string, StringValues> Values => values;

    /// <summary>The text of a field; null when it was not sent. Line ends are those of the web turned into plain ones.</summary>
    internal string? Text(string field) =>
        values.TryGetValue(field, out var sent) && sent.Count > 0 ? sent[0]!.ReplaceLineEndings("\n") : null;

    /// <summary>Everything sent in a list.</summary>
    internal IReadOnlyList<string> List(string field) => values.TryGetValue(field, out var sent) ? [.. sent.Select(v => v ?? "")] : [];

    /// <summary>The same without some fields.</summary>
    internal SentForm Without(IEnumerable<string> fields)
    {
        var left = new Dictionary<string, StringValues>(values, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            left.Remove(field);
        }

        return new SentForm(left);
    }

    /// <summary>The same with other values in a list.</summary>
    internal SentForm With(string field, IEnumerable<string> list) =>
        new(new Dictionary<string, StringValues>(values, StringComparer.Ordinal) { [field] = list.ToArray() });

    /// <summary>
    /// Reads the request's form and checks it against its rules. Refusals: wrong type, too large, unknown or repeated fields.
    /// </summary>
    internal static async Task<KohakuResult<SentForm>> ReadAsync(HttpContext http, FormRules rules)
    {
        var request = http.Request;
        if (request.ContentLength is > LargestBody)
        {
            return HttpRefusals.TooLarge;
        }

        var type = request.ContentType?.Split(';')[0].Trim();
        if (type?.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
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

        var shape = rules.ShapeOf(sent.Keys);
        var read = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            var isToken = name == FormTokens.Field && value.Count == 1;
            if (!isToken && !shape.Allows(name, value.Count))
            {
                return PanelRefusals.BadForm;
            }

            read[name] = value;
        }

        return new SentForm(read);
    }
}

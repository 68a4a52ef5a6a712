using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Reads query parameters: one value each, in range, of the right form. Faults are collected; read
/// <see cref="Refusal"/> after the last one. Parameters that are not read are ignored; an empty value counts as absent.
/// </summary>
internal sealed class StrictQuery(IQueryCollection query)
{
    /// <summary>The most rows a page can have.</summary>
    internal const int MaxLimit = 500;

    private const int LongestText = 200;
    private const int LongestCursor = 1024;

    private readonly FieldFaults faults = new();

    internal StrictQuery(HttpContext context)
        : this(context.Request.Query)
    {
    }

    /// <summary>The faults so far; null when there are none.</summary>
    internal Refusal? Refusal =>
        faults.ToRefusal() is { Errors: { } errors } refusal ? refusal with { Errors = new SentNames(errors) } : null;

    /// <summary>Adds a fault that the caller has found.</summary>
    internal void Fault(string name, string message) => faults.Add(name, message);

    /// <summary>The same, with values in the sentence.</summary>
    internal void Fault(string name, RefusalText text) => faults.Add(name, text);

    /// <summary>What <see cref="Page"/> reads, for the OpenAPI document.</summary>
    /// <param name="usual">How many rows a page has if <c>limit</c> is absent.</param>
    internal static IEnumerable<QueryParameter> PageParameters(int usual) =>
    [
        QueryParameter.Int("limit", 1, MaxLimit, $"The maximum number of rows. Defaults to {usual}.", 50),
        QueryParameter.Text("cursor", LongestCursor, "Where the page begins: from the Link header of the previous page."),
    ];

    /// <summary><c>limit</c> and <c>cursor</c> together.</summary>
    /// <param name="order">The order the list is in; a cursor of another one is a fault.</param>
    /// <param name="usual">How many rows a page has if <c>limit</c> is absent.</param>
    internal PageRequest Page(string order, int usual = MaxLimit) => new(Limit(usual), Cursor(order));

    /// <summary><c>limit</c>, from 1 to <paramref name="most"/>.</summary>
    internal int Limit(int fallback, int most = MaxLimit) => Int("limit", 1, most) ?? fallback;

    /// <summary><c>offset</c>, from 0; 0 when absent.</summary>
    internal int Offset() => Int("offset", 0, int.MaxValue) ?? 0;

    /// <summary><c>cursor</c>, as <see cref="Paging"/> wrote it into a link; null for the first page.</summary>
    /// <param name="order">The order the list is in, when the cursor must be of it; null for any.</param>
    internal PageCursor? Cursor(string? order = null)
    {
        if (Single("cursor", LongestCursor) is not { } text)
        {
            return null;
        }

        if (PageCursor.TryDecode(text, out var cursor) && (order is null || cursor.Order == order) && IsPlace(cursor))
        {
            return cursor;
        }

        faults.Add("cursor", "cursor must be one from a Link header of the same list.");
        return null;
    }

    // Anybody can write a cursor: one whose sort value no list of ours could have produced is refused before any store sees it. Every id
    // is a place among ids.
    private static bool IsPlace(PageCursor cursor) =>
        cursor.Text?.Contains('\0') != true
        && cursor.Order.TrimStart('-') switch
        {
            "username" => cursor is { Text: not null, Number: null },
            "role" => cursor is { Text: null, Number: >= (long)Role.Anony and <= (long)Role.Admin },
            "created_at" => cursor is { Text: null, Number: { } number } && Instants.TryFromMicroseconds(number, out _),
            "last_login" => cursor.Text is null && (cursor.Number is not { } login || Instants.TryFromMicroseconds(login, out _)),
            _ => true,
        };

    /// <summary>A whole number in a range; null when absent or wrong.</summary>
    internal int? Int(string name, int least, int most)
    {
        if (Single(name, 12) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most)
        {
            return value;
        }

        faults.Add(
            name,
            most == int.MaxValue
                ? new RefusalText("{0} must be a whole number from {1}.", name, least)
                : new RefusalText("{0} must be a whole number from {1} to {2}.", name, least, most));
        return null;
    }

    /// <summary>An id; null when absent or wrong.</summary>
    internal long? Id(string name)
    {
        if (Single(name, 20) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && JsonIds.IsId(value))
        {
            return value;
        }

        faults.Add(name, new RefusalText("{0} must be an id, a whole number from 1.", name));
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>; null when absent or wrong.</summary>
    internal bool? Bool(string name)
    {
        switch (Single(name, 8))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                faults.Add(name, new RefusalText("{0} must be true or false.", name));
                return null;
        }
    }

    /// <summary>A time with its offset; null when absent or wrong.</summary>
    internal DateTimeOffset? Instant(string name)
    {
        if (Single(name, 40) is not { } text)
        {
            return null;
        }

        if (InstantText.TryParse(text, out var value))
        {
            return value;
        }

        faults.Add(name, new RefusalText("{0} must be a time such as {1}.", name, InstantText.Example));
        return null;
    }

    /// <summary>One of the exact names; null when absent or wrong.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="names">The names, for the message.</param>
    /// <param name="parse">Reads a name.</param>
    /// <typeparam name="T">The value.</typeparam>
    internal T? OneOf<T>(string name, IEnumerable<string> names, TryParse<T> parse)
        where T : struct
    {
        if (Single(name, 64) is not { } text)
        {
            return null;
        }

        if (parse(text, out var value))
        {
            return value;
        }

        faults.Add(name, new RefusalText("{0} must be one of {1}.", name, string.Join(", ", names)));
        return null;
    }

    /// <summary>One of the exact words; null when absent or wrong.</summary>
    internal string? OneOf(string name, params string[] words)
    {
        var text = Single(name, 64);
        if (text is null || words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        faults.Add(name, new RefusalText("{0} must be one of {1}.", name, string.Join(", ", words)));
        return null;
    }

    /// <summary>Text of at most so many characters; null when absent or wrong.</summary>
    internal string? Text(string name, int longest = LongestText) => Single(name, longest);

    private string? Single(string name, int longest)
    {
        StringValues values = query[name];
        if (values.Count > 1)
        {
            faults.Add(name, new RefusalText("{0} is sent more than once.", name));
            return null;
        }

        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
        {
            return null;
        }

        if (values[0]!.Contains('\0'))
        {
            faults.Add(name, new RefusalText("{0} must not contain NUL characters.", name));
            return null;
        }

        if (values[0]!.Length > longest)
        {
            faults.Add(name, new RefusalText("{0} is longer than {1} characters.", name, longest));
            return null;
        }

        return values[0];
    }

    /// <summary>Reads a name.</summary>
    internal delegate bool TryParse<T>(string text, out T value);
}

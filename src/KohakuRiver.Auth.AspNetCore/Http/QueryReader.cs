using System.Globalization;
using KohakuRiver.Auth.AspNetCore.Json;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore.Http;

/// <summary>
/// Reads query parameters: one value each, in range, of the right form. Faults are gathered; ask for
/// <see cref="Fault"/> after the last one. Parameters nobody reads are ignored; an empty value is an absent one.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>The most rows a page can have.</summary>
    internal const int LongestPage = 500;

    /// <summary>The rows of a page when nobody says how many.</summary>
    internal const int UsualPage = 100;

    private const int LongestText = 200;
    private const int LongestCursor = 1024;

    private readonly FieldFaults faults = new();

    /// <summary>The faults so far; null when there are none.</summary>
    internal Refusal? Fault => faults.ToRefusal();

    /// <summary>Notes a fault the caller found.</summary>
    internal void AddFault(string name, string message) => faults.Add(name, message);

    /// <summary><c>limit</c>, from 1 to 500, and <c>cursor</c>, as <see cref="Paging"/> wrote it into a link of a list in the same order.</summary>
    internal PageRequest Page(string order, int usual) => new((int)(Number("limit", 1, LongestPage) ?? usual), Cursor(order));

    private PageCursor? Cursor(string order)
    {
        if (Single("cursor", LongestCursor) is not { } text)
        {
            return null;
        }

        if (PageCursor.TryDecode(text, out var cursor) && cursor.Order == order)
        {
            return cursor;
        }

        faults.Add("cursor", "cursor must be one from a Link header of the same list.");
        return null;
    }

    /// <summary>A whole number in a range; null when absent or wrong.</summary>
    internal long? Number(string name, long least, long most)
    {
        if (Single(name, 20) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        faults.Add(name, $"{name} must be a whole number from {least} to {most}.");
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

        faults.Add(name, $"{name} must be an id, a whole number from 1.");
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>; null when absent or wrong.</summary>
    internal bool? Flag(string name)
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
                faults.Add(name, $"{name} must be true or false.");
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

        faults.Add(name, $"{name} {InstantText.Wanted}.");
        return null;
    }

    /// <summary>A role by its exact name; null when absent or wrong.</summary>
    internal Role? Role(string name)
    {
        var text = Choice(name, [.. RoleNames.All]);
        return RoleNames.TryParse(text, out var role) ? role : null;
    }

    /// <summary>One of the exact words; null when absent or wrong.</summary>
    internal string? Choice(string name, params string[] words)
    {
        var text = Single(name, 64);
        if (text is null || words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        faults.Add(name, $"{name} must be one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>Text of at most so many characters; null when absent or wrong.</summary>
    internal string? Text(string name, int maximum = LongestText) => Single(name, maximum);

    private string? Single(string name, int longest)
    {
        StringValues values = query[name];
        if (values.Count > 1)
        {
            faults.Add(name, $"{name} is sent more than once.");
            return null;
        }

        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
        {
            return null;
        }

        if (values[0]!.Length > longest)
        {
            faults.Add(name, $"{name} is longer than {longest} characters.");
            return null;
        }

        return values[0];
    }
}

using System.Globalization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The id of a row in an address: plain decimal digits from 1 to 2^53 - 1. Anything else names nothing; <see cref="RowIdFilter"/> answers
/// 404 then, so that a handler only ever sees an id.
/// </summary>
/// <param name="Value">The id; 0 for a text that is none.</param>
internal readonly record struct RowId(long Value)
{
    /// <summary>Whether the address names a row, be there one or not.</summary>
    internal bool IsId => Value != 0;

    /// <summary>Reads a part of an address. Always true: the framework answers what does not bind with an empty 400.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out RowId id)
    {
        var isId = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && JsonIds.IsId(value);
        id = new RowId(isId ? value : 0);
        return true;
    }
}

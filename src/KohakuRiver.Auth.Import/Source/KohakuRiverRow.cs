using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// The current row of a reader. In SQLite any column can hold any type, so each value's type is checked: a wrong type reads as
/// null and never fails the import.
/// </summary>
internal sealed class KohakuRiverRow
{
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal;

    private readonly SqliteDataReader reader;
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);

    public KohakuRiverRow(SqliteDataReader reader, TimeZoneInfo zone)
    {
        this.reader = reader;
        this.zone = zone;
        for (var i = 0; i < reader.FieldCount; i++)
        {
            columns[reader.GetName(i)] = i;
        }
    }

    /// <summary>The row's id, 0 where the table has none.</summary>
    public long Id => Number("id") ?? 0;

    public string? Text(string column) => Value(column) switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    public long? Number(string column) => Value(column) switch
    {
        long number => number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public int Small(string column) => (int)Math.Clamp(Number(column) ?? 0, int.MinValue, int.MaxValue);

    public bool? Flag(string column) => Number(column) switch
    {
        0 => false,
        1 => true,
        _ => null,
    };

    /// <summary>A local time of the old host.</summary>
    public DateTimeOffset? Instant(string column) => ToInstant(Text(column), earliest: false);

    /// <summary>The same for an expiry: a time that occurred twice is the first of the two, so nothing lives longer.</summary>
    public DateTimeOffset? Expiry(string column) => ToInstant(Text(column), earliest: true);

    private DateTimeOffset? ToInstant(string? text, bool earliest)
    {
        if (text is null
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time)
            || time.Year is < 1971 or > 9998)
        {
            return null;
        }

        if (time.Kind == DateTimeKind.Utc)
        {
            return new DateTimeOffset(time);
        }

        if (zone.IsAmbiguousTime(time))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(time);
            return new DateTimeOffset(time, earliest ? offsets.Max() : offsets.Min()).ToUniversalTime();
        }

        // A time skipped by the clock change: the offset before the change.
        var offset = zone.GetUtcOffset(time);
        return new DateTimeOffset(time, offset).ToUniversalTime();
    }

    private object? Value(string column) =>
        columns.TryGetValue(column, out var index) && !reader.IsDBNull(index) ? reader.GetValue(index) : null;
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What the details of some entries name by number or write as an instant. The log holds numbers, which stay right when a name changes;
/// a person reads names.
/// </summary>
internal static partial class AuditDetail
{
    // The actions whose details are the library's from end to end: what people write may look like the same.
    private static readonly HashSet<string> Read = new(StringComparer.Ordinal)
    {
        AuditActions.GroupMemberAdd, AuditActions.GroupMemberRemove, AuditActions.VpsAssign, AuditActions.VpsUnassign,
        AuditActions.InvitationCreate, AuditActions.TokenCreate,
    };

    /// <summary>One piece of a detail.</summary>
    /// <param name="Text">As it was written down.</param>
    /// <param name="Kind">"user" or "group" for a number of one, "time" for an instant, null for anything else.</param>
    /// <param name="Id">The number.</param>
    /// <param name="At">The instant.</param>
    internal readonly record struct Piece(string Text, string? Kind = null, long Id = 0, DateTimeOffset At = default);

    /// <summary>The pieces of an entry's detail, in order; none without one.</summary>
    internal static IEnumerable<Piece> Of(AuditEntry entry)
    {
        if (entry.Detail is not { Length: > 0 } detail)
        {
            yield break;
        }

        var done = 0;
        foreach (var found in Read.Contains(entry.Action) ? Named().Matches(detail) : Enumerable.Empty<Match>())
        {
            if (found.Index > done)
            {
                yield return new Piece(detail[done..found.Index]);
            }

            yield return PieceOf(found);
            done = found.Index + found.Length;
        }

        if (done < detail.Length)
        {
            yield return new Piece(detail[done..]);
        }
    }

    private static Piece PieceOf(Match found)
    {
        var kind = found.Groups["kind"];
        return kind.Success
            ? long.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? new Piece(found.Value, kind.Value, id)
                : new Piece(found.Value)
            : DateTimeOffset.TryParse(found.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? new Piece(found.Value, "time", At: at)
                : new Piece(found.Value);
    }

    // An instant; "user 7", and in a list "users [7, 9], groups [3]".
    [GeneratedRegex(
        @"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|(?<=\b(?<kind>user|group)( |s \[[\d, ]*))\d+",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Named();
}

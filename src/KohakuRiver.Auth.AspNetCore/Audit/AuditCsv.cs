using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Audit entries as CSV (RFC 4180) that a spreadsheet reads as data, whatever it takes for the separator (OWASP ASVS 1.2.10). Texts stand
/// in quotes; numbers and times do not. A single quote comes before whatever would begin a formula: at the start of a text, and after each
/// character inside it that may separate cells elsewhere, because there the quotes around the text count for nothing.
/// </summary>
internal static class AuditCsv
{
    /// <summary>Without it spreadsheets read names in the encoding of their machine.</summary>
    internal const string ByteOrderMark = "\uFEFF";

    internal const string Header = "id,at,actor_id,actor,credential,ip,action,target_type,target_id,target,outcome,detail,operation_id\r\n";

    internal static string Row(AuditResponse entry) => string.Join(
        ',',
        entry.Id.ToString(CultureInfo.InvariantCulture),
        InstantText.Write(entry.At),
        entry.ActorId?.ToString(CultureInfo.InvariantCulture),
        Cell(entry.Actor),
        Cell(entry.Credential),
        Cell(entry.Ip),
        Cell(entry.Action),
        Cell(entry.TargetType),
        Cell(entry.TargetId),
        Cell(entry.Target),
        Cell(entry.Outcome),
        Cell(entry.Detail),
        Cell(entry.OperationId.ToString())) + "\r\n";

    /// <summary>A text in quotes that begins no formula; nothing at all for null.</summary>
    internal static string Cell(string? value)
    {
        if (value is null)
        {
            return "";
        }

        var cell = new StringBuilder(value.Length + 8).Append('"');
        var isStart = true;
        for (var at = 0; at < value.Length; at++)
        {
            if (isStart && (BeginsFormula(value.AsSpan(at)) || (at == 0 && value[0] is '\t' or '\r' or '\n')))
            {
                cell.Append('\'');
            }

            cell.Append(value[at] == '"' ? "\"\"" : value[at].ToString());
            isStart = value[at] is ',' or ';' or '|' or '\t' or '\r' or '\n';
        }

        return cell.Append('"').ToString();
    }

    // Spreadsheets look past quotes and blanks, and people past what they do not see.
    private static bool BeginsFormula(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20')
            {
                return true;
            }

            if (c is not ('"' or ' ' or '\u3000') && !VisibleText.HasHidden(c.ToString(), TextKind.Code))
            {
                return false;
            }
        }

        return false;
    }
}

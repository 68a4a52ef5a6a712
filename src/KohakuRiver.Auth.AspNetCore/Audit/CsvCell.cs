using System.Text;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// A cell of CSV (RFC 4180) that a spreadsheet reads as data, whatever it takes for the separator (OWASP ASVS 1.2.10). Texts stand in
/// quotes; numbers and times do not. A single quote comes before whatever would begin a formula: at the start of a text, and after each
/// character inside it that may separate cells elsewhere, because there the quotes around the text count for nothing.
/// </summary>
/// <remarks>Needs nothing of this library: the command line is built with this file, so that there is one rule.</remarks>
internal static class CsvCell
{
    /// <summary>A text in quotes that begins no formula; nothing at all for null.</summary>
    internal static string Of(string? value)
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

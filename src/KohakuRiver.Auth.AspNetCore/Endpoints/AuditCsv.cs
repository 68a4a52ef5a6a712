using System.Globalization;
using KohakuRiver.Auth.AspNetCore.Contracts;
using KohakuRiver.Auth.AspNetCore.Json;

namespace KohakuRiver.Auth.AspNetCore.Endpoints;

/// <summary>
/// Audit entries as CSV (RFC 4180). A cell that a spreadsheet would take for a formula starts with a single quote (OWASP ASVS 1.2.10).
/// </summary>
internal static class AuditCsv
{
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
        entry.Outcome,
        Cell(entry.Detail),
        entry.OperationId.ToString()) + "\r\n";

    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

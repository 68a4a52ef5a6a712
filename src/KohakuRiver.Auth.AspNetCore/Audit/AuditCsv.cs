using System.Globalization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Audit entries as CSV, in cells that a spreadsheet reads as data (<see cref="CsvCell"/>).</summary>
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
        CsvCell.Of(entry.Actor),
        CsvCell.Of(entry.Credential),
        CsvCell.Of(entry.Ip),
        CsvCell.Of(entry.Action),
        CsvCell.Of(entry.TargetType),
        CsvCell.Of(entry.TargetId),
        CsvCell.Of(entry.Target),
        CsvCell.Of(entry.Outcome),
        CsvCell.Of(entry.Detail),
        CsvCell.Of(entry.OperationId.ToString())) + "\r\n";
}

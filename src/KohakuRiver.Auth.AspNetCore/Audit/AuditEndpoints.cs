using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The audit log: pages as JSON, all of it as CSV or JSON Lines.</summary>
internal static class AuditEndpoints
{
    private const int UsualRows = 100;
    private const int LongestName = 100;
    private const int LongestTarget = 200;

    private static readonly string[] Formats = ["json", "csv", "jsonl"];

    internal static void Map(RouteGroupBuilder api) =>
        api.Under("Audit", "Who did what.")
            .MapGet("/auth/audit", ListAsync)
            .RequirePermission(Permissions.ViewAudit)
            .Describe(
                "listAudit",
                "Read the audit log",
                "Newest first. format=csv and format=jsonl stream everything that matches; such an export is itself recorded.")
            .Pages(
                AuditExamples.Entry,
                [
                    QueryParameter.Text("actor", LongestName, "Only entries of this user, by the whole name.", "ada"),
                    QueryParameter.Text(
                        "action", LongestName, "Only entries of this action, or of all that begin with it and a dot.", "user"),
                    QueryParameter.Text("target", LongestTarget, "Only entries about this whole name or id."),
                    QueryParameter.OneOf("outcome", AuditOutcomeNames.All, "Only entries with this outcome.", "refused"),
                    QueryParameter.Instant("from", "Only entries from this time on.", "2026-03-01T00:00:00Z"),
                    QueryParameter.Instant("to", "Only entries before this time."),
                    QueryParameter.OneOf(
                        "format", Formats, "json for pages, csv or jsonl for everything that matches, as a file.", "json"),
                ],
                UsualRows)
            .AlsoAs("text/csv", "A header line and a line for each entry.", AuditCsv.Header)
            .AlsoAs("application/jsonl", "A JSON object in each line.", AuditExamples.Lines);

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, IAuditService audit, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var format = query.OneOf("format", Formats) ?? "json";
        var wanted = new AuditQuery
        {
            Actor = query.Text("actor", LongestName),
            Action = query.Text("action", LongestName),
            Target = query.Text("target", LongestTarget),
            Outcome = query.OneOf<AuditOutcome>("outcome", AuditOutcomeNames.All, AuditOutcomeNames.TryParse),
            From = query.Instant("from"),
            To = query.Instant("to"),
            Page = query.Page("-id", UsualRows),
        };
        if (query.Refusal is { } fault)
        {
            return Replies.Refused(fault);
        }

        if (format == "json")
        {
            return Replies.Page(http, await audit.ListAsync(actor, wanted, cancellationToken), entry => entry.ToResponse());
        }

        var export = audit.Export(actor, wanted, format, cancellationToken);
        return export.IsSuccess ? await StreamAsync(http, format, export.Value, cancellationToken) : Replies.Refused(export.Refusal);
    }

    /// <summary>Everything in the export as <c>csv</c> or <c>jsonl</c>, as a file to keep.</summary>
    internal static async Task<IResult> StreamAsync(
        HttpContext http, string format, AuditExport export, CancellationToken cancellationToken)
    {
        var csv = format == "csv";

        // The first row is fetched before anything is sent: a database that does not answer is a 503, not half a file.
        var entries = export.Entries.GetAsyncEnumerator(cancellationToken);
        http.Response.RegisterForDisposeAsync(entries);
        var more = await entries.MoveNextAsync();
        return Results.Stream(
            async body =>
            {
                await using var writer = new StreamWriter(body, leaveOpen: true);
                if (csv)
                {
                    await writer.WriteAsync(AuditCsv.ByteOrderMark + AuditCsv.Header);
                }

                for (; more; more = await entries.MoveNextAsync())
                {
                    var row = entries.Current.ToResponse();
                    await writer.WriteAsync(
                        csv ? AuditCsv.Row(row) : JsonSerializer.Serialize(row, ContractsJson.ReadableOf<AuditResponse>()) + "\n");
                }
            },
            csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
            csv ? "audit.csv" : "audit.jsonl");
    }
}

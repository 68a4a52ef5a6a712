using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The audit log: pages as JSON, all of it as CSV or JSON Lines.</summary>
internal static class AuditEndpoints
{
    internal static void Map(RouteGroupBuilder api) =>
        api.MapGet("/auth/audit", ListAsync).RequirePermission(Permissions.ViewAudit)
            .Describe(
                "listAudit",
                "Read the audit log",
                "Newest first. format=csv and format=jsonl stream everything that matches; such an export is itself recorded.")
            .Pages<AuditResponse>("actor", "action", "target", "outcome", "from", "to", "format");

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, IAuditService audit, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var format = query.OneOf("format", "json", "csv", "jsonl") ?? "json";
        var wanted = new AuditQuery
        {
            Actor = query.Text("actor", 100),
            Action = query.Text("action", 100),
            Target = query.Text("target", 200),
            Outcome = query.OneOf<AuditOutcome>("outcome", AuditOutcomeNames.All, AuditOutcomeNames.TryParse),
            From = query.Instant("from"),
            To = query.Instant("to"),
            Page = query.Page("-id", usual: 100),
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
                        csv ? AuditCsv.Row(row) : JsonSerializer.Serialize(row, ContractsJson.Strict.AuditResponse) + "\n");
                }
            },
            csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
            csv ? "audit.csv" : "audit.jsonl");
    }
}

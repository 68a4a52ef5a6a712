using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Audit;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The audit log: filter, page, export.</summary>
internal static class AuditEndpoints
{
    // Each row carries its whole entry.
    private const int PageSize = 50;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/audit", ListAsync).RequirePermission(Permissions.ViewAudit);
        panel.Page("/audit/export", ExportAsync).RequirePermission(Permissions.ViewAudit);
    }

    private static async Task<IResult> ListAsync(PanelContext panel, IAuditService audit)
    {
        var query = new StrictQuery(panel.Http);
        var place = PagePlace.Read(query, "-id");
        var wanted = Read(query) with { Page = new PageRequest(PageSize, place.Cursor) };
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var page = await audit.ListAsync(panel.Actor, wanted, panel.Ct);
        return page.IsSuccess
            ? PanelAnswers.Page<AuditPage>(new AuditModel(
                wanted, place, page.Value, query.Text("from"), query.Text("to"), query.Text("from_offset"), query.Text("to_offset")))
            : PanelAnswers.Refused(page.Refusal);
    }

    private static async Task<IResult> ExportAsync(PanelContext panel, IAuditService audit)
    {
        var query = new StrictQuery(panel.Http);
        var format = query.OneOf("format", "csv", "jsonl") ?? "csv";
        var wanted = Read(query);
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var export = audit.Export(panel.Actor, wanted, format, panel.Ct);
        return export.IsSuccess
            ? await AspNetCore.AuditEndpoints.StreamAsync(panel.Http, format, export.Value, panel.Ct)
            : PanelAnswers.Refused(export.Refusal);
    }

    private static AuditQuery Read(StrictQuery query) => new()
    {
        Actor = query.Text("actor", 100),
        Action = query.Text("action", 100),
        Target = query.Text("target", 200),
        Outcome = query.OneOf<AuditOutcome>("outcome", AuditOutcomeNames.All, AuditOutcomeNames.TryParse),
        From = Day(query, "from") is { } from ? DayOffset.StartOf(from, Offset(query, "from_offset")) : null,
        To = Day(query, "to") is { } to ? DayOffset.EndOf(to, Offset(query, "to_offset")) : null,
    };

    private static int? Offset(StrictQuery query, string name) => query.Int(name, -DayOffset.Most, DayOffset.Most);

    private static DateOnly? Day(StrictQuery query, string name)
    {
        if (query.Text(name, 20) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue)
        {
            return day;
        }

        query.Fault(name, new RefusalText("{0} must be a day such as {1}.", name, "2026-01-31"));
        return null;
    }
}

using KohakuRiver.Auth;
using Microsoft.AspNetCore.Mvc;

namespace KohakuRiver.SampleHost;

/// <summary>The VPS instances: operators create and delete them, assigned users use them.</summary>
internal static class VpsEndpoints
{
    private const string One = "/api/vps/{vps_id}";

    private static readonly string[] ActiveStatuses = ["pending", "assigning", "running", "paused"];

    public static void MapVps(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/vps", ListAsync).RequirePermission(Permissions.ViewNodes);
        app.MapGet("/api/vps/status", ListActiveAsync).RequirePermission(Permissions.ViewNodes);
        app.MapGet("/api/vps/my", ListOwnAsync).RequirePermission(Permissions.ManageOwnAccount);
        app.MapPost("/api/vps", CreateAsync).RequirePermission(Permissions.ManageVps);
        app.MapDelete(One, DeleteAsync).RequirePermission(Permissions.ManageVps).TakesNoForm();
        app.MapPost(One + "/exec", ExecAsync).RequireVpsAccess("vps_id");

        // What KohakuRiver has there and this host has not: otherwise DELETE above would answer other methods with 405.
        app.Map(One, static () => Answers.NotFound("This host has no such call.")).RequirePermission(Permissions.ViewNodes);
    }

    private static async Task<IResult> ListAsync(Actor actor, VpsViews instances, CancellationToken cancellationToken) =>
        Show(await instances.ListAsync(actor, VpsViews.SeesAll(actor), _ => true, cancellationToken));

    // What runs or is about to.
    private static async Task<IResult> ListActiveAsync(Actor actor, VpsViews instances, CancellationToken cancellationToken) =>
        Show(await instances.ListAsync(actor, VpsViews.SeesAll(actor), v => ActiveStatuses.Contains(v.Status), cancellationToken));

    private static async Task<IResult> ListOwnAsync(Actor actor, VpsViews instances, CancellationToken cancellationToken) =>
        Show(await instances.ListAsync(actor, all: false, _ => true, cancellationToken));

    private static IResult Show(KohakuResult<IReadOnlyList<VpsBody>> rows) =>
        rows.IsSuccess ? Results.Ok(rows.Value) : Answers.Refused(rows.Refusal);

    private static async Task<IResult> CreateAsync(
        CreateVpsRequest body, Actor actor, VpsStore instances, NodeStore nodes, LocalNode local, HostIds ids, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var node = body.Node ?? local.Hostname;
        var fault = new FieldFaults()
            .Add(
                "name",
                FieldRules.DisplayName(body.Name) is { } wrong ? wrong.Replace("display name", "name", StringComparison.Ordinal) : null)
            .Add("node", (await nodes.ListAsync(cancellationToken)).Any(n => n.Hostname == node) ? null : "There is no such node.")
            .ToRefusal();
        if (fault is not null)
        {
            return Answers.Refused(fault);
        }

        var row = new VpsRow
        {
            Id = ids.Next(),
            Name = body.Name!.Trim(),
            Node = node,
            Status = "running",
            OwnerUsername = actor.Username,
            CreatedAt = clock.GetInstant(),
        };
        await instances.AddAsync(row, cancellationToken);
        return Results.Json(VpsBody.Of(row, [], actor), statusCode: StatusCodes.Status201Created);
    }

    // The instance first: once it is gone it can no longer be assigned, so assignments removed after that stay removed. Repeating the
    // call completes what a crash in between left undone.
    private static async Task<IResult> DeleteAsync(
        [FromRoute(Name = "vps_id")] string vpsId, Actor actor, VpsStore instances, IVpsAccessService access,
        CancellationToken cancellationToken)
    {
        if (!HostIds.TryRead(vpsId, out var id))
        {
            return Answers.NotFound("There is no such VPS.");
        }

        var removed = await instances.TryRemoveAsync(id, cancellationToken);
        var forgotten = await access.ForgetVpsAsync(actor, vpsId, cancellationToken);
        if (!forgotten.IsSuccess)
        {
            return Answers.Refused(forgotten.Refusal);
        }

        return removed || forgotten.Value > 0 ? Results.Ok(new { Message = "VPS deleted." }) : Answers.NotFound("There is no such VPS.");
    }

    private static async Task<IResult> ExecAsync(
        [FromRoute(Name = "vps_id")] string vpsId, ExecRequest body, Actor actor, VpsStore instances, VpsExec exec,
        CancellationToken cancellationToken)
    {
        if (await instances.FindRowAsync(vpsId, cancellationToken) is null)
        {
            return Answers.NotFound("There is no such VPS.");
        }

        var outcome = await exec.RunAsync(vpsId, actor, body, cancellationToken);
        return outcome.IsSuccess ? Results.Ok(outcome.Value) : Answers.Refused(outcome.Refusal);
    }
}

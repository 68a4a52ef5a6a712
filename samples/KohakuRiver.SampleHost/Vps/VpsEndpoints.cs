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

    // <snippet:calls>
    private static async Task<IResult> CreateAsync(
        CreateVpsRequest body, Actor actor, IVpsLifecycleService lifecycle, VpsStore instances, CancellationToken cancellationToken)
    {
        var made = await lifecycle.CreateAsync(actor, new VpsRequest { Name = body.Name, Node = body.Node }, cancellationToken);
        return !made.IsSuccess ? Answers.Refused(made.Refusal)
            : await instances.FindRowAsync(made.Value.VpsId, cancellationToken) is { } row
                ? Results.Json(VpsBody.Of(row, [], actor), statusCode: StatusCodes.Status201Created)
            : Answers.NotFound("There is no such VPS.");
    }

    private static async Task<IResult> DeleteAsync(
        [FromRoute(Name = "vps_id")] string vpsId, Actor actor, IVpsLifecycleService lifecycle, CancellationToken cancellationToken)
    {
        var deleted = await lifecycle.DeleteAsync(actor, vpsId, cancellationToken);
        return deleted.IsSuccess ? Results.Ok(new { Message = "VPS deleted." }) : Answers.Refused(deleted.Refusal);
    }
    // </snippet:calls>

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

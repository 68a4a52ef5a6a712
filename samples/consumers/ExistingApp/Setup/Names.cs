// <snippet:names>
using KohakuRiver.Auth;
// </snippet:names>

namespace Workshop.Setup;

/// <summary>Names that both the app and the library have.</summary>
internal static class Names
{
    internal static void Map(WebApplication app)
    {
        // <snippet:names>
        // Of two methods of this name with the same parameters, the one meant is called as what it is: a static method.
        WorkshopPermissionExtensions.RequirePermission(app.MapGet("/machines", Machines), nameof(Permission.ViewMachines));
        KohakuEndpointConventionExtensions.RequirePermission(app.MapGet("/nodes", () => "Nodes"), PermissionNames.ViewNodes);

        // An argument that only one of them takes says enough, and so does a policy's name, which is no method at all.
        app.MapGet("/machines/first", () => Machines().Items[0]).RequirePermission(Permission.ViewMachines);
        app.MapGet("/nodes/first", () => "Node").RequirePermission(Permissions.ViewNodes);
        app.MapGet("/nodes/last", () => "Node").RequireAuthorization(PermissionNames.ViewNodes);
        // </snippet:names>
    }

    private static Page<Session> Machines() =>
        new([.. new Group("saws", [new Actor("saw")]).Machines.Select(machine => new Session(machine, new DateOnly(2026, 11, 3)))], null);
}

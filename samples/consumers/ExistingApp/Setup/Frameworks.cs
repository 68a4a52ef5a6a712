// <snippet:pages>
using KohakuRiver.Auth;
// </snippet:pages>
// <snippet:blazor>
using Workshop.Components;
// </snippet:blazor>
// <snippet:map-grpc>
using Microsoft.AspNetCore.HttpLogging;
using Workshop.Grpc;
// </snippet:map-grpc>
// <snippet:map-hub>
using Workshop.Hubs;
// </snippet:map-hub>

namespace Workshop.Setup;

/// <summary>Controllers, pages, components, hubs and gRPC.</summary>
internal static class Frameworks
{
    internal static void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddControllers();

        // <snippet:pages>
        builder.Services.AddRazorPages(o => o.Conventions.AuthorizeFolder("/Operators", PermissionNames.ApproveTasks));
        // </snippet:pages>

        // <snippet:map-hub>
        builder.Services.AddSignalR().AddKohakuHubFilter();
        // </snippet:map-hub>

        // <snippet:blazor>
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCascadingAuthenticationState();
        // </snippet:blazor>

        // <snippet:map-grpc>
        builder.Services.AddGrpc();
        // </snippet:map-grpc>
    }

    internal static void Map(WebApplication app)
    {
        app.MapControllers();

        // <snippet:pages>
        app.MapRazorPages();
        // </snippet:pages>

        // <snippet:map-hub>
        app.MapHub<MachineHub>("/hubs/machines").AllowAnyActor();
        // </snippet:map-hub>

        // <snippet:blazor>
        // Also for the connection of the circuits, whose user would otherwise be the one of the app's default scheme.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().AllowAnyActor();
        // </snippet:blazor>

        // <snippet:map-grpc>
        // HTTP logging of answers' bodies swallows those of gRPC, in any app.
        app.MapGrpcService<MachineService>()
            .WithHttpLogging(HttpLoggingFields.RequestPropertiesAndHeaders | HttpLoggingFields.ResponsePropertiesAndHeaders);
        // </snippet:map-grpc>
    }
}

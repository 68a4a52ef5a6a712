// <snippet:proxy>
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;
// </snippet:proxy>

namespace Workshop.Setup;

/// <summary>A page of another server, which only some may see.</summary>
internal static class Proxy
{
    internal static void AddServices(WebApplicationBuilder builder)
    {
        // <snippet:proxy>
        var route = new RouteConfig
        {
            RouteId = "camera",
            ClusterId = "camera",
            AuthorizationPolicy = PermissionNames.ViewTasks,
            Match = new RouteMatch { Path = "/camera/{**rest}" },
        };

        // The other server is not to receive what its visitors are known by here.
        route = route
            .WithTransformRequestHeaderRemove("Cookie")
            .WithTransformRequestHeaderRemove("Authorization")
            .WithTransformRequestHeaderRemove(KohakuAuthDefaults.MasterHeader)
            .WithTransformRequestHeaderRemove(KohakuAuthDefaults.MasterHeaderAlias);
        var cluster = new ClusterConfig
        {
            ClusterId = "camera",
            Destinations = new Dictionary<string, DestinationConfig>
            {
                ["one"] = new() { Address = builder.Configuration["Camera:Address"] ?? "http://127.0.0.1:9" },
            },
        };
        builder.Services.AddReverseProxy().LoadFromMemory([route], [cluster]);
        // </snippet:proxy>
    }

    internal static void Map(WebApplication app)
    {
        // <snippet:proxy>
        app.MapReverseProxy();
        // </snippet:proxy>
    }
}

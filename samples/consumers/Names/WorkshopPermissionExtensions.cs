namespace Workshop;

/// <summary>What the app has called by this name long before the library came.</summary>
public static class WorkshopPermissionExtensions
{
    /// <summary>Users of the app's own with this permission.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireClaim("workshop", permission));
}

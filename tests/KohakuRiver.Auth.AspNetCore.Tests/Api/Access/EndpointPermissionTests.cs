using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Access;

/// <summary>
/// What each endpoint asks for at its door, against a table written by hand from the HTTP contract. The services behind the doors refuse
/// too, so a door that is too wide is not seen by calling.
/// </summary>
public sealed class EndpointPermissionTests
{
    private const string All = "all";

    // Call, lowest role, permission. By hand, from the contract: never from what is mapped.
    private static readonly (string Call, string Role, string Permission)[] Table =
    [
        ("GET /api/auth/status", All, ""),
        ("POST /api/auth/login", All, ""),
        ("POST /api/auth/logout", All, ""),
        ("POST /api/auth/register", All, ""),
        ("POST /api/auth/reset", All, ""),
        ("GET /api/auth/me", All, ""),
        ("PATCH /api/auth/me", "viewer", "account.manage"),
        ("POST /api/auth/password", "own password", ""),
        ("GET /api/auth/sessions", "viewer", "account.manage"),
        ("DELETE /api/auth/sessions/{id}", "viewer", "account.manage"),
        ("GET /api/auth/identities", "viewer", "account.manage"),
        ("POST /api/auth/identities/{provider}", "viewer", "account.manage"),
        ("DELETE /api/auth/identities/{id}", "viewer", "account.manage"),
        ("GET /api/auth/tokens", "viewer", "account.manage"),
        ("POST /api/auth/tokens", "viewer", "account.manage"),
        ("POST /api/auth/tokens/create", "viewer", "account.manage"),
        ("DELETE /api/auth/tokens/{id}", "viewer", "account.manage"),
        ("GET /api/auth/vps", "viewer", "account.manage"),
        ("GET /api/auth/vps/unknown", "operator", "vps.manage"),
        ("GET /api/approvals", "viewer", "tasks.view"),
        ("POST /api/withdraw/{task_id}", "viewer", "account.manage"),
        ("GET /api/openapi.json", "viewer", "nodes.view"),

        ("GET /api/auth/users", "operator", "users.list"),
        ("GET /api/auth/users/{id}", "operator", "users.list"),
        ("GET /api/auth/groups", "operator", "users.list"),
        ("GET /api/auth/groups/{id}", "operator", "users.list"),
        ("GET /api/auth/groups/{id}/members", "operator", "users.list"),
        ("GET /api/auth/invitations", "operator", "invitations.create"),
        ("POST /api/auth/invitations", "operator", "invitations.create"),
        ("POST /api/auth/invitations/create", "operator", "invitations.create"),
        ("DELETE /api/auth/invitations/{id}", "operator", "invitations.create"),
        ("GET /api/tasks/pending-approval", "operator", "tasks.approve"),
        ("GET /api/tasks/pending-approval/count", "operator", "tasks.approve"),
        ("GET /api/tasks/pending-approval/events", "operator", "tasks.approve"),
        ("POST /api/approve/{task_id}", "operator", "tasks.approve"),
        ("POST /api/reject/{task_id}", "operator", "tasks.approve"),
        ("POST /api/vps/{vps_id}/assign", "operator", "vps.manage"),
        ("DELETE /api/vps/{vps_id}/assign/{user_id}", "operator", "vps.manage"),
        ("DELETE /api/vps/{vps_id}/assign/groups/{group_id}", "operator", "vps.manage"),
        ("GET /api/vps/{vps_id}/assignments", "operator", "vps.manage"),

        ("POST /api/auth/users", "admin", "users.manage"),
        ("PATCH /api/auth/users/{id}", "admin", "users.manage"),
        ("PUT /api/auth/users/{id}/role", "admin", "users.manage"),
        ("PUT /api/auth/users/{id}/password", "admin", "users.manage"),
        ("POST /api/auth/users/{id}/reset-link", "admin", "users.manage"),
        ("POST /api/auth/users/{id}/unlock", "admin", "users.manage"),
        ("DELETE /api/auth/users/{id}", "admin", "users.manage"),
        ("GET /api/auth/users/{id}/sessions", "admin", "users.manage"),
        ("DELETE /api/auth/users/{id}/sessions", "admin", "users.manage"),
        ("GET /api/auth/users/{id}/identities", "admin", "users.manage"),
        ("DELETE /api/auth/users/{id}/identities/{identity_id}", "admin", "users.manage"),
        ("POST /api/auth/groups", "admin", "users.manage"),
        ("PATCH /api/auth/groups/{id}", "admin", "users.manage"),
        ("DELETE /api/auth/groups/{id}", "admin", "users.manage"),
        ("PUT /api/auth/groups/{id}/members/{user_id}", "admin", "users.manage"),
        ("DELETE /api/auth/groups/{id}/members/{user_id}", "admin", "users.manage"),
        ("GET /api/auth/settings", "admin", "settings.manage"),
        ("PATCH /api/auth/settings", "admin", "settings.manage"),
        ("GET /api/auth/audit", "admin", "audit.view"),
    ];

    [Fact]
    [Trait("Requirement", "V8.2.1")]
    public async Task Endpoint_EachOneMapped_AsksForWhatTheTableSays()
    {
        await using var host = await TestHost.StartApiAsync();
        var permissions = host.Get<PermissionTable>();
        var mapped = host.Application.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => Describe($"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint.Metadata, permissions)));

        Assert.Equal(
            Table.Select(r => $"{r.Call}: {r.Role} {r.Permission}").Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    private static string Describe(string call, EndpointMetadataCollection metadata, PermissionTable permissions)
    {
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return $"{call}: {All} ";
        }

        var asked = metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(p => p.Requirements)
            .Where(r => r is not KohakuRequirement.FromSameOrigin).ToList();
        return asked switch
        {
            [KohakuRequirement.Holding holding] => permissions.TryFind(holding.PermissionName, out var permission)
                ? $"{call}: {permission.MinimumRole.ToName()} {holding.PermissionName}"
                : $"{call}: nobody {holding.PermissionName}",
            [KohakuRequirement.ChangingOwnPassword] => $"{call}: own password ",
            [KohakuRequirement.AnyActor] => $"{call}: {All} ",
            _ => $"{call}: {string.Join(", ", asked)}",
        };
    }
}

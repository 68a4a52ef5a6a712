using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>
/// What each page and form of the panel asks for at its door, against a table written by hand. The services behind the doors refuse too, so
/// a door that is too wide is not seen by calling.
/// </summary>
public sealed class PanelPermissionTests(FilledHost filled) : IClassFixture<FilledHost>
{
    private const string All = "all";
    private const string Somebody = "somebody";
    private const string Known = "known";
    private const string Id = "{id:long:min(1)}";

    // By hand, from who may do what: never from what is mapped.
    private static readonly (string Asks, string[] Routes)[] Table =
    [
        (All, [
            "GET /login", "POST /login", "GET /register", "POST /register", "GET /setup", "POST /setup", "GET /reset", "POST /reset",
            "POST /theme", "GET /assets/{file}"]),
        (Somebody, ["GET ", "POST /logout", "POST /session/stay", "GET /change-password"]),
        ("own password", ["POST /change-password"]),
        (Known, ["ANY /{**rest}"]),
        ("account.manage", [
            "GET /account", "GET /account/vps", "POST /account/name", "POST /account/language", "POST /account/password",
            $"POST /account/sessions/{Id}/end",
            "POST /account/identities/link", $"POST /account/identities/{Id}/unlink",
            "GET /tokens", "POST /tokens", $"POST /tokens/{Id}/revoke", "GET /search"]),
        ("nodes.view", ["GET /nodes"]),
        ("tasks.view", ["GET /tasks", "GET /tasks/{taskId}", "POST /tasks/{taskId}/kill", "POST /tasks/{taskId}/withdraw"]),
        ("tasks.submit", ["GET /tasks/~new", "POST /tasks/~new"]),
        ("tasks.approve", ["GET /approvals", "GET /approvals/history", "GET /approvals/events", "POST /approvals/decide",
            $"GET /approvals/people/{Id}", $"POST /approvals/people/{Id}/decide", "POST /tasks/{taskId}/decide",
            "POST /overview/decide"]),
        ("vps.manage", [
            "GET /vps", "GET /vps/~find", "GET /vps/{vpsId}", "POST /vps/{vpsId}/assign", $"POST /vps/{{vpsId}}/users/{Id}/remove",
            $"POST /vps/{{vpsId}}/groups/{Id}/remove", "GET /vps/~new", "POST /vps/~new", "GET /vps/{vpsId}/delete",
            "POST /vps/{vpsId}/delete"]),
        ("users.list", ["GET /users", $"GET /users/{Id}", "GET /groups", $"GET /groups/{Id}"]),
        ("invitations.create", ["GET /invitations", "GET /invitations/new", "POST /invitations/new", $"POST /invitations/{Id}/revoke"]),
        ("users.manage", [
            "POST /users/bulk", "GET /users/new", "POST /users/new", $"POST /users/{Id}/details", "POST /users/row",
            $"POST /users/{Id}/revoke-tokens", $"POST /users/{Id}/must-change",
            $"POST /users/{Id}/active", $"POST /users/{Id}/unlock", $"POST /users/{Id}/password", $"POST /users/{Id}/end-sessions",
            $"POST /users/{Id}/sessions/{{session:long:min(1)}}/end",
            $"POST /users/{Id}/identities/{{identity:long:min(1)}}/unlink",
            $"POST /users/{Id}/reset-link", $"GET /users/{Id}/delete", $"POST /users/{Id}/delete",
            "POST /groups", $"POST /groups/{Id}", $"POST /groups/{Id}/members", $"POST /groups/{Id}/members/{{user:long:min(1)}}/remove",
            $"GET /groups/{Id}/delete", $"POST /groups/{Id}/delete", "GET /tokens/all",
            "POST /overview/steps/hide"]),
        ("settings.manage", ["GET /settings", "POST /settings"]),
        ("audit.view", ["GET /audit", "GET /audit/export"]),
    ];

    [Fact]
    [Trait("Requirement", "V8.2.1")]
    public void PanelEndpoint_EachOneMapped_AsksForWhatTheTableSays()
    {
        var mapped = filled.Host.Endpoints.Where(e => e.Metadata.GetMetadata<PanelRoute>() is not null)
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(method => $"{method} {e.Metadata.GetRequiredMetadata<PanelRoute>().Pattern}: {Asks(e.Metadata)}"));

        Assert.Equal(
            Table.SelectMany(row => row.Routes.Select(route => $"{route}: {row.Asks}")).Order(StringComparer.Ordinal),
            mapped.Order(StringComparer.Ordinal));
    }

    // The requirements are the library's own; what they say of themselves is all there is to see from here.
    private static string Asks(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return All;
        }

        var asked = metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(p => p.Requirements).Select(r => r.ToString()!)
            .Where(r => !r.StartsWith("FromSameOrigin", StringComparison.Ordinal)).ToList();
        return asked is [var one] ? one.Replace("Holding { PermissionName = ", "", StringComparison.Ordinal)
            .Replace(" }", "", StringComparison.Ordinal) switch
        {
            "Somebody {" => Somebody,
            "ChangingOwnPassword {" => "own password",
            "OfRole { Minimum = Anony" => Known,
            var permission => permission,
        } : string.Join(", ", asked);
    }
}

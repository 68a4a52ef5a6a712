using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>One call of the contract: who may make it, and what a harmless sample of it answers to those who may.</summary>
/// <param name="Call">Method and route pattern.</param>
/// <param name="Who">Who may.</param>
/// <param name="Allowed">The status for those who may.</param>
/// <param name="Body">A body that changes nothing; null for none.</param>
/// <param name="AuthOff">The status with authentication switched off, where it is not <paramref name="Allowed"/>.</param>
internal sealed record EndpointRow(string Call, Who Who, int Allowed, string? Body = null, int? AuthOff = null)
{
    internal HttpMethod Method => new(Call.Split(' ')[0]);

    internal string Pattern => Call.Split(' ')[1];

    internal bool IsSafe => Method == HttpMethod.Get;

    /// <summary>The pattern with ids that name nothing.</summary>
    internal string Path => Pattern
        .Replace("{id}", "999999", StringComparison.Ordinal).Replace("{user_id}", "999999", StringComparison.Ordinal)
        .Replace("{group_id}", "999999", StringComparison.Ordinal).Replace("{vps_id}", "vps-1", StringComparison.Ordinal)
        .Replace("{identity_id}", "999999", StringComparison.Ordinal).Replace("{provider}", "scheme:nothing", StringComparison.Ordinal)
        .Replace("{task_id}", "no-such-task", StringComparison.Ordinal);

    public override string ToString() => Call;
}

/// <summary>The whole contract, one row an endpoint; the tests hold it against what is mapped.</summary>
internal static class EndpointTable
{
    internal static IReadOnlyList<EndpointRow> Rows { get; } =
    [
        new("GET /api/auth/status", Who.Everybody, 200),
        new("POST /api/auth/login", Who.Everybody, 400, "{}", AuthOff: 503),
        new("POST /api/auth/logout", Who.Everybody, 200),
        new("POST /api/auth/register", Who.Everybody, 400, "{}", AuthOff: 503),
        new("POST /api/auth/reset", Who.Everybody, 400, "{}", AuthOff: 503),
        new("GET /api/auth/me", Who.AnyActor, 200, AuthOff: 503),
        new("PATCH /api/auth/me", Who.Account, 400, "{}"),
        new("POST /api/auth/password", Who.Session, 400, "{}"),
        new("GET /api/auth/sessions", Who.Account, 200),
        new("DELETE /api/auth/sessions/{id}", Who.Account, 404),
        new("GET /api/auth/identities", Who.Account, 200),
        new("POST /api/auth/identities/{provider}", Who.Session, 404, "{}"),
        new("DELETE /api/auth/identities/{id}", Who.Session, 404),
        new("GET /api/auth/tokens", Who.Account, 200),
        new("POST /api/auth/tokens", Who.Account, 400, "{}"),
        new("POST /api/auth/tokens/create", Who.Account, 400, "{}"),
        new("DELETE /api/auth/tokens/{id}", Who.Known, 404),
        new("GET /api/auth/vps", Who.Account, 200),
        new("GET /api/auth/vps/unknown", Who.Operator, 200),
        new("GET /api/approvals", Who.Known, 200),
        new("POST /api/withdraw/{task_id}", Who.Known, 404),
        new("GET /api/openapi.json", Who.Known, 200),

        new("GET /api/auth/users", Who.Operator, 200),
        new("GET /api/auth/users/{id}", Who.Operator, 404),
        new("GET /api/auth/groups", Who.Operator, 200),
        new("GET /api/auth/groups/{id}", Who.Operator, 404),
        new("GET /api/auth/groups/{id}/members", Who.Operator, 404),
        new("GET /api/auth/invitations", Who.Operator, 200),
        new("POST /api/auth/invitations", Who.Operator, 400, """{"role":"viewer","max_usage":0}"""),
        new("POST /api/auth/invitations/create", Who.Operator, 400, """{"role":"viewer","max_usage":0}"""),
        new("DELETE /api/auth/invitations/{id}", Who.Operator, 404),
        new("GET /api/tasks/pending-approval", Who.Operator, 200),
        new("GET /api/tasks/pending-approval/count", Who.Operator, 200),
        new("GET /api/tasks/pending-approval/events", Who.Operator, 200),
        new("POST /api/approve/{task_id}", Who.Operator, 404),
        new("POST /api/reject/{task_id}", Who.Operator, 404),
        new("POST /api/vps/{vps_id}/assign", Who.Operator, 404, "[999999]"),
        new("DELETE /api/vps/{vps_id}/assign/{user_id}", Who.Operator, 404),
        new("DELETE /api/vps/{vps_id}/assign/groups/{group_id}", Who.Operator, 404),
        new("GET /api/vps/{vps_id}/assignments", Who.Operator, 200),

        new("POST /api/auth/users", Who.Admin, 400, "{}"),
        new("PATCH /api/auth/users/{id}", Who.Admin, 404, "{}"),
        new("PUT /api/auth/users/{id}/role", Who.Admin, 404, """{"role":"viewer"}"""),
        new("PUT /api/auth/users/{id}/password", Who.Admin, 404, """{"new_password":"seven wet umbrellas in a row"}"""),
        new("POST /api/auth/users/{id}/reset-link", Who.Admin, 404),
        new("POST /api/auth/users/{id}/unlock", Who.Admin, 404),
        new("DELETE /api/auth/users/{id}", Who.Admin, 404),
        new("GET /api/auth/users/{id}/sessions", Who.Admin, 404),
        new("DELETE /api/auth/users/{id}/sessions", Who.Admin, 404),
        new("GET /api/auth/users/{id}/identities", Who.Admin, 404),
        new("DELETE /api/auth/users/{id}/identities/{identity_id}", Who.Admin, 404),
        new("POST /api/auth/groups", Who.Admin, 400, "{}"),
        new("PATCH /api/auth/groups/{id}", Who.Admin, 404, "{}"),
        new("DELETE /api/auth/groups/{id}", Who.Admin, 404),
        new("PUT /api/auth/groups/{id}/members/{user_id}", Who.Admin, 404),
        new("DELETE /api/auth/groups/{id}/members/{user_id}", Who.Admin, 404),
        new("GET /api/auth/settings", Who.Admin, 200),
        new("PATCH /api/auth/settings", Who.Admin, 200, "{}"),
        new("GET /api/auth/audit", Who.Admin, 200),
    ];

    internal static EndpointRow Find(string call) => Rows.Single(r => r.Call == call);

    /// <summary>What is mapped: method and pattern of every endpoint of the host.</summary>
    internal static IReadOnlyList<string> Mapped(TestHost host) =>
    [
        .. host.Application.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(method => $"{method} /{e.RoutePattern.RawText!.TrimStart('/')}"))
            .Distinct(StringComparer.Ordinal),
    ];
}

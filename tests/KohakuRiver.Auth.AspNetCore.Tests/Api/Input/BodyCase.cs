using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Input;

/// <summary>A call with a body: its contract, as mapped, and a body that would succeed.</summary>
internal sealed record BodyCase(string Call, string Path, string Good, params string[] Needed)
{
    internal HttpMethod Method => new(Call.Split(' ')[0]);

    internal JsonObject Body => JsonNode.Parse(Good)!.AsObject();

    /// <summary>Every call that reads a body, over rows that exist; <c>{user}</c> and <c>{group}</c> stand for their ids.</summary>
    internal static IReadOnlyList<BodyCase> All(long user, long group) =>
    [
        .. Samples.Select(c => c with
        {
            Path = Fill(c.Path, user, group),
            Good = Fill(c.Good, user, group),
        }),
    ];

    /// <summary>The fields of the contract of a call, as the endpoint itself declares it.</summary>
    internal static IReadOnlyDictionary<string,
    (IReadOnlyList<(string Name, Type Type)> Fields, bool IsOptional)> Contracts(TestHost host) =>
        host.Application.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<JsonBodyMetadata>() is not null)
            .Select(e => (
                Call: $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{e.RoutePattern.RawText!.TrimStart('/')}",
                Body: e.Metadata.GetMetadata<JsonBodyMetadata>()!))
            .DistinctBy(e => e.Call)
            .ToDictionary(e => e.Call, e => (FieldsOf(e.Body.Contract), e.Body.IsOptional), StringComparer.Ordinal);

    /// <summary>Values that a field of this type must not take, as raw JSON.</summary>
    internal static IEnumerable<string> BadValues(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
        {
            return ["5", "1.5", "true", "{}", "[]", "[\"a\"]", "\"\\ud800\"", "\"a\\u0000b\"", $"\"{new string('x', 5000)}\""];
        }

        if (plain == typeof(int))
        {
            return ["\"5\"", "1.5", "1.0", "1e0", "true", "{}", "[]", "[1]", "1e400", "99999999999", "-2147483649"];
        }

        if (plain == typeof(long))
        {
            return ["\"5\"", "1.5", "1e0", "true", "{}", "[]", "[1]", "0", "-1", "9007199254740992", "99999999999999999999"];
        }

        if (plain == typeof(bool))
        {
            return ["\"true\"", "1", "0", "{}", "[]"];
        }

        // Which fields take anony, which is a role of users alone, is held by the tests of those calls.
        if (plain == typeof(Role) || plain == typeof(RegistrationMode))
        {
            return
            [
                "4", "\"4\"", "\"Admin\"", "\"VIEWER\"", "\"viewer,admin\"", "\"ANONY\"", "\"\"", "\" viewer\"", "true", "{}", "[]",
                "[\"viewer\"]",
            ];
        }

        if (plain == typeof(DateTimeOffset))
        {
            return
            [
                "5", "true", "{}", "[]", "\"\"", "\"tomorrow\"", "\"2026-04-01\"", "\"2026-04-01T00:00:00\"", "\"2026-13-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59Z\"",
            ];
        }

        if (plain == typeof(IReadOnlyList<long>))
        {
            return ["5", "\"1\"", "true", "{}", "[\"1\"]", "[1.5]", "[0]", "[-1]", "[null]", "[true]", "[[1]]", "[9007199254740992]"];
        }

        if (plain == typeof(IReadOnlyList<Role>))
        {
            return ["5", "\"user\"", "{}", "[\"User\"]", "[3]", "[null]", "[[\"user\"]]", "[\"anony\"]"];
        }

        if (plain == typeof(IReadOnlyList<string>))
        {
            return ["5", "\"a\"", "{}", "[5]", "[null]", "[[\"a\"]]", "[\"\"]", "[\"\\ud800\"]", "[\"a\\u0000\"]"];
        }

        return plain == typeof(IReadOnlyDictionary<string, long>)
            ?
            [
                "5", "\"x\"", "true", "[]", "{\"k\":\"1\"}", "{\"k\":1.5}", "{\"k\":-1}", "{\"K\":1}", "{\"k\":null}", "{\"k\":{}}",
                "{\"k\":1,\"k\":2}", "{\"\":1}", "{\"k\":9007199254740992}",
            ]
            : throw new NotSupportedException($"No bad values for {plain}: add them.");
    }

    private static IReadOnlyList<(string Name, Type Type)> FieldsOf(Type contract) =>
        [.. contract.GetProperties().Select(p => (p.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name, p.PropertyType))];

    private static string Fill(string text, long user, long group) => text
        .Replace("{user}", user.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{group}", group.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private const string Password = "nine odd umbrellas by a door";

    private static readonly BodyCase[] Samples =
    [
        new("POST /api/auth/login", "/api/auth/login", $$"""{"username":"mary","password":"{{Password}}"}""", "username", "password"),
        new(
            "POST /api/auth/register",
            "/api/auth/register",
            $$"""{"username":"jane","password":"{{Password}}","display_name":"Jane","role":"user","group_ids":[{group}]}""",
            "username",
            "password"),
        new("POST /api/auth/reset", "/api/auth/reset", $$"""{"code":"krx_x","new_password":"{{Password}}"}""", "code", "new_password"),
        new("PATCH /api/auth/me", "/api/auth/me", """{"display_name":"Jane"}""", "display_name"),
        new(
            "POST /api/auth/password",
            "/api/auth/password",
            $$"""{"current_password":"{{TestHost.Password}}","new_password":"{{Password}}"}""",
            "current_password",
            "new_password"),
        new(
            "POST /api/auth/identities/{provider}",
            "/api/auth/identities/scheme:Cookies",
            $$"""{"current_password":"{{TestHost.Password}}"}""",
            "current_password"),
        new(
            "POST /api/auth/users",
            "/api/auth/users",
            $$"""{"username":"jane","password":"{{Password}}","role":"user","display_name":"Jane","group_ids":[{group}],"""
            + "\"must_change\":true}",
            "username",
            "role"),
        new(
            "PATCH /api/auth/users/{id}",
            "/api/auth/users/{user}",
            """{"display_name":"Jane","role":"viewer","is_active":false,"group_ids":[{group}],"must_change_password":true}"""),
        new("PUT /api/auth/users/{id}/role", "/api/auth/users/{user}/role", """{"role":"viewer"}""", "role"),
        new(
            "PUT /api/auth/users/{id}/password",
            "/api/auth/users/{user}/password",
            $$"""{"new_password":"{{Password}}","must_change":true}""",
            "new_password"),
        new("POST /api/auth/tokens", "/api/auth/tokens", """{"name":"ci"}""", "name"),
        new("POST /api/auth/tokens/create", "/api/auth/tokens/create", """{"name":"ci"}""", "name"),
        new(
            "POST /api/auth/invitations",
            "/api/auth/invitations",
            """{"role":"viewer","group_id":{group},"max_usage":2,"expires_hours":2}"""),
        new(
            "POST /api/auth/invitations/create",
            "/api/auth/invitations/create",
            """{"role":"viewer","group_id":{group},"max_usage":2,"expires_hours":2}"""),
        new("POST /api/auth/groups", "/api/auth/groups", """{"name":"other","description":"x","tier":1,"limits":{"k":1}}""", "name"),
        new("PATCH /api/auth/groups/{id}", "/api/auth/groups/{group}", """{"name":"other","description":"x","tier":1,"limits":{"k":1}}"""),
        new("POST /api/reject/{task_id}", "/api/reject/t-1", """{"reason":"no"}"""),
        new("POST /api/vps/{vps_id}/assign", "/api/vps/vps-1/assign", """{"user_ids":[{user}],"group_ids":[{group}]}"""),
        new(
            "PATCH /api/auth/settings",
            "/api/auth/settings",
            """{"session_lifetime_hours":1,"session_idle_hours":1,"invitation_lifetime_hours":1,"approval_required_roles":["user"],"""
            + "\"registration\":\"viewer\"}"),
    ];
}

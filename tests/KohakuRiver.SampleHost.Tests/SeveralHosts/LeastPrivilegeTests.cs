using System.Net;
using Npgsql;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>A database account that may read and write rows, and nothing else (docs/operations.md).</summary>
public sealed class LeastPrivilegeTests(PostgresServer server)
{
    [Fact]
    [Trait("Requirement", "V13.2.2")]
    public async Task Role_WithoutRightsOverTables_RunsTheHostOnceTheyAreThere()
    {
        await using var pair = await HostPair.StartAsync(server, start: 1);
        Assert.Equal(0, await pair.A.StopAsync());
        var role = pair.Database + "_runtime";
        await pair.ExecuteAsync(
            $"""
            CREATE ROLE {role} LOGIN;
            GRANT CONNECT ON DATABASE {pair.Database} TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
            """);
        try
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(
                () => pair.ExecuteAsync($"SET ROLE {role}; CREATE TABLE mine (id int)"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);

            var host = await pair.AddHostAsync(username: role);
            var user = (await pair
                .PostAsync(host, "/api/auth/users", new { username = "ann", password = HostPair.Password, role = "user" }, HostPair.Master))
                .Expect(HttpStatusCode.Created).Json;
            var session = await pair.LogInAsync(host, "ann");
            var token = (await pair.PostAsync(host, "/api/auth/tokens/create", new { name = "t" }, session)).Json;
            var task = await pair.SubmitAsync(host, Credential.Bearer((string)token["token"]!), "least");
            (await pair.PostAsync(host, $"/api/approve/{task}", null, HostPair.Master)).Expect(HttpStatusCode.OK);
            await pair.WaitAsync(host, task, "completed");
            (await pair.AskAsync(host, HttpMethod.Patch, "/api/auth/settings", new { session_lifetime_hours = 12 }, HostPair.Master))
                .Expect(HttpStatusCode.OK);
            (await pair.AskAsync(host, HttpMethod.Delete, $"/api/auth/users/{user["id"]}", null, HostPair.Master))
                .Expect(HttpStatusCode.OK);
            Assert.Equal(0, await host.StopAsync());
        }
        finally
        {
            await pair.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }
}

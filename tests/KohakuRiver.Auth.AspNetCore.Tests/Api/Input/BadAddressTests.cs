using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Input;

/// <summary>Bad ids in paths and bad values in queries.</summary>
public sealed class BadAddressTests
{
    private static readonly Dictionary<string, string[]> BadQueries = new(StringComparer.Ordinal)
    {
        ["limit"] = ["0", "-1", "501", "x", "1.5", "1e1", "99999999999999999999", "%20", "%00"],
        ["cursor"] = ["x", "%00", "e30", "W10", "WzEsMiwzLDRd", "WyItaWQiLCIxIixudWxsLG51bGxd"],
        ["offset"] = ["-1", "x", "99999999999"],
        ["search"] = [new string('x', 101)],
        ["username"] = [new string('x', 101)],
        ["role"] = ["Admin", "4", "viewer,admin", "%20viewer", "nobody"],
        ["group_id"] = ["0", "-1", "x", "9007199254740992", "1.0"],
        ["user_id"] = ["0", "-1", "x", "9007199254740992", "%2B1"],
        ["is_active"] = ["True", "1", "yes"],
        ["sort"] = ["id", "Username", "--username", "username,role", "-"],
        ["owner"] = ["everybody", "All"],
        ["status"] = ["pending", "Approved", "1"],
        ["actor"] = [new string('x', 101)],
        ["action"] = [new string('x', 101)],
        ["target"] = [new string('x', 201)],
        ["outcome"] = ["ok", "Success", "0"],
        ["from"] = ["yesterday", "2026-03-01", "2026-03-01T00:00:00", "1"],
        ["to"] = ["tomorrow", "2026-03-01T25:00:00Z"],
        ["format"] = ["xml", "CSV"],
    };

    [Fact]
    [Trait("Requirement", "V1.4.2"), Trait("Requirement", "V15.3.7")]
    public async Task EveryQueryParameter_WithABadValueOrTwice_IsRefusedByName()
    {
        await using var host = await TestHost.StartApiAsync();
        var lists = host.Application.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => (
                Path: "/" + e.RoutePattern.RawText!.TrimStart('/'),
                Names: e.Metadata.GetOrderedMetadata<QueryParameter>().Select(q => q.Name).ToList()))
            .Where(e => e.Names.Contains("limit", StringComparer.Ordinal))
            .DistinctBy(e => e.Path)
            .ToList();
        Assert.Equal(8, lists.Count);
        var admin = await host.AddAsync(Role.Admin);
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        foreach (var (pattern, names) in lists)
        {
            var path = pattern.Replace("{id}", group.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            (await admin.Session.GetAsync(path)).Expect(200);
            foreach (var name in names)
            {
                foreach (var value in BadQueries[name])
                {
                    (await admin.Session.GetAsync($"{path}?{name}={value}")).ExpectProblem(400, name);
                }

                (await admin.Session.GetAsync($"{path}?{name}=1&{name}=1")).ExpectProblem(400, name);
                (await admin.Session.GetAsync($"{path}?{name}=")).Expect(200);
            }
        }
    }

    [Theory]
    [InlineData("/api/auth/register", "token", 256, """{"username":"jane","password":"nine odd umbrellas by a door"}""")]
    [InlineData("/api/reject/t-1", "reason", 1000, null)]
    [Trait("Requirement", "V15.3.7")]
    public async Task QueryParameterOfAChange_TooLongOrTwice_IsRefusedByName(string path, string name, int longest, string? body)
    {
        await using var host = await TestHost.StartApiAsync();
        await host.SubmitAsync(await host.AddAsync(Role.User, "mary"), "t-1");
        var before = await StateDump.OfAsync(host);
        (await host.Master.PostAsync($"{path}?{name}={new string('x', longest + 1)}", body)).ExpectProblem(400, name);
        (await host.Master.PostAsync($"{path}?{name}=1&{name}=1", body)).ExpectProblem(400, name);
        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V1.1.1"), Trait("Requirement", "V1.4.2"), Trait("Requirement", "V15.3.5")]
    public async Task EveryId_ThatIsNone_NamesNothingAndChangesNothing(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin);
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        (await host.Master.PutAsync($"/api/auth/groups/{group}/members/{admin.Id}")).Expect(200);
        (await host.Master.PostAsync("/api/vps/vps-1/assign", new { user_ids = new[] { admin.Id }, group_ids = new[] { group } }))
            .Expect(200);
        var before = await StateDump.OfAsync(host);
        string[] numbers =
        [
            "0", "-1", "+1", "abc", "9007199254740992", "99999999999999999999", "%2561", "%31x", "1e0", "1.0", "0x1", "%201", "1%20",
            "%C2%B9", "%D9%A1",
        ];
        string[] names = [new string('x', 65), "a%20b", "a%2Fb", "%01", "%C3%A9", "a;b", "%25", "..%2F..%2Fetc"];
        foreach (var row in EndpointTable.Rows.Where(r => r.Pattern.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var parameter in row.Pattern.Split('/').Where(p => p.StartsWith('{')))
            {
                var isName = parameter is "{task_id}" or "{vps_id}";
                foreach (var value in isName ? names : numbers)
                {
                    var path = row.Pattern.Replace(parameter, value, StringComparison.Ordinal)
                        .Replace("{id}", "1", StringComparison.Ordinal).Replace("{user_id}", "1", StringComparison.Ordinal)
                        .Replace("{group_id}", "1", StringComparison.Ordinal).Replace("{vps_id}", "vps-1", StringComparison.Ordinal);
                    (await admin.Session.SendAsync(row.Method, path, row.Body)).ExpectProblem(404);
                }
            }
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    public async Task Id_ThatIsNone_IsAnsweredBeforeTheBodyIsRead()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        (await admin.Session.PatchAsync("/api/auth/users/0", "{")).ExpectProblem(404);
        (await admin.Session.PatchAsync($"/api/auth/users/{admin.Id}", "{")).ExpectProblem(400);
        (await host.Anonymous.PatchAsync("/api/auth/users/0", "{")).ExpectProblem(401);
    }
}

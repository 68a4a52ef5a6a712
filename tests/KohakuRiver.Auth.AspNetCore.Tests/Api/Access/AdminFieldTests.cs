using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Access;

/// <summary>Every field of every answer that operators may read, against the same answer for an admin.</summary>
public sealed class AdminFieldTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V8.2.3")]
    public async Task EveryAnswer_ToAnOperator_LacksExactlyTheFieldsForAdmins(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Store = store, Options = o => o.Throttling.LockoutThreshold = 2 });
        var boss = await host.AddAsync(Role.Operator);
        var admin = await host.AddAsync(Role.Admin);
        var ids = await FillAsync(host, boss, admin);
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var row in EndpointTable.Rows.Where(IsReadByOperators))
        {
            var path = ids.Aggregate(row.Pattern, (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal));
            var theirs = FieldsOf(await boss.Session.GetAsync(path));
            var admins = FieldsOf(await admin.Session.GetAsync(path));
            faults.AddRange(theirs.Keys.Except(admins.Keys, StringComparer.Ordinal).Select(f => $"{row}: only operators get {f}"));
            hidden.UnionWith(admins.Keys.Except(theirs.Keys, StringComparer.Ordinal).Select(f => f.Split('.')[^1]));

            // What is kept back is left out: null would be a statement.
            faults.AddRange(
                theirs.Where(f => !f.Value && admins.GetValueOrDefault(f.Key)).Select(f => $"{row}: {f.Key} is null for operators"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(FieldsForAdmins().Select(f => f.Name).Distinct().Order(StringComparer.Ordinal), hidden.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FieldsForAdmins_InTheContract_SayThatTheyAre()
    {
        Assert.All(FieldsForAdmins(), field => Assert.EndsWith(
            "only in answers to admins.",
            Assert.IsType<DescriptionAttribute>(
                Assert.Single(field.AttributeProvider!.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false))).Description,
            StringComparison.Ordinal));
    }

    private static List<JsonPropertyInfo> FieldsForAdmins() =>
    [
        .. typeof(UserResponse).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IHasAdminFields)) && t.IsClass)
            .SelectMany(t => ContractsJson.Strict.GetTypeInfo(t).Properties).Where(AdminFields.IsForAdmins),
    ];

    private static bool IsReadByOperators(EndpointRow row) => row is { IsSafe: true, Who: not (Who.Admin or Who.Everybody) }
        && !row.Pattern.EndsWith("/events", StringComparison.Ordinal) && !row.Pattern.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>Something in every list, nearly the same for both callers.</summary>
    private static async Task<Dictionary<string, string>> FillAsync(TestHost host, TestUser boss, TestUser admin)
    {
        var mary = await host.AddAsync(Role.User, "mary");
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        foreach (var user in new[] { boss, admin, mary })
        {
            (await host.Master.PutAsync($"/api/auth/groups/{group}/members/{user.Id}")).Expect(200);
            (await host.Master.PostAsync("/api/vps/vps-1/assign", new[] { user.Id })).Expect(200);
            await host.SubmitAsync(mary, $"t-{user.Id}");
        }

        (await boss.Session.PostAsync("/api/auth/invitations", new { role = "viewer", group_id = group })).Expect(200);
        (await boss.Session.PostAsync($"/api/reject/t-{mary.Id}", new { reason = "no" })).Expect(200);
        foreach (var name in new[] { mary.Name, boss.Name, admin.Name })
        {
            for (var i = 0; i < 3; i++)
            {
                (await host.Anonymous.PostAsync("/api/auth/login", new { username = name, password = "wrong" })).ExpectProblem(401);
            }
        }

        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["groups/{id}"] = $"groups/{group}",
            ["{id}"] = $"{mary.Id}",
            ["{vps_id}"] = "vps-1",
        };
    }

    /// <summary>The fields by their paths, and whether any of a name has a value.</summary>
    private static Dictionary<string, bool> FieldsOf(ApiAnswer answer)
    {
        var fields = new Dictionary<string, bool>(StringComparer.Ordinal);
        Add("$", answer.Expect(200).Json);
        return fields;

        void Add(string path, JsonElement value)
        {
            fields[path] = fields.GetValueOrDefault(path) || value.ValueKind != JsonValueKind.Null;
            foreach (var field in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
            {
                Add($"{path}.{field.Name}", field.Value);
            }

            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
            {
                Add($"{path}[]", item);
            }
        }
    }
}

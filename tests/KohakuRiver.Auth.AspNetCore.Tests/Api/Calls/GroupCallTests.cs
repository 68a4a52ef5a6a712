namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>Groups and their members.</summary>
public sealed class GroupCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Groups_CreatedChangedAndDeleted_AnswerAsTheContractSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = (await host.AddAsync(Role.Admin)).Session;
        var boss = (await host.AddAsync(Role.Operator)).Session;
        var mary = await host.AddAsync(Role.User, "mary");

        var made = (await admin.PostAsync(
            "/api/auth/groups", """{"name":"Lab","description":"of light","tier":3,"limits":{"max_tasks":10,"max_vps":0}}""")).Expect(200);
        Shape.Check(made.Json, Shape.Group);
        Assert.Equal("""{"max_tasks":10,"max_vps":0}""", made["limits"].GetRawText());
        Assert.Equal(3, made["tier"].GetInt32());
        (await admin.PostAsync("/api/auth/groups", new { name = "LAB" })).ExpectProblem(409, "name");
        var plain = (await admin.PostAsync("/api/auth/groups", new { name = "plain" })).Expect(200);
        Assert.Equal("{}", plain["limits"].GetRawText());
        Assert.Equal("", plain["description"].GetString());

        var path = $"/api/auth/groups/{made.Id}";
        Assert.Equal(made.Text, (await boss.GetAsync(path)).Expect(200).Text);
        Assert.Equal($"[{plain.Text},{made.Text}]", (await boss.GetAsync("/api/auth/groups")).Expect(200).Text);
        var patched = (await admin.PatchAsync(path, """{"tier":-1,"limits":{}}""")).Expect(200);
        Assert.Equal(-1, patched["tier"].GetInt32());
        Assert.Equal("Lab", patched["name"].GetString());
        Assert.Equal("{}", patched["limits"].GetRawText());
        (await admin.PatchAsync(path, """{"limits":{"a":1,"b":2}}""")).Expect(200);
        Assert.Equal(
            """{"b":3,"c":4}""",
            (await admin.PatchAsync(path, """{"set_limits":{"b":3,"c":4},"remove_limits":["a"]}""")).Expect(200)["limits"].GetRawText());
        (await admin.PatchAsync(path, """{"limits":{},"set_limits":{"b":3}}""")).ExpectProblem(400, "set_limits");
        (await admin.PatchAsync(path, """{"remove_limits":[null]}""")).ExpectProblem(400, "remove_limits[0]");
        (await admin.PatchAsync(path, new { name = "Plain" })).ExpectProblem(409, "name");

        Shape.Check((await admin.PutAsync($"{path}/members/{mary.Id}")).Expect(200).Json, "message:s");
        (await admin.PutAsync($"{path}/members/{mary.Id}")).Expect(200);
        (await admin.PutAsync($"{path}/members/999")).ExpectProblem(404);
        (await admin.PutAsync($"/api/auth/groups/999/members/{mary.Id}")).ExpectProblem(404);
        var members = (await boss.GetAsync($"{path}/members")).Expect(200);
        Shape.CheckList(members.Json, Shape.User);
        Assert.Equal("mary", Assert.Single(members.Json.EnumerateArray()).GetProperty("username").GetString());
        Assert.Equal(1, (await boss.GetAsync(path))["member_count"].GetInt32());
        Assert.Equal("[]", (await boss.GetAsync($"{path}/members?role=admin")).Expect(200).Text);

        // The group is the path's, whatever the query says.
        Assert.Equal("[]", (await boss.GetAsync($"/api/auth/groups/{plain.Id}/members?group_id={made.Id}")).Expect(200).Text);
        Shape.Check((await admin.DeleteAsync($"{path}/members/{mary.Id}")).Expect(200).Json, "message:s");
        (await admin.DeleteAsync($"{path}/members/{mary.Id}")).ExpectProblem(404);
        Shape.Check((await admin.DeleteAsync(path)).Expect(200).Json, "message:s");
        (await boss.GetAsync(path)).ExpectProblem(404);
        (await boss.GetAsync($"{path}/members")).ExpectProblem(404);
    }
}

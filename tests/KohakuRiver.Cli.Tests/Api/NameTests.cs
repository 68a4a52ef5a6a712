using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Api;

public sealed class NameTests
{
    // Id 5 is "ann"; id 9 is called "5"; id 7 is "Annabel".
    private const string Ann = """{"id":5,"username":"ann","role":"user","is_active":true}""";
    private const string Five = """{"id":9,"username":"5","role":"user","is_active":true}""";
    private const string Annabel = """{"id":7,"username":"Annabel","role":"user","is_active":true}""";

    [Theory]
    [InlineData("ann", 5)]
    [InlineData("ANN", 5)]
    [InlineData("annabel", 7)]
    [InlineData("9", 9)]
    [InlineData("id:5", 5)]
    [InlineData("name:5", 9)]
    public async Task User_IsFoundByNameOrId(string text, long id)
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address);

        Assert.Equal(id, (await cli.JsonAsync("users", "show", text)).GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task Name_IsAskedForByItself_AndSearchedOnlyByHostsThatDoNotKnowOfThat(bool knowsNames, int calls)
    {
        await using var host = await FakeHost.StartAsync(http =>
        {
            if (!knowsNames && http.Request.Query["cursor"].FirstOrDefault() is not "2")
            {
                var page = http.Request.Query.ContainsKey("cursor") ? 2 : 1;
                http.Response.Headers.Link = $"<{http.Request.Path}?search=ann&cursor={page}>; rel=\"next\"";
                return FakeHost.JsonAsync(http, $"[{Annabel}]");
            }

            return FakeHost.JsonAsync(http, $"[{Ann}]");
        });
        using var cli = new TestCli(host.Address);

        Assert.Equal(5, (await cli.JsonAsync("users", "show", "ann")).GetProperty("id").GetInt64());
        Assert.Equal(calls, host.Requests.Count);
        Assert.Equal("GET /api/auth/users?username=ann&search=ann", host.Requests[0]);
    }

    [Fact]
    public async Task Text_ThatIsNameOfOneAndIdOfAnother_IsNotGuessed()
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            "name:5 or id:5",
            (await cli.RunAsync("users", "delete", "5", "--yes")).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(host.Requests, r => r.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("an")]
    [InlineData("33")]
    [InlineData("id:ann")]
    public async Task Text_ThatNamesNobody_Is1(string text)
    {
        await using var host = await FakeHost.StartAsync(AnswerAsync);
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            "users list", (await cli.RunAsync("users", "delete", text, "--yes")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
    }

    private static Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/api/auth/users" => FakeHost.JsonAsync(http, $"[{Annabel},{Ann},{Five}]"),
        "/api/auth/users/5" => FakeHost.JsonAsync(http, Ann),
        "/api/auth/users/9" => FakeHost.JsonAsync(http, Five),
        _ => FakeHost.ProblemAsync(http, 404, "Not found."),
    };
}

using System.Globalization;
using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Api;

public sealed class PagingTests
{
    [Fact]
    public async Task List_OfManyPages_ComesAsOne()
    {
        await using var host = await FakeHost.StartAsync(PageAsync);
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_t" } };

        var users = await cli.JsonAsync("users", "list", "--search", "a b&c");

        Assert.Equal(
            Enumerable.Range(1, 6).Select(i => $"user{i}"), users.EnumerateArray().Select(u => u.GetProperty("username").GetString()));
        Assert.Equal(3, host.Requests.Count);
        Assert.Equal("GET /api/auth/users?search=a%20b%26c Bearer krt_t", host.Requests[0]);
    }

    [Fact]
    public async Task List_WithALimit_StopsThere()
    {
        await using var host = await FakeHost.StartAsync(PageAsync);
        using var cli = new TestCli(host.Address);

        Assert.Equal(3, (await cli.JsonAsync("users", "list", "--limit", "3")).GetArrayLength());
        Assert.Equal(2, host.Requests.Count);
    }

    [Fact]
    public async Task NextPage_OnAnotherHost_IsNotAskedFor()
    {
        await using var other = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        await using var host = await FakeHost.StartAsync(http =>
        {
            http.Response.Headers.Link = $"<{other.Address}/api/auth/users?cursor=2>; rel=\"next\"";
            return FakeHost.JsonAsync(http, "[]");
        });
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_t" } };

        Assert.Contains("another host", (await cli.RunAsync("users", "list")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Pages_ThatRepeat_EndTheCommand()
    {
        await using var host = await FakeHost.StartAsync(http =>
        {
            http.Response.Headers.Link = "</api/auth/users>; rel=\"next\"";
            return FakeHost.JsonAsync(http, "[]");
        });
        using var cli = new TestCli(host.Address);

        Assert.Contains("same page", (await cli.RunAsync("users", "list")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
    }

    // Three pages of two, with the address of the next as the host writes it.
    private static Task PageAsync(HttpContext http)
    {
        var page = int.TryParse(http.Request.Query["cursor"], CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        http.Response.Headers["X-Total-Count"] = "6";
        if (page < 2)
        {
            http.Response.Headers.Link = $"</api/auth/users?cursor={page + 1}>; rel=\"next\"";
        }

        return FakeHost.JsonAsync(http, JsonSerializer.Serialize(Enumerable.Range((page * 2) + 1, 2).Select(i =>
            new { id = i, username = $"user{i}", role = "user", is_active = true })));
    }
}

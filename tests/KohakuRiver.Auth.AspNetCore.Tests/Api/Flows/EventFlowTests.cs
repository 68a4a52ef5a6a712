using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Flows;

/// <summary>The number of waiting tasks as a stream.</summary>
public sealed class EventFlowTests
{
    private const string Path = "/api/tasks/pending-approval/events";

    [Fact]
    public async Task Stream_FromItsStart_TellsTheCountAndEveryChange()
    {
        await using var host = await ApiHost.StartAsync();
        var boss = await host.AddAsync(Role.Operator);
        var mary = await host.AddAsync(Role.User);
        await using var stream = await EventStream.OpenAsync(boss.Session, Path);
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.True(stream.Response.Headers.CacheControl?.NoStore);
        Assert.Equal("count: 0", await stream.NextAsync());
        await host.SubmitAsync(mary, "t-1");
        Assert.Equal("count: 1", await stream.NextAsync());
        await host.SubmitAsync(mary, "t-2");
        Assert.Equal("count: 2", await stream.NextAsync());
        (await boss.Bearer.PostAsync("/api/approve/t-1")).Expect(200);
        Assert.Equal("count: 1", await stream.NextAsync());
        (await mary.Session.PostAsync("/api/withdraw/t-2")).Expect(200);
        Assert.Equal("count: 0", await stream.NextAsync());
    }

    [Theory]
    [InlineData("demote")]
    [InlineData("log out")]
    [InlineData("disable")]
    [InlineData("delete")]
    public async Task Stream_OfAWatcherWhoMayNoLonger_EndsWithin15Seconds(string how)
    {
        await using var host = await ApiHost.StartAsync();
        var boss = await host.AddAsync(Role.Operator);
        var idle = host.Clock.ArmedTimers;
        await using var stream = await EventStream.OpenAsync(boss.Session, Path);
        Assert.Equal("count: 0", await stream.NextAsync());
        await PassAsync(host, idle);
        Assert.Equal("ping: ", await stream.NextAsync());

        var answer = how switch
        {
            "demote" => await host.Master.PutAsync($"/api/auth/users/{boss.Id}/role", new { role = "user" }),
            "disable" => await host.Master.PatchAsync($"/api/auth/users/{boss.Id}", new { is_active = false }),
            "delete" => await host.Master.DeleteAsync($"/api/auth/users/{boss.Id}"),
            _ => await boss.Session.PostAsync("/api/auth/logout"),
        };
        answer.Expect(200);
        await PassAsync(host, idle);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_OfAWatcherDemotedBeforeAChange_TellsThemNothingMore()
    {
        await using var host = await ApiHost.StartAsync();
        var boss = await host.AddAsync(Role.Operator);
        var mary = await host.AddAsync(Role.User);
        await using var stream = await EventStream.OpenAsync(boss.Bearer, Path);
        Assert.Equal("count: 0", await stream.NextAsync());
        (await host.Master.PutAsync($"/api/auth/users/{boss.Id}/role", new { role = "user" })).Expect(200);
        await host.SubmitAsync(mary, "t-1");
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_HeldOpen_IsNoActivityAndEndsWithTheIdleSession()
    {
        await using var host = await ApiHost.StartAsync();
        var boss = await host.AddAsync(Role.Operator);
        var idle = host.Clock.ArmedTimers;
        var opened = host.Now;
        await using var stream = await EventStream.OpenAsync(boss.Session, Path);
        Assert.Equal("count: 0", await stream.NextAsync());
        for (var i = 0; i < 20; i++)
        {
            await PassAsync(host, idle);
            Assert.Equal("ping: ", await stream.NextAsync());
        }

        await host.Get<ActivityTracker>().FlushAsync();
        var session = Assert.Single((await host.Get<UserCredentialService>().ListSessionsAsync(Actor.Host, boss.Id)).Require().Sessions);
        Assert.Equal(opened, session.LastSeenAt);
        await host.Clock.WaitForTimersAsync(idle + 2, TestContext.Current.CancellationToken);
        host.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_WhenTheHostStops_DoesNotHoldItUp()
    {
        var host = await ApiHost.StartAsync();
        var boss = await host.AddAsync(Role.Operator);
        await using var stream = await EventStream.OpenAsync(boss.Session, Path);
        Assert.Equal("count: 0", await stream.NextAsync());
        await host.DisposeAsync();
        Assert.Null(await stream.NextAsync());
    }

    // The stream rests when both of its timers run: the re-check's and the count's.
    private static async Task PassAsync(ApiHost host, int idle)
    {
        await host.Clock.WaitForTimersAsync(idle + 2, TestContext.Current.CancellationToken);
        host.Clock.Advance(TimeSpan.FromSeconds(15));
    }
}

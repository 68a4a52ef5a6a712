using KohakuRiver.Tests.Shared;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Flows;

/// <summary>The number of waiting tasks as a stream.</summary>
public sealed class EventFlowTests
{
    private const string Path = "/api/tasks/pending-approval/events";

    [Fact(Timeout = 60_000)]
    public async Task Stream_FromItsStart_TellsTheCountAndEveryChange()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        var mary = await host.AddAsync(Role.User);
        await using var stream = await EventStream.OpenAsync(boss.Session, Path, TestContext.Current.CancellationToken);
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

    [Theory(Timeout = 60_000)]
    [InlineData("demote")]
    [InlineData("hold")]
    [InlineData("log out")]
    [InlineData("disable")]
    [InlineData("delete")]
    public async Task Stream_OfAWatcherWhoMayNoLonger_EndsAtTheNextLook(string how)
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        await using var stream = await EventStream.OpenAsync(boss.Session, Path, TestContext.Current.CancellationToken);
        Assert.Equal("count: 0", await stream.NextAsync());
        Assert.Equal("ping: ", await PassAsync(host, stream));

        var answer = how switch
        {
            "hold" => await host.Master.PatchAsync($"/api/auth/users/{boss.Id}", new { must_change_password = true }),
            "demote" => await host.Master.PutAsync($"/api/auth/users/{boss.Id}/role", new { role = "user" }),
            "disable" => await host.Master.PatchAsync($"/api/auth/users/{boss.Id}", new { is_active = false }),
            "delete" => await host.Master.DeleteAsync($"/api/auth/users/{boss.Id}"),
            _ => await boss.Session.PostAsync("/api/auth/logout"),
        };
        answer.Expect(200);
        await AssertEndsAsync(host, stream);
    }

    [Fact(Timeout = 60_000)]
    [Trait("Requirement", "S7")]
    public async Task Stream_OfAWatcherWhoIsGone_EndsWithinTheInterval()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        await using var stream = await EventStream.OpenAsync(boss.Session, Path, TestContext.Current.CancellationToken);
        Assert.Equal("count: 0", await stream.NextAsync());
        (await host.Master.DeleteAsync($"/api/auth/users/{boss.Id}")).Expect(200);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await stream.NextAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Stream_OfAWatcherDemotedBeforeAChange_TellsThemNothingMore()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        var mary = await host.AddAsync(Role.User);
        await using var stream = await EventStream.OpenAsync(boss.Bearer, Path, TestContext.Current.CancellationToken);
        Assert.Equal("count: 0", await stream.NextAsync());
        (await host.Master.PutAsync($"/api/auth/users/{boss.Id}/role", new { role = "user" })).Expect(200);
        await host.SubmitAsync(mary, "t-1");
        Assert.Null(await stream.NextAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Stream_HeldOpen_IsNoActivityAndEndsWithTheIdleSession()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        var opened = host.Now;
        await using var stream = await EventStream.OpenAsync(boss.Session, Path, TestContext.Current.CancellationToken);
        Assert.Equal("count: 0", await stream.NextAsync());
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("ping: ", await PassAsync(host, stream));
        }

        await host.Get<ICredentialService>().WriteUsesAsync();
        var session = Assert.Single((await host.Get<IUserCredentialService>().ListSessionsAsync(Actor.Host, boss.Id)).Require().Sessions);
        Assert.Equal(opened, session.LastSeenAt);
        host.Clock.Advance(TimeSpan.FromHours(8));

        await AssertEndsAsync(host, stream);
    }

    [Fact(Timeout = 60_000)]
    public async Task Stream_WhenTheHostStops_DoesNotHoldItUp()
    {
        var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator);
        await using var stream = await EventStream.OpenAsync(boss.Session, Path, TestContext.Current.CancellationToken);
        Assert.Equal("count: 0", await stream.NextAsync());
        await host.DisposeAsync();
        Assert.Null(await stream.NextAsync());
    }

    /// <summary>The stream ends; what was said before is still read.</summary>
    internal static async Task AssertEndsAsync(TestHost host, EventStream stream)
    {
        // On a slow machine many pings wait to be read: time has passed faster than anybody read.
        for (var i = 0; i < 10_000; i++)
        {
            if (await PassAsync(host, stream) is not { } late)
            {
                return;
            }

            Assert.Equal("ping: ", late);
        }

        Assert.Fail("The stream goes on.");
    }

    /// <summary>Lets time pass until the stream says something or ends.</summary>
    internal static Task<string?> PassAsync(TestHost host, EventStream stream) =>
        host.Clock.AdvanceUntilAsync(TimeSpan.FromSeconds(15), stream.NextAsync());
}

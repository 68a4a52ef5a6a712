using System.Diagnostics;
using System.Globalization;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>Each piece of work that takes time is an activity, without names and secrets.</summary>
public sealed class ActivityTests
{
    [Fact]
    public async Task Login_HoldsItsHashing_AndTellsTheUserOnceThePasswordWasRight()
    {
        using var host = new AuthHarness();
        var user = await host.AddUserAsync(Role.User, "uma");
        using var activities = new ActivityRecorder();
        (await host.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo(AuthHarness.Address))).Require();
        await host.Logins.LogInAsync("uma", "wrong", new ClientInfo(AuthHarness.Address));

        var logins = activities.Of(Activities.Login);
        Assert.Equal(["success", "bad_credentials"], logins.Select(a => a.GetTagItem(Instruments.OutcomeName)));
        Assert.Equal([user.Id.ToString(CultureInfo.InvariantCulture), null], logins.Select(a => a.GetTagItem(Activities.UserId)));
        Assert.All(logins, a => Assert.Equal(ActivityStatusCode.Unset, a.Status));
        var hashes = activities.Of(Activities.PasswordHash);
        Assert.Equal(logins.Select(a => a.SpanId), hashes.Select(a => a.ParentSpanId));
        Assert.All(hashes, a => Assert.Equal("verify", a.GetTagItem(Instruments.Operation.Name)));
        Assert.All(hashes, a => Assert.Equal(0.0, a.GetTagItem(Activities.Waited)));
        AssertSecretsAreKept([.. logins, .. hashes]);
    }

    [Fact]
    public async Task Login_WithTheDatabaseAway_IsAnErrorByItsTypeAlone()
    {
        using var host = new AuthHarness();
        using var activities = new ActivityRecorder();
        host.Database.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => host.Logins.LogInAsync("uma", AuthHarness.Password, new ClientInfo(AuthHarness.Address)));

        var login = Assert.Single(activities.Of(Activities.Login));
        Assert.Equal(ActivityStatusCode.Error, login.Status);
        Assert.Null(login.StatusDescription);
        Assert.Equal("error", login.GetTagItem(Instruments.OutcomeName));
        Assert.Equal(typeof(StoreUnavailableException).FullName, login.GetTagItem(Activities.ErrorType));
    }

    [Fact]
    public async Task Delivery_IsAroundTheHostsHandler_AndAnErrorWhereItFails()
    {
        var scheduler = new ScriptedScheduler();
        using var host = new AuthHarness(build: b =>
        {
            b.Services.AddSingleton(scheduler);
            b.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
        using var activities = new ActivityRecorder();
        string? inside = null;
        scheduler.Behaviour = (_, _) =>
        {
            inside = Activity.Current?.OperationName;
            throw new InvalidOperationException("the token of the scheduler is 42");
        };
        (await host.Approvals.SubmitAsync(TestActors.Operator(), MatrixWorld.NewTask("t1"))).Require();
        scheduler.Behaviour = null;
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await host.Delivery.DeliverDueAsync());

        Assert.Equal(Activities.Delivery.Name, inside);
        var deliveries = activities.Of(Activities.Delivery);
        Assert.Equal(["failure", "success"], deliveries.Select(a => a.GetTagItem(Instruments.OutcomeName)));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], deliveries.Select(a => a.Status));
        Assert.Equal([1, 2], deliveries.Select(a => a.GetTagItem(Activities.Attempt)));
        Assert.All(deliveries, a => Assert.Equal("t1", a.GetTagItem(Activities.TaskId)));
        AssertSecretsAreKept(deliveries);
    }

    [Fact]
    public async Task Prune_TellsHowMuchItRemoved_AndWhatStoppedIt()
    {
        using var host = new AuthHarness();
        await host.AddUserAsync(Role.User, "uma");
        await host.LogInAsync("uma");
        host.Clock.Advance(TimeSpan.FromDays(2));
        using var activities = new ActivityRecorder();
        await host.Get<Pruning>().PruneAsync();
        host.Database.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Get<Pruning>().PruneAsync());

        var rounds = activities.Of(Activities.Prune);
        Assert.True((int)rounds[0].GetTagItem(Activities.Removed)! >= 1);
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], rounds.Select(a => a.Status));
    }

    private static void AssertSecretsAreKept(IEnumerable<Activity> activities)
    {
        foreach (var activity in activities)
        {
            var text = string.Join(
                ' ', activity.TagObjects.Select(t => $"{t.Key}={t.Value}")) + activity.StatusDescription + activity.DisplayName;
            Assert.DoesNotContain("uma", text, StringComparison.Ordinal);
            Assert.DoesNotContain("42", text, StringComparison.Ordinal);
            Assert.DoesNotContain(AuthHarness.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(AuthHarness.Address, text, StringComparison.Ordinal);
            Assert.Empty(activity.Events);
        }
    }
}

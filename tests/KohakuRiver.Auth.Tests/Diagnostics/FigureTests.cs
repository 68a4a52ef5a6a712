using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>The figures only the database knows: read now and then while somebody listens, never by a collection.</summary>
public sealed class FigureTests
{
    [Fact]
    public async Task Figures_AfterARound_AreWhatTheDatabaseHolds()
    {
        using var host = Host(out var scheduler);
        var figures = host.Get<MetricsSampler>();
        using var meter = new MeterRecorder(host);
        Assert.Null(meter.Collect(Instruments.ApprovalsPending));
        await host.AddUserAsync(Role.User, "uma");
        await host.LogInAsync("uma");
        await host.LogInAsync("uma");
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("busy");
        foreach (var id in new[] { "t1", "t2", "t3", "t4" })
        {
            (await host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask(id))).Require();
        }

        await host.Approvals.ApproveAsync(TestActors.Operator(), "t1");
        host.Clock.Advance(TimeSpan.FromSeconds(40));
        await host.Approvals.RejectAsync(TestActors.Operator(), "t2", null);
        await figures.RefreshAsync();

        Assert.Equal(2, meter.Collect(Instruments.ApprovalsPending));
        Assert.Equal(2, meter.Collect(Instruments.DeliveriesUndelivered));
        Assert.Equal(40, meter.Collect(Instruments.DeliveriesOldestAge));
        Assert.Equal(2, meter.Collect(Instruments.SessionsActive));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(50, meter.Collect(Instruments.DeliveriesOldestAge));

        scheduler.Behaviour = null;
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Delivery.DeliverDueAsync();
        await figures.RefreshAsync();
        Assert.Equal(0, meter.Collect(Instruments.DeliveriesUndelivered));
        Assert.Equal(0, meter.Collect(Instruments.DeliveriesOldestAge));
    }

    [Fact]
    public async Task Figures_WithTheDatabaseAway_StayAWhileAndAreThenLeftOut()
    {
        using var host = Host(out _);
        var figures = host.Get<MetricsSampler>();
        using var meter = new MeterRecorder(host);
        await figures.RefreshAsync();
        host.Database.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => figures.RefreshAsync());

        // A collection neither fails nor asks the database.
        Assert.Equal(0, meter.Collect(Instruments.ApprovalsPending));
        host.Clock.Advance(MetricsSampler.RefreshEvery * 5);
        Assert.Null(meter.Collect(Instruments.ApprovalsPending));
        Assert.Equal(0, meter.Collect(Instruments.HashQueue));
    }

    [Fact]
    public async Task Figures_WhileNobodyListens_AreNotRead()
    {
        using var host = Host(out _);
        var figures = host.Get<MetricsSampler>();
        var reads = 0;
        host.Database.BeforeVerb = _ =>
        {
            Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        };
        await figures.RefreshAsync();
        Assert.Equal(0, reads);

        using (new MetricCollector<int>(host.Get<AuthMetrics>().Meter, Instruments.SessionsActive.Name))
        {
            await figures.RefreshAsync();
            Assert.Equal(1, reads);
        }

        await figures.RefreshAsync();
        Assert.Equal(1, reads);
    }

    private static AuthHarness Host(out ScriptedScheduler scheduler)
    {
        var made = new ScriptedScheduler();
        scheduler = made;
        return new AuthHarness(build: b =>
        {
            b.Services.AddSingleton(made);
            b.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
        });
    }
}

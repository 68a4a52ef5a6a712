using System.Diagnostics.Metrics;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KohakuRiver.Auth.AspNetCore.Tests.Health;

/// <summary>The three health checks, each well and ill, and what a probe of the host gets.</summary>
public sealed class HealthTests
{
    private static readonly string[] Names = ["kohaku_auth_database", "kohaku_auth_deliveries", "kohaku_auth_schema"];

    private static readonly HostSetup Setup = new()
    {
        Services = services => services.AddHealthChecks().AddKohakuAuth(),
        Auth = auth => auth.AddTaskApprovalHandler<FailingScheduler>(),
        Map = app => app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") })
            .AllowAnonymous(),
    };

    [Fact]
    public async Task Checks_OfAHostThatIsWell_AreHealthy()
    {
        await using var host = await TestHost.StartAsync(Setup);

        var report = await CheckAsync(host);

        Assert.Equal(Names, report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Entries.Values, e => Assert.Equal(HealthStatus.Healthy, e.Status));
        Assert.All(report.Entries.Values, e => Assert.Equal(["ready"], e.Tags));
        var answer = await host.GetAsync("/health/ready");
        Assert.Equal((200, "Healthy"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Checks_WithTheDatabaseAway_AreUnhealthyAndTellNothingOfIt_AndWellAgainAfterwards()
    {
        await using var host = await TestHost.StartAsync(Setup);
        host.Database.IsDown = true;

        var report = await CheckAsync(host);

        Assert.All(
            report.Entries.Values, e => Assert.Equal((HealthStatus.Unhealthy, "The database is unavailable."), (e.Status, e.Description)));
        var answer = await host.GetAsync("/health/ready");
        Assert.Equal((503, "Unhealthy"), (answer.Status, answer.Body));
        host.Database.IsDown = false;
        Assert.Equal(200, (await host.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Checks_OfADatabaseThatHangs_EndInTime()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Services = services => services.AddHealthChecks().AddKohakuAuth(o => o.Timeout = TimeSpan.FromMilliseconds(200)),
        });

        // It hangs whatever it is told, as a dead connection may.
        var hang = new TaskCompletionSource();
        host.Database.BeforeVerb = _ => hang.Task;

        var report = await CheckAsync(host).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.All(
            report.Entries.Values,
            e => Assert.Equal((HealthStatus.Unhealthy, "The database did not answer in time."), (e.Status, e.Description)));
        host.Database.BeforeVerb = null;
        hang.SetResult();
    }

    [Fact]
    public async Task Checks_ThatFailByABug_DoNotShowTheMessageOfIt()
    {
        await using var host = await TestHost.StartAsync(Setup);
        host.Database.BeforeVerb = _ => throw new InvalidOperationException("Host=db;Password=hunter2");

        var report = await CheckAsync(host);

        Assert.All(report.Entries.Values, e => Assert.Equal(HealthStatus.Unhealthy, e.Status));
        Assert.All(report.Entries.Values, e => Assert.DoesNotContain("hunter2", e.Description, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SchemaState.Unknown, HealthStatus.Healthy, "do not report")]
    [InlineData(SchemaState.Current, HealthStatus.Healthy, "matches")]
    [InlineData(SchemaState.Older, HealthStatus.Unhealthy, "migrate it")]
    [InlineData(SchemaState.Newer, HealthStatus.Unhealthy, "update this instance")]
    public async Task Schema_AsTheStoresTell_IsTheStatus(SchemaState state, HealthStatus status, string says)
    {
        await using var host = await TestHost.StartAsync(Setup with { Auth = auth => auth.UseStores(_ => new SchemaStoreSet(state)) });

        var entry = (await CheckAsync(host)).Entries["kohaku_auth_schema"];

        Assert.Equal(status, entry.Status);
        Assert.Contains(says, entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_ThatWaitLongerThanAllowed_AreDegradedAndNotLess()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var task = new TaskSubmission { TaskId = "t1", Command = "echo", RequiredCores = 1 };
        (await host.Services.GetRequiredService<IApprovalService>().SubmitAsync(TestActors.Operator(), task)).Require();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Degraded, report.Status);
        var entry = report.Entries["kohaku_auth_deliveries"];
        Assert.Equal("The scheduler has not accepted 1 decision(s), the oldest for 6 minutes.", entry.Description);
        Assert.Equal((1, 360.0), (entry.Data["undelivered"], entry.Data["oldest_age_seconds"]));

        // Degraded still takes requests.
        Assert.Equal(200, (await host.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Options_NameTagAndGradeTheChecks()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Services = services => services.AddHealthChecks().AddKohakuAuth(o =>
            {
                o.NamePrefix = "users";
                o.Tags.Clear();
                o.Tags.Add("deep");
                o.FailureStatus = HealthStatus.Degraded;
            }),
        });
        host.Database.IsDown = true;

        var report = await CheckAsync(host);

        Assert.Equal(["users_database", "users_deliveries", "users_schema"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Entries.Values, e => Assert.Equal(["deep"], e.Tags));
        Assert.All(report.Entries.Values, e => Assert.Equal(HealthStatus.Degraded, e.Status));
    }

    [Fact]
    public async Task Worker_WhileSomebodyListens_ReadsTheFiguresEveryFifteenSeconds()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        await host.AddAsync(Role.User);
        int? sessions = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == KohakuAuthDiagnostics.Name && ReferenceEquals(instrument.Meter.Scope, factory)
                    && instrument.Name == "kohaku_river.auth.sessions.active")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => sessions = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Null(sessions);

        // The round is done on another thread.
        for (var i = 0; i < 600 && sessions is null; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            listener.RecordObservableInstruments();
        }

        Assert.Equal(1, sessions);
    }

    private static Task<HealthReport> CheckAsync(TestHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    /// <summary>A scheduler that takes nothing over.</summary>
    private sealed class FailingScheduler : ITaskApprovalHandler
    {
        public Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("not now");

        public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) => OnApprovedAsync(approval, cancellationToken);

        public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) =>
            OnApprovedAsync(approval, cancellationToken);
    }
}

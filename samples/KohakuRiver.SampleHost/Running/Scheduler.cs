using System.Collections.Concurrent;
using KohakuRiver.Auth;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>Takes approved tasks, runs them as processes of this machine, and records how they ended.</summary>
internal sealed partial class Scheduler(
    RunStore runs, NodeStore nodes, LocalNode node, ProcessRunner processes, ExecutableList executables, RunSignal signal,
    IOptions<SampleHostOptions> options, TimeProvider clock, ILogger<Scheduler> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, Running> running = new();
    private DateTimeOffset nextBeat;

    /// <summary>The node is registered before the host listens, and what an earlier run of this host left behind is settled.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start-up path: SQLite works synchronously.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await signal.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (StoreUnavailableException e)
            {
                LogUnavailable(e);
                await Task.Delay(LookEvery, clock, CancellationToken.None);
            }
        }

        await EndAllAsync();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (clock.GetInstant() >= nextBeat)
        {
            await BeatAsync(cancellationToken);
        }

        foreach (var id in await runs.ListUnwantedAsync([.. running.Keys], cancellationToken))
        {
            if (running.TryGetValue(id, out var task))
            {
                await task.StopAsync();
            }
        }

        foreach (var task in await runs.ClaimAsync(cancellationToken))
        {
            var started = new Running();
            running[task.Id] = started;
            started.Work = Task.Run(() => RunAsync(task, started), CancellationToken.None);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        await nodes.BeatAsync(node, cancellationToken);
        await runs.BeatAsync([.. running.Keys], cancellationToken);
        var lost = await runs.MarkLostAsync(cancellationToken);
        if (lost > 0)
        {
            LogLost(lost);
        }

        nextBeat = clock.GetInstant() + BeatEvery;
    }

    private async Task RunAsync(TaskRow task, Running started)
    {
        try
        {
            var result = await RunProcessAsync(task, started.Kill.Token);
            await FinishAsync(task.Id, started, result);
        }
        finally
        {
            running.TryRemove(task.Id, out _);
            started.Kill.Dispose();

            // Its cores are free for the next one.
            signal.Raise();
        }
    }

    private async Task<RunResult> RunProcessAsync(TaskRow task, CancellationToken kill)
    {
        // Checked again: the list may have changed between submission and now.
        if (executables.Find(task.Command) is not { } path)
        {
            return RunResult.NotStarted("This host does not run this command.");
        }

        var environment = new Dictionary<string, string>(task.EnvVars, StringComparer.Ordinal)
        {
            ["KOHAKU_TASK_ID"] = HostIds.ToText(task.Id),
            ["KOHAKU_TASK_OWNER"] = task.OwnerUsername,
        };
        if (node.Gpus.Length > 0)
        {
            environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', task.RequiredGpus);
        }

        var request = new RunRequest(path, task.Arguments, environment, options.Value.TaskTimeLimit, options.Value.OutputLimit);
        try
        {
            return await processes.RunAsync(request, kill);
        }
#pragma warning disable CA1031 // Whatever failed, the task must not stay "running" forever.
        catch (Exception e)
#pragma warning restore CA1031 // End of the reason above.
        {
            LogNotRun(task.Id, e);
            return RunResult.NotStarted("The host could not prepare this task.");
        }
    }

    private async Task FinishAsync(long id, Running started, RunResult result)
    {
        var status = result.End switch
        {
            RunEnd.Exited => result.ExitCode == 0 ? TaskStatuses.Completed : TaskStatuses.Failed,
            RunEnd.Killed => started.HostStops ? TaskStatuses.Lost : TaskStatuses.Killed,
            _ => TaskStatuses.Failed,
        };
        if (started.HostStops && status == TaskStatuses.Lost)
        {
            result = result.Because("The host stopped while this task ran.");
        }

        // A result is worth retrying; while stopping, the next start marks what could not be written as lost.
        var giveUpAt = clock.GetInstant() + LastWord;
        while (true)
        {
            try
            {
                await runs.TryFinishAsync(id, status, result, CancellationToken.None);
                return;
            }
            catch (StoreUnavailableException e)
            {
                LogUnavailable(e);
                if (started.HostStops && clock.GetInstant() >= giveUpAt)
                {
                    return;
                }

                await Task.Delay(LookEvery, clock, CancellationToken.None);
            }
        }
    }

    private async Task EndAllAsync()
    {
        var tasks = running.Values.ToList();
        foreach (var task in tasks)
        {
            task.HostStops = true;
            await task.StopAsync();
        }

        await Task.WhenAll(tasks.Select(t => t.Work));
    }

    [LoggerMessage(3005, LogLevel.Warning, "The host's database is not available; the scheduler tries again")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(3006, LogLevel.Warning, "{Count} tasks of a runner that is gone are lost")]
    private partial void LogLost(int count);

    [LoggerMessage(3007, LogLevel.Error, "Task {TaskId} could not be run")]
    private partial void LogNotRun(long taskId, Exception exception);

    private sealed class Running
    {
        private volatile bool hostStops;

        public CancellationTokenSource Kill { get; } = new();

        public bool HostStops
        {
            get => hostStops;
            set => hostStops = value;
        }

        public Task Work { get; set; } = Task.CompletedTask;

        /// <summary>Stops it unless it has ended and cleaned up already.</summary>
        public async Task StopAsync()
        {
            try
            {
                await Kill.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself at this moment.
            }
        }
    }
}

using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>
/// The host's own tables in a file or on PostgreSQL, without the host. Several of these on one database are several hosts.
/// </summary>
internal sealed class TestCluster : IDisposable
{
    private readonly ServiceProvider services;

    public TestCluster(string file, TimeProvider? clock = null)
        : this(o => o.UseSqlite($"Data Source={file}"), new SqliteHostEngine(), clock)
    {
    }

    private TestCluster(Action<DbContextOptionsBuilder> use, HostEngine engine, TimeProvider? clock)
    {
        Clock = clock ?? TimeProvider.System;
        services = new ServiceCollection().AddDbContextFactory<HostDbContext>(use).BuildServiceProvider();
        Database = new HostDatabase(services.GetRequiredService<IDbContextFactory<HostDbContext>>(), engine);
        Nodes = new NodeStore(Database, Clock);
        Node = new LocalNode(Options.Create(new SampleHostOptions { MaxProcesses = 1000 }));
        Tasks = new TaskStore(Database, Clock);
        Runs = new RunStore(Database, Node, Clock);
        Ids = new HostIds(Clock);
    }

    public TimeProvider Clock { get; }

    public HostDatabase Database { get; }

    public LocalNode Node { get; }

    public NodeStore Nodes { get; }

    public TaskStore Tasks { get; }

    public RunStore Runs { get; }

    public HostIds Ids { get; }

    public static TestCluster OnPostgreSql(string connectionString, params IInterceptor[] interceptors) =>
        new(o => o.UseNpgsql(connectionString).AddInterceptors(interceptors), new PostgreSqlHostEngine(), null);

    public async Task<long> AddAsync(
        string status = TaskStatuses.Pending, int cores = 0, string? target = null, string? runner = null, string? node = null)
    {
        var row = new TaskRow
        {
            Id = Ids.Next(),
            TaskType = "command",
            Command = "echo",
            Arguments = ["a"],
            EnvVars = new(StringComparer.Ordinal) { ["A"] = "1" },
            RequiredCores = cores,
            RequiredGpus = [],
            TargetNode = target,
            OwnerId = 7,
            OwnerUsername = "someone",
            Status = status,
            SubmittedAt = Clock.GetInstant(),
            AssignedNode = node,
            Runner = runner,
            RunnerSeenAt = runner is null ? null : Clock.GetInstant(),
        };
        await Tasks.AddAsync([row], default);
        return row.Id;
    }

    public async Task<string> StatusAsync(long id) => (await Tasks.FindAsync(id, default))!.Status;

    public void Dispose()
    {
        Database.Dispose();
        services.Dispose();
    }
}

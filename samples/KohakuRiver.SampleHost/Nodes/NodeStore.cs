using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>The nodes of the cluster; each registers itself and sends heartbeats.</summary>
internal sealed class NodeStore(HostDatabase database, TimeProvider clock)
{
    public const string Online = "online";

    /// <summary>A node silent for longer is offline.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public static string StatusOf(NodeRow node, DateTimeOffset now) => now - node.SeenAt > Silence ? "offline" : Online;

    public Task<List<NodeRow>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Nodes.AsNoTracking().OrderBy(n => n.Hostname).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>What running tasks have asked for, by the hostname of their node.</summary>
    public async Task<Dictionary<string, Taken>> ListTakenAsync(CancellationToken cancellationToken)
    {
        var sums = await database.ReadAsync(
            db => db.Tasks.Where(t => t.Status == TaskStatuses.Running && t.AssignedNode != null)
                .GroupBy(t => t.AssignedNode!)
                .Select(g => new { Node = g.Key, Cores = g.Sum(t => t.RequiredCores), Memory = g.Sum(t => t.RequiredMemoryBytes ?? 0) })
                .ToListAsync(cancellationToken),
            cancellationToken);
        return sums.ToDictionary(s => s.Node, s => new Taken(s.Cores, s.Memory), StringComparer.Ordinal);
    }

    public Task BeatAsync(LocalNode node, CancellationToken cancellationToken) => database.WriteAsync(
        async db =>
        {
            try
            {
                return await WriteAsync(db, node, cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another host on this machine registered it first.
                db.ChangeTracker.Clear();
                return await WriteAsync(db, node, cancellationToken);
            }
        },
        cancellationToken);

    private async Task<int> WriteAsync(HostDbContext db, LocalNode node, CancellationToken cancellationToken)
    {
        var row = await db.Nodes.FindAsync([node.Hostname], cancellationToken);
        if (row is null)
        {
            row = new NodeRow { Hostname = node.Hostname, TotalCores = 0, MemoryTotalBytes = 0, Gpus = [], SeenAt = default };
            db.Nodes.Add(row);
        }

        row.TotalCores = node.Cores;
        row.MemoryTotalBytes = node.MemoryBytes;
        row.Gpus = node.Gpus;
        row.SeenAt = clock.GetInstant();
        return await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>This machine as a node of the cluster.</summary>
internal sealed class LocalNode(IOptions<SampleHostOptions> options)
{
    public string Hostname { get; } = Environment.MachineName;

    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>What this process may use: the container's limit where there is one, otherwise the machine's memory.</summary>
    public long MemoryBytes { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public string[] Gpus { get; } = [.. options.Value.Gpus];

    public int MaxProcesses { get; } = options.Value.MaxProcesses;
}

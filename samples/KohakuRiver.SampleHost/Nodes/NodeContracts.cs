namespace KohakuRiver.SampleHost;

/// <summary>
/// A node, with the fields that KohakuRiver's clients count. This host measures nothing: what is in use is what running tasks asked for.
/// </summary>
internal sealed record NodeBody
{
    public required string Hostname { get; init; }

    public required string Status { get; init; }

    public required int TotalCores { get; init; }

    public required int CoresInUse { get; init; }

    /// <summary>0 while the node is offline.</summary>
    public required int AvailableCores { get; init; }

    /// <summary>The part of its cores that is in use, in percent; tasks that ask for any number count as none.</summary>
    public required double CpuPercent { get; init; }

    public required long MemoryTotalBytes { get; init; }

    public required long MemoryUsedBytes { get; init; }

    public required double MemoryPercent { get; init; }

    public required DateTimeOffset LastHeartbeat { get; init; }

    public required IReadOnlyList<GpuBody> Gpus { get; init; }

    /// <summary>The same GPUs, as KohakuRiver's clients read them.</summary>
    public IReadOnlyList<GpuInfoBody> GpuInfo => [.. Gpus.Select(gpu => new GpuInfoBody(gpu.GpuId, gpu.Name))];

    public static NodeBody Of(NodeRow node, Taken taken, DateTimeOffset now)
    {
        var status = NodeStore.StatusOf(node, now);
        return new NodeBody
        {
            Hostname = node.Hostname,
            Status = status,
            TotalCores = node.TotalCores,
            CoresInUse = taken.Cores,
            AvailableCores = status == NodeStore.Online ? Math.Max(node.TotalCores - taken.Cores, 0) : 0,
            CpuPercent = Percent(taken.Cores, node.TotalCores),
            MemoryTotalBytes = node.MemoryTotalBytes,
            MemoryUsedBytes = taken.MemoryBytes,
            MemoryPercent = Percent(taken.MemoryBytes, node.MemoryTotalBytes),
            LastHeartbeat = node.SeenAt,
            Gpus = [.. node.Gpus.Select((name, id) => new GpuBody(id, name))],
        };
    }

    private static double Percent(long part, long whole) => whole == 0 ? 0 : Math.Round(100d * part / whole, 1);
}

internal sealed record GpuBody(int GpuId, string Name);

/// <summary>
/// A GPU without readings. KohakuRiver's clients take most of them as unknown where they are not there, but for these they calculate with
/// whatever they get, and know -1 as unknown.
/// </summary>
internal sealed record GpuInfoBody(int GpuId, string Name)
{
    private const int Unknown = -1;

    public int GraphicsClockMhz { get; } = Unknown;

    public int MemClockMhz { get; } = Unknown;

    public int PowerUsageMw { get; } = Unknown;

    public int PowerLimitMw { get; } = Unknown;
}

/// <summary>What the running tasks of a node have asked for.</summary>
internal readonly record struct Taken(int Cores, long MemoryBytes);

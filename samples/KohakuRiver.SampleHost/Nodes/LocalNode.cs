using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

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

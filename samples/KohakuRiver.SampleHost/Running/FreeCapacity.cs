namespace KohakuRiver.SampleHost;

/// <summary>What is left of a node while tasks are assigned to it.</summary>
internal sealed class FreeCapacity(LocalNode node)
{
    private readonly HashSet<int> busyGpus = [];
    private int processes = node.MaxProcesses;
    private long cores = node.Cores;
    private long memory = node.MemoryBytes;

    public bool IsFull => processes <= 0;

    public bool Fits(Needs needs) =>
        !IsFull
            && needs.Cores <= cores
            && (needs.MemoryBytes ?? 0) <= memory
            && !needs.Gpus.Any(g => g >= node.Gpus.Length || busyGpus.Contains(g));

    public void Take(Needs needs)
    {
        processes--;
        cores -= needs.Cores;
        memory -= needs.MemoryBytes ?? 0;
        busyGpus.UnionWith(needs.Gpus);
    }
}

/// <summary>What a task needs of its node.</summary>
internal sealed record Needs(int Cores, long? MemoryBytes, int[] Gpus);

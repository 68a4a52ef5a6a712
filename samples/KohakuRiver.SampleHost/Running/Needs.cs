namespace KohakuRiver.SampleHost;

/// <summary>What a task needs of its node.</summary>
internal sealed record Needs(int Cores, long? MemoryBytes, int[] Gpus);

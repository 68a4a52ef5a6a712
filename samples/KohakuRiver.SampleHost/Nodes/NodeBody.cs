namespace KohakuRiver.SampleHost;

internal sealed record NodeBody(string Hostname, string Status, int TotalCores, long MemoryTotalBytes, IReadOnlyList<GpuBody> Gpus);

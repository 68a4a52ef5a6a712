namespace KohakuRiver.SampleHost;

internal sealed record GpuBody(int GpuId, string Name);

namespace KohakuRiver.SampleHost.Nodes;

internal sealed record GpuBody(int GpuId, string Name);

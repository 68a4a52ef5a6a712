namespace KohakuRiver.SampleHost;

/// <summary>A machine that runs tasks.</summary>
internal sealed class NodeRow
{
    public required string Hostname { get; init; }

    public required int TotalCores { get; set; }

    public required long MemoryTotalBytes { get; set; }

    /// <summary>The names of its GPUs; a GPU's id is its place here.</summary>
    public required string[] Gpus { get; set; }

    /// <summary>Its last heart-beat.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}

namespace KohakuRiver.SampleHost;

/// <summary>A VPS instance. The sample has no containers: it is a name under which commands may run.</summary>
internal sealed class VpsRow
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Node { get; init; }

    public required string Status { get; init; }

    public required string OwnerUsername { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

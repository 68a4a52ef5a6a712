namespace KohakuRiver.SampleHost;

internal sealed record CreateVpsRequest
{
    public string? Name { get; init; }

    public string? Node { get; init; }
}

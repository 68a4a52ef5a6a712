namespace KohakuRiver.SampleHost;

internal sealed record ExecRequest
{
    public string? Command { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }
}

namespace KohakuRiver.SampleHost.Vps;

internal sealed record ExecRequest
{
    public string? Command { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }
}

namespace KohakuRiver.SampleHost;

/// <summary>The body of a submission, with all fields existing clients send. Null = absent.</summary>
internal sealed record SubmitRequest
{
    public string? TaskType { get; init; }

    public string? Command { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }

    public IReadOnlyDictionary<string, string?>? EnvVars { get; init; }

    /// <summary>0 = any.</summary>
    public int? RequiredCores { get; init; }

    public long? RequiredMemoryBytes { get; init; }

    /// <summary>One list of GPU ids for each target.</summary>
    public IReadOnlyList<IReadOnlyList<int>?>? RequiredGpus { get; init; }

    /// <summary>Hostnames; one task for each.</summary>
    public IReadOnlyList<string?>? Targets { get; init; }

    public string? ContainerName { get; init; }

    public string? RegistryImage { get; init; }

    public bool? Privileged { get; init; }

    public IReadOnlyList<string?>? AdditionalMounts { get; init; }

    public string? IpReservationToken { get; init; }
}

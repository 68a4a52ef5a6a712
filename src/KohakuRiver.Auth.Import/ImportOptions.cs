namespace KohakuRiver.Auth.Import;

/// <summary>How the old database is read and whether anything is written.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// Whether to say only what an import would do: nothing is written then, no schema is brought up to date and no file is created.
    /// Default false.
    /// </summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// The time zone of the old host, which stores times of its own clock without saying which zone they are of. Default: the zone of this
    /// machine.
    /// </summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;
}

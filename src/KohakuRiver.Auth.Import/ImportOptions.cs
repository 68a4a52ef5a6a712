namespace KohakuRiver.Auth.Import;

/// <summary>How the old database is read and whether anything is written.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// Whether to report only what an import would do: nothing is written, no schema is migrated and no file is created.
    /// Default false.
    /// </summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// The time zone of the old host, which stores local times without a zone. Default: the zone of this
    /// machine.
    /// </summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>
    /// Whether to leave out VPS assignments of instances that this host does not have, as its <see cref="IVpsDirectory"/> says, which must
    /// be registered then. Default false: they are imported, give access once the host has an instance with that id, and can be removed.
    /// </summary>
    public bool KnownVpsOnly { get; init; }

    /// <summary>
    /// Old username → the one to have here, for people whose name is not valid here, clashes with another, or should change. The old ones
    /// are compared letter by letter. Other names that are not valid are changed where the result is obvious. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Renames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether to import the history of tasks that have ended, into this host's <see cref="IImportedTaskStore"/>, which must be registered
    /// then. Default false.
    /// </summary>
    public bool Tasks { get; init; }
}

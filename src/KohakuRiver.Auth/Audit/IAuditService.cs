namespace KohakuRiver.Auth;

/// <summary>Reads the audit log, and records what no other write carries: refusals and failures.</summary>
public interface IAuditService
{
    /// <summary>A page of entries, newest first. Needs <see cref="Permissions.ViewAudit"/>.</summary>
    Task<KohakuResult<Page<AuditEntry>>> ListAsync(Actor actor, AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// All matching entries, newest first, read as they are consumed. The export is recorded (<see cref="AuditActions.AuditExport"/>)
    /// before the first entry is read, so an entry that cannot be written is an export that does not happen; it is part of the export where
    /// it matches. Needs <see cref="Permissions.ViewAudit"/>.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="query">What; its page counts for nothing.</param>
    /// <param name="format">What it is made into, for the record; null where the caller reads the entries themselves.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    KohakuResult<AuditExport> Export(Actor actor, AuditQuery query, string? format = null, CancellationToken cancellationToken = default);

    /// <summary>Records an event of the host's own. The database being away is an exception.</summary>
    Task RecordAsync(
        Actor actor,
        string action,
        string? targetType = null,
        string? target = null,
        string? detail = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that something was refused. Never throws: the refusal stands whether or not it can be written. At most
    /// 60 a minute for one caller and action are written. Takes no cancellation: whoever hangs up early is recorded like anybody.
    /// </summary>
    Task RecordRefusalAsync(Actor actor, string action, string? targetType = null, string? target = null, string? detail = null);

    /// <summary>
    /// Records that something was read with the master secret: the same from the same address once a minute, and at most 600 entries a
    /// minute and address; what is beyond that is logged. Never throws because of the store: what can still be read of a full disk has to
    /// be readable.
    /// </summary>
    /// <param name="actor">Of the kind <see cref="ActorKind.MasterSecret"/>.</param>
    /// <param name="what">Method and path, one line, without secrets.</param>
    Task RecordMasterReadAsync(Actor actor, string what);
}

namespace KohakuRiver.Auth;

/// <summary>Reads the audit log, and records what is part of no other write: refusals and failures.</summary>
public interface IAuditService
{
    /// <summary>A page of entries, newest first. Needs <see cref="Permissions.ViewAudit"/>.</summary>
    Task<KohakuResult<Page<AuditEntry>>> ListAsync(Actor actor, AuditQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// All matching entries, newest first, read as they are consumed. The export is recorded (<see cref="AuditActions.AuditExport"/>)
    /// before the first entry is read, so an entry that cannot be written is an export that does not happen; it is part of the export where
    /// it matches. Needs <see cref="Permissions.ViewAudit"/>.
    /// </summary>
    /// <param name="actor">The caller.</param>
    /// <param name="query">Which entries; its page is ignored.</param>
    /// <param name="format">The export format, for the audit log; null where the caller reads the entries themselves.</param>
    KohakuResult<AuditExport> Export(Actor actor, AuditQuery query, string? format = null, CancellationToken cancellationToken = default);

    /// <summary>Records an event of the host's own. Throws when the database is unavailable.</summary>
    Task RecordAsync(
        Actor actor,
        string action,
        string? targetType = null,
        string? target = null,
        string? detail = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that something was refused. Never throws: the refusal holds whether or not it can be recorded. At most
    /// 60 per minute, caller and action are written. Takes no cancellation token: a caller that hangs up is recorded like any other.
    /// </summary>
    Task RecordRefusalAsync(Actor actor, string action, string? targetType = null, string? target = null, string? detail = null);

    /// <summary>
    /// Records that something was read with the master secret: the same read from the same address once a minute, at most 600 entries a
    /// minute and address; beyond that it is only logged. Never throws because of the store: what can still be read of a full disk has to
    /// be readable.
    /// </summary>
    /// <param name="actor">An actor of the kind <see cref="ActorKind.MasterSecret"/>.</param>
    /// <param name="what">The method and path, on one line, without secrets.</param>
    Task RecordMasterReadAsync(Actor actor, string what);
}

namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Taking over the accounts of a KohakuRiver database, and what belongs to them. What was imported is marked for good, so that a further
/// run does not bring back what has been deleted since.
/// </summary>
public interface IImportStore : IKohakuStore
{
    /// <summary>What of these keys is there.</summary>
    Task<ImportState> ReadAsync(ImportKeys keys, CancellationToken ct);

    /// <summary>
    /// Writes the whole plan, with a mark for each account, group and invitation. The guard: of all that the plan makes nothing is there and nothing is marked,
    /// and every group and maker it names is there or made by it. Lost: <see cref="WriteStatus.Conflict"/>; read again and plan anew then.
    /// </summary>
    Task<WriteStatus> TryImportAsync(ImportPlan plan, AuthorizedWrite write, CancellationToken ct);

    /// <summary>Whether any imported token is left: one whose hash is a SHA3-512.</summary>
    Task<bool> AnyTokensAsync(CancellationToken ct);
}

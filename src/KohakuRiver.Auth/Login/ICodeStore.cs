namespace KohakuRiver.Auth.Stores;

/// <summary>One-use codes. They are used up by the verbs of <see cref="IAccountStore"/>.</summary>
public interface ICodeStore : IKohakuStore
{
    /// <summary>
    /// Stores a code in place of the earlier ones of the same purpose and user. Lost: <see cref="WriteStatus.UserMissing"/>.
    /// </summary>
    Task<WriteStatus> TryReplaceAsync(OneUseCode code, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>The code, expired ones too, or null.</summary>
    Task<OneUseCode?> FindAsync(SecretHash hash, CancellationToken cancellationToken);

    /// <summary>Removes codes expired at <paramref name="now"/>; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

namespace KohakuRiver.Auth.Import;

/// <summary>An account that is kept: created by this import, or existing.</summary>
internal sealed class KeptAccount(ImportSource.User source, Role role, UserRef? there, string displayName, DateTimeOffset now)
{
    internal ImportSource.User Source => source;

    /// <summary>The existing account of that name; null for one that the import creates.</summary>
    internal UserRef? There => there;

    internal List<string> Groups { get; } = [];

    internal List<ImportedApiToken> Tokens { get; } = [];

    internal List<ImportedVps> Vps { get; } = [];

    internal ImportedAccount ToAccount() => new()
    {
        Username = source.Username!,
        DisplayName = displayName,
        Role = role,
        IsActive = source.IsActive ?? false,
        PasswordHash = source.PasswordHash!,
        CreatedAt = source.CreatedAt ?? now,
        Groups = Groups,
        Tokens = Tokens,
        Vps = Vps,
    };
}

namespace KohakuRiver.Auth.Import;

/// <summary>An account that is kept: made by this import, or there.</summary>
internal sealed class KeptAccount(ImportSource.User source, Role role, UserRef? there, string displayName, DateTimeOffset now)
{
    internal ImportSource.User Source => source;

    /// <summary>The account of the name that was there before; null for one that the import makes.</summary>
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

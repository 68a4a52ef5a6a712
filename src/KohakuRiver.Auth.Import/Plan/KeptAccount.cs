namespace KohakuRiver.Auth.Import;

/// <summary>An account that is kept: created by this import, or existing.</summary>
internal sealed class KeptAccount(
    ImportSource.User source, string name, Role role, UserRef? there, bool isOurs, string displayName, DateTimeOffset now)
{
    internal ImportSource.User Source => source;

    /// <summary>Its name here.</summary>
    internal string Name => name;

    /// <summary>The existing account of that name; null for one that the import creates.</summary>
    internal UserRef? There => there;

    /// <summary>Whether an import is known to have created it: this one, or an earlier one.</summary>
    internal bool IsOurs => isOurs;

    internal List<ImportMark> FormerNames { get; } = [];

    internal List<string> Groups { get; } = [];

    internal List<ImportedApiToken> Tokens { get; } = [];

    internal List<ImportedVps> Vps { get; } = [];

    internal ImportedAccount ToAccount() => new()
    {
        Username = name,
        DisplayName = displayName,
        Role = role,
        IsActive = source.IsActive ?? false,
        PasswordHash = source.PasswordHash!,
        CreatedAt = source.CreatedAt ?? now,
        FormerNames = FormerNames,
        Groups = Groups,
        Tokens = Tokens,
        Vps = Vps,
    };
}

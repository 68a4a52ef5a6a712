namespace KohakuRiver.Auth.Import;

/// <summary>The keys an import looks up in the store.</summary>
internal sealed record ImportKeys
{
    /// <summary>Usernames, in any case.</summary>
    public IReadOnlyCollection<string> Usernames { get; init; } = [];

    /// <summary>Group names, in any case.</summary>
    public IReadOnlyCollection<string> GroupNames { get; init; } = [];

    /// <summary>Hashes of tokens.</summary>
    public IReadOnlyCollection<SecretHash> Tokens { get; init; } = [];

    /// <summary>Hashes of invitation codes.</summary>
    public IReadOnlyCollection<SecretHash> Invitations { get; init; } = [];

    /// <summary>Marks of earlier imports.</summary>
    public IReadOnlyCollection<ImportMark> Marks { get; init; } = [];
}

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class TokenRow
{
    public long Id { get; set; }

    public long UserId { get; set; }

    public UserRow? User { get; set; }

    /// <summary>The token it was created with. The key cascades, so that revoking a token also deletes its descendants.</summary>
    public long? ParentId { get; set; }

    public byte[] Hash { get; set; } = [];

    public string Prefix { get; set; } = "";

    public string Name { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public ApiToken ToModel(string username) => new()
    {
        Id = Id,
        Owner = new UserRef(UserId, username),
        Name = Name,
        Prefix = Prefix,
        CreatedAt = CreatedAt,
        LastUsedAt = LastUsedAt,
        ExpiresAt = ExpiresAt,
        ParentId = ParentId,
    };
}

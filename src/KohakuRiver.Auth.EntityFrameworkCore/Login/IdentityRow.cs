namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class IdentityRow
{
    public long Id { get; set; }

    public long UserId { get; set; }

    public UserRow? User { get; set; }

    public string Provider { get; set; } = "";

    public string Issuer { get; set; } = "";

    public string Subject { get; set; } = "";

    public string LoginName { get; set; } = "";

    public DateTimeOffset LinkedAt { get; set; }

    public DateTimeOffset? SeenAt { get; set; }

    public ExternalIdentity ToModel() => new()
    {
        Id = Id,
        UserId = UserId,
        Provider = Provider,
        Key = new IdentityKey(Issuer, Subject),
        LoginName = LoginName,
        LinkedAt = LinkedAt,
        SeenAt = SeenAt,
    };
}

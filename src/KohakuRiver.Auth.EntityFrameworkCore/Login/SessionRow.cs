namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class SessionRow
{
    public long Id { get; set; }

    public long UserId { get; set; }

    public UserRow? User { get; set; }

    public byte[] Hash { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public string? IpAddress { get; set; }

    public string? UserAgent { get; set; }

    public Session ToModel() => new()
    {
        Id = Id,
        UserId = UserId,
        CreatedAt = CreatedAt,
        LastSeenAt = LastSeenAt,
        ExpiresAt = ExpiresAt,
        IpAddress = IpAddress,
        UserAgent = UserAgent,
    };
}

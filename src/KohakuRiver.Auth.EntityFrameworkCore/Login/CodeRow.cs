namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class CodeRow
{
    public long Id { get; set; }

    public byte[] Hash { get; set; } = [];

    public CodePurpose Purpose { get; set; }

    public long? UserId { get; set; }

    public UserRow? User { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

using System.Data.Common;
using KohakuRiver.Auth;

namespace SqlStore;

/// <summary>Rows as the library knows them. Columns that several tables have are named with their table's letter.</summary>
internal static class Rows
{
    public static readonly SqlText UserColumns = new(
        "u.id AS u_id, u.username, u.display_name, u.language, u.role, u.is_active, u.created_at AS u_created_at, "
        + "u.last_login_at, u.failed_logins, u.locked_until, u.must_change_password");

    public static readonly SqlText SessionColumns = new(
        "s.id AS s_id, s.user_id AS s_user_id, s.created_at AS s_created_at, s.last_seen_at, "
        + "s.expires_at AS s_expires_at, s.ip_address, s.user_agent");

    public static readonly SqlText TokenColumns = new(
        "t.id AS t_id, t.user_id AS t_user_id, u.username AS owner, t.name AS t_name, t.prefix, t.created_at AS t_created_at, "
        + "t.last_used_at, t.expires_at AS t_expires_at, t.parent_id");

    public static readonly SqlText IdentityColumns = new(
        "i.id AS i_id, i.user_id AS i_user_id, i.provider, i.issuer, i.subject, i.login_name, i.linked_at, i.seen_at");

    public static User User(DbDataReader row) => new()
    {
        Id = row.Long("u_id"),
        Username = row.Text("username"),
        DisplayName = row.Text("display_name"),
        Language = row.TextOrNull("language"),
        Role = (Role)row.Int("role"),
        IsActive = row.Int("is_active") == 1,
        CreatedAt = row.Instant("u_created_at"),
        LastLoginAt = row.InstantOrNull("last_login_at"),
        FailedLogins = row.Int("failed_logins"),
        LockedUntil = row.InstantOrNull("locked_until"),
        MustChangePassword = row.Int("must_change_password") == 1,
    };

    public static Session Session(DbDataReader row) => new()
    {
        Id = row.Long("s_id"),
        UserId = row.Long("s_user_id"),
        CreatedAt = row.Instant("s_created_at"),
        LastSeenAt = row.Instant("last_seen_at"),
        ExpiresAt = row.Instant("s_expires_at"),
        IpAddress = row.TextOrNull("ip_address"),
        UserAgent = row.TextOrNull("user_agent"),
    };

    public static ApiToken Token(DbDataReader row) => new()
    {
        Id = row.Long("t_id"),
        Owner = new UserRef(row.Long("t_user_id"), row.Text("owner")),
        Name = row.Text("t_name"),
        Prefix = row.Text("prefix"),
        CreatedAt = row.Instant("t_created_at"),
        LastUsedAt = row.InstantOrNull("last_used_at"),
        ExpiresAt = row.InstantOrNull("t_expires_at"),
        ParentId = row.LongOrNull("parent_id"),
    };

    public static ExternalIdentity Identity(DbDataReader row) => new()
    {
        Id = row.Long("i_id"),
        UserId = row.Long("i_user_id"),
        Provider = row.Text("provider"),
        Key = new IdentityKey(row.Text("issuer"), row.Text("subject")),
        LoginName = row.Text("login_name"),
        LinkedAt = row.Instant("linked_at"),
        SeenAt = row.InstantOrNull("seen_at"),
    };

    public static long Long(this DbDataReader row, string column) => row.GetInt64(row.GetOrdinal(column));

    public static long? LongOrNull(this DbDataReader row, string column) => row.IsNull(column) ? null : row.Long(column);

    public static int Int(this DbDataReader row, string column) => checked((int)row.Long(column));

    public static string Text(this DbDataReader row, string column) => row.GetString(row.GetOrdinal(column));

    public static string? TextOrNull(this DbDataReader row, string column) => row.IsNull(column) ? null : row.Text(column);

    public static DateTimeOffset Instant(this DbDataReader row, string column) => Instants.FromMicroseconds(row.Long(column));

    public static DateTimeOffset? InstantOrNull(this DbDataReader row, string column) => row.IsNull(column) ? null : row.Instant(column);

    public static T Json<T>(this DbDataReader row, string column) => SqlJson.Read<T>(row.Text(column));

    public static bool IsNull(this DbDataReader row, string column) => row.IsDBNull(row.GetOrdinal(column));
}

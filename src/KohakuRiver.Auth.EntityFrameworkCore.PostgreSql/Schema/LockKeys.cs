namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// The numbers of advisory locks, which a whole database shares with whatever else a host runs in it: the first two
/// bytes are the product's (<c>KR</c>), the third says what is locked, the rest is the id.
/// </summary>
internal static class LockKeys
{
    private const long Product = 0x4B52L << 48;
    private const long IdMask = (1L << 40) - 1;

    /// <summary>Held by the connection that migrates, for as long as it does.</summary>
    public const long Migration = Product | (0xFFL << 40);

    /// <summary>Ids above 2^40 share locks with others, which costs waiting and nothing else.</summary>
    public static long Of(StoreLock what, long id) => Product | ((long)what << 40) | (id & IdMask);
}

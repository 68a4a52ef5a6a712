namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// The numbers of advisory locks, which a whole database shares with whatever else a host runs in it: the first two
/// bytes are the product's (<c>KR</c>), the third is the kind of lock, the rest is the id.
/// </summary>
internal static class LockKeys
{
    private const long Product = 0x4B52L << 48;
    private const long IdMask = (1L << 40) - 1;

    /// <summary>Held by the connection that migrates, for the duration.</summary>
    public const long Migration = Product | (0xFFL << 40);

    /// <summary>Ids above 2^40 share locks with others, which only costs waiting.</summary>
    public static long Of(StoreLock what, long id) => Product | ((long)what << 40) | (id & IdMask);
}

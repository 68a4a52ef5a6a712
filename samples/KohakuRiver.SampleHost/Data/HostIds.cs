using System.Globalization;
using System.Security.Cryptography;

namespace KohakuRiver.SampleHost;

/// <summary>
/// Ids of tasks and VPS instances: decimal strings that grow with time, as KohakuRiver's clients know them. The upper bits are
/// milliseconds, the lower 22 start anywhere, so that hosts sharing a database do not collide; the primary key guarantees it.
/// </summary>
internal sealed class HostIds(TimeProvider clock)
{
    private const int LowBits = 22;
    private static readonly DateTimeOffset Epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock gate = new();
    private long last;

    /// <summary>A new id, greater than all created by this process, even if the clock went backwards.</summary>
    public long Next()
    {
        var milliseconds = (long)(clock.GetUtcNow() - Epoch).TotalMilliseconds;

        // Half of the range, so that counting up from there stays within the millisecond.
        var candidate = (milliseconds << LowBits) | (long)RandomNumberGenerator.GetInt32(1 << (LowBits - 1));
        lock (gate)
        {
            last = Math.Max(candidate, last + 1);
            return last;
        }
    }

    public static string ToText(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Parses an id as written by <see cref="ToText"/>; other spellings of the number are not ids.</summary>
    public static bool TryRead(string? text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && text == ToText(id);
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Limits attempts per client address and minute (or hour). An attempt is counted before it is checked, so that parallel
/// attempts cannot exceed the limit together, and given back when it turns out not to count. Used-up buckets are
/// remembered: further attempts are refused without asking the store.
/// </summary>
internal sealed class AttemptThrottle(IThrottleStore store, AuditService audit, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    private const int MostRemembered = 10_000;

    // An attempt in progress may still be given back, here or on another instance: then there is room again.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Shut> shut = new(StringComparer.Ordinal);

    /// <summary>
    /// The refusal for an address that is known to have used up a bucket; null when the store has to be asked. Reads and writes nothing.
    /// </summary>
    internal Refusal? FindShut(AttemptKind kind, string? address)
    {
        if (address is null || shut.IsEmpty || !shut.TryGetValue(KeyOf(kind, address), out var known))
        {
            return null;
        }

        // A clock that was set back shows another window.
        var now = clock.GetInstant();
        return now >= known.From && now < known.Until && (kind.IsFinal || now < known.AskAgain) ? Refuse(kind, known.Until - now) : null;
    }

    /// <summary>Counts one attempt. Null when it may continue; the refusal when the address has used up its window.</summary>
    internal async Task<(Refusal? Refusal, Attempt Attempt)> TryTakeAsync(
        AttemptKind kind, string? address, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % kind.Window.Ticks), TimeSpan.Zero);
        var attempt = new Attempt(this, address is null ? null : KeyOf(kind, address), start);
        if (attempt.Bucket is null)
        {
            return (null, attempt);
        }

        if (FindShut(kind, address) is { } known)
        {
            return (known, attempt);
        }

        if (await store.TryTakeAsync(attempt.Bucket, start, kind.LimitOf(options.Value.Throttling), cancellationToken))
        {
            return (null, attempt);
        }

        Remember(attempt.Bucket, new Shut(start, start + kind.Window, now + AskAgain), now);

        // One entry per address and window is enough; the flood itself must not fill the log.
        if (await store.TryTakeAsync($"audit:{attempt.Bucket}", start, 1, cancellationToken))
        {
            var entry = AuditEntries.By(Actor.Anonymous with { Address = address }, now, AuditActions.Throttled)
                .Ended(AuditOutcome.Refused, kind.Describe(options.Value.Throttling));
            await audit.RecordAsync(entry);
        }

        return (Refuse(kind, start + kind.Window - now), attempt);
    }

    /// <summary>The part of an address one client can hold: IPv4 whole (mapped ones too), IPv6 by /64.</summary>
    internal static string Bucket(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
        {
            return address;
        }

        if (ip.IsIPv4MappedToIPv6)
        {
            ip = ip.MapToIPv4();
        }

        if (ip.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return ip.ToString();
        }

        var bytes = ip.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }

    /// <summary>The address and account name as the hashing queue knows them.</summary>
    internal static HashingClient ClientDetails(string? address, string? username) =>
        HashingClient.Of(address is null ? null : Bucket(address), username);

    private static string KeyOf(AttemptKind kind, string address) => $"{kind.Bucket}:{Bucket(address)}";

    private static Refusal Refuse(AttemptKind kind, TimeSpan wait) => new(RefusalKind.Throttled, kind.Message) { RetryAfter = wait };

    private void Remember(string bucket, Shut until, DateTimeOffset now)
    {
        if (shut.Count >= MostRemembered)
        {
            foreach (var old in shut.Where(s => s.Value.Until <= now))
            {
                shut.TryRemove(old);
            }

            // More addresses than can be remembered: the store still knows them all.
            if (shut.Count >= MostRemembered)
            {
                shut.Clear();
            }
        }

        shut[bucket] = until;
    }

    private async Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken)
    {
        await store.GiveBackAsync(bucket, window, cancellationToken);
        shut.TryRemove(bucket, out _);
    }

    /// <summary>A bucket used up in a window, unless attempts are given back: asked again at <paramref name="AskAgain"/>.</summary>
    private readonly record struct Shut(DateTimeOffset From, DateTimeOffset Until, DateTimeOffset AskAgain);

    /// <summary>One counted attempt.</summary>
    internal readonly record struct Attempt(AttemptThrottle Throttle, string? Bucket, DateTimeOffset Window)
    {
        /// <summary>It did not count after all.</summary>
        internal Task GiveBackAsync(CancellationToken cancellationToken) =>
            Bucket is null ? Task.CompletedTask : Throttle.GiveBackAsync(Bucket, Window, cancellationToken);
    }
}

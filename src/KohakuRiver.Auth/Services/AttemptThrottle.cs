using System.Net;
using System.Net.Sockets;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Services;

/// <summary>
/// Limits attempts per client address and minute (or hour). An attempt is counted before it is judged, so that parallel
/// attempts cannot pass the limit together, and given back when it turns out to be no failure.
/// </summary>
internal sealed class AttemptThrottle(IThrottleStore store, AuditService audit, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Counts one attempt. Null when it may go on; the refusal when the address has used its minute up.</summary>
    internal Task<(Refusal? Refusal, Attempt Attempt)> TryTakeAsync(string what, string? address, int limit, CancellationToken ct) =>
        TryTakeAsync(what, address, limit, Minute, ct);

    /// <summary>The same for what is limited by the hour.</summary>
    internal Task<(Refusal? Refusal, Attempt Attempt)> TryTakeOfHourAsync(string what, string? address, int limit, CancellationToken ct) =>
        TryTakeAsync(what, address, limit, Hour, ct);

    private async Task<(Refusal? Refusal, Attempt Attempt)> TryTakeAsync(string what, string? address, int limit, TimeSpan window, CancellationToken ct)
    {
        var now = clock.GetInstant();
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % window.Ticks), TimeSpan.Zero);
        var attempt = new Attempt(store, address is null ? null : $"{what}:{Bucket(address)}", start);
        if (attempt.Bucket is null || await store.TryTakeAsync(attempt.Bucket, start, limit, ct))
        {
            return (null, attempt);
        }

        // One entry an address and window tells the story; the flood itself must not fill the log.
        if (await store.TryTakeAsync($"audit:{attempt.Bucket}", start, 1, ct))
        {
            var entry = AuditEntries.By(Actor.Anonymous with { Address = address }, now, AuditActions.Throttled)
                .Ended(AuditOutcome.Refused, $"more than {limit} {(window == Hour ? "an hour" : "failures a minute")}: {what}");
            await audit.RecordAsync(entry);
        }

        return (new Refusal(RefusalKind.Throttled, window == Hour ? "Too many accounts were asked for from your address. Try again later." : "Too many failed attempts from your address. Wait a moment and try again.")
        {
            RetryAfter = start + window - now,
        }, attempt);
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

    /// <summary>One counted attempt.</summary>
    internal readonly record struct Attempt(IThrottleStore Store, string? Bucket, DateTimeOffset Window)
    {
        /// <summary>It was no failure after all.</summary>
        internal Task GiveBackAsync(CancellationToken ct) =>
            Bucket is null ? Task.CompletedTask : Store.GiveBackAsync(Bucket, Window, ct);
    }
}

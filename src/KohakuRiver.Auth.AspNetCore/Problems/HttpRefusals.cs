using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Refusals only HTTP knows. Kept as instances: those whose status the rules have no word for (408, 413, 415) are told by
/// identity.
/// </summary>
internal static class HttpRefusals
{
    private const string CrossSiteMessage =
        "This request came from a page of another site, for which a session cookie does not count. "
        + "If it was one of this host's own "
        + "pages, the host does not know the address people use: set PublicUrl, or let the proxy pass on the Host header.";

    /// <summary>A credential was sent and is not good, for whatever reason.</summary>
    internal static Refusal BadCredential { get; } = new(
        RefusalKind.Unauthenticated, "The credential is not valid (any more). Log in again, or send a valid token.");

    /// <summary>A change sent by a page of another site, to what the library guards.</summary>
    internal static Refusal CrossSite { get; } = new(RefusalKind.Forbidden, CrossSiteMessage);

    /// <summary>The same to what a policy of the host's guards: that policy asks for a login, and finds none.</summary>
    internal static Refusal CrossSiteStranger { get; } = new(RefusalKind.Unauthenticated, CrossSiteMessage);

    /// <summary>Plain HTTP from another machine where HTTPS is set up.</summary>
    internal static Refusal PlainHttp { get; } = new(
        RefusalKind.Invalid,
        "This host is for HTTPS only. Treat what was sent as known to others. Behind a proxy that speaks HTTPS, its address belongs in "
        + "TrustedProxies.");

    /// <summary>A body beyond the limit: 413.</summary>
    internal static Refusal TooLarge { get; } = new(RefusalKind.Invalid, "The body is larger than 64 KB.");

    /// <summary>A body that is not JSON: 415.</summary>
    internal static Refusal NotJson { get; } = new(RefusalKind.Invalid, "Send the body as application/json in UTF-8.");

    /// <summary>A body that takes longer than it may: 408.</summary>
    internal static Refusal TooSlow { get; } = new(RefusalKind.Invalid, "The body took too long to arrive. Nothing was changed.");

    /// <summary>The database is unavailable.</summary>
    internal static Refusal StoreUnavailable { get; } = new(RefusalKind.Busy, "The database is unavailable. Try again soon.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <summary>As many passwords wait to be hashed as may wait.</summary>
    internal static Refusal Busy { get; } = new(RefusalKind.Busy, "The host is busy. Try again soon.")
    {
        RetryAfter = HashingQueueFullException.RetryAfter,
    };

    /// <summary>Whether the refusal is one of the two about other sites.</summary>
    internal static bool IsCrossSite(Refusal refusal) => ReferenceEquals(refusal, CrossSite) || ReferenceEquals(refusal, CrossSiteStranger);

    /// <summary>The HTTP status of a refusal.</summary>
    internal static int StatusOf(Refusal refusal)
    {
        if (ReferenceEquals(refusal, TooLarge))
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        if (ReferenceEquals(refusal, NotJson))
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        if (ReferenceEquals(refusal, TooSlow))
        {
            return StatusCodes.Status408RequestTimeout;
        }

        return refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Hidden => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Throttled => StatusCodes.Status429TooManyRequests,
            RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
    }
}

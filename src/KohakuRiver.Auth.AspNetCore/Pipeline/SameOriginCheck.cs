using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Asks <see cref="SameOrigin"/>, and tells the operator where people of this host's own pages may have been refused: behind a proxy that
/// passes another <c>Host</c> on, over plain HTTP, where browsers send <c>Origin</c> alone.
/// </summary>
internal sealed partial class SameOriginCheck(IOptions<KohakuAuthOptions> options, TimeProvider clock, ILogger<SameOriginCheck> logger)
{
    /// <summary>No longer than this is silence; within it one line is enough, whoever sends how much.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private const int LongestName = 200;

    private readonly Lock gate = new();
    private long? told;

    /// <summary>Whether the request is allowed for this kind of actor.</summary>
    internal bool Allows(HttpContext context, ActorKind kind)
    {
        if (SameOrigin.Allows(context, kind, options.Value.PublicUrl))
        {
            return true;
        }

        Tell(context);
        return false;
    }

    private void Tell(HttpContext context)
    {
        // Where Sec-Fetch-Site is sent, the browser itself has compared the names; an opaque origin is nobody's name.
        var headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"].Count > 0
            || headers.Origin is not [{ } origin] || !origin.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            || !IsTime())
        {
            return;
        }

        var view = RequestView.Of(context);
        NamesDiffer(SafeText.OneLine(origin, LongestName), SafeText.OneLine($"{view.Scheme}://{view.Host}", LongestName));
    }

    private bool IsTime()
    {
        lock (gate)
        {
            if (told is { } last && clock.GetElapsedTime(last) < Pause)
            {
                return false;
            }

            told = clock.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(2009, LogLevel.Warning,
        "A change was refused as one of another site: the page is at {Origin}, and this host was addressed as {Host}. If people reach this "
        + "host at the former, set PublicUrl to that, or let the proxy pass on the Host header; where it speaks HTTPS, name it in "
        + "TrustedProxies. More of these are not logged for an hour; the audit log has all")]
    private partial void NamesDiffer(string origin, string host);
}

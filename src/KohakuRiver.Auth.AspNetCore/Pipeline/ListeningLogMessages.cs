using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The log lines about where a host listens, and its setup link.</summary>
internal static partial class ListeningLogMessages
{
    [LoggerMessage(2002, LogLevel.Information, "There is no admin yet: the setup link was printed to the console")]
    internal static partial void SetupLinkPrinted(this ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "Other machines reach {Addresses} over plain HTTP, where passwords and tokens can be read on "
        + "the way. Listen for HTTPS, or on localhost behind a proxy that does and is named in TrustedProxies")]
    internal static partial void PlainHttpBeyondThisMachine(this ILogger logger, string addresses);

    [LoggerMessage(2004, LogLevel.Warning,
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED is set: everybody's forwarded headers are trusted, so that any client that reaches "
        + "this host directly chooses its own address. Unset it and name the proxies in TrustedProxies, or make sure that only "
        + "the proxy reaches this host")]
    internal static partial void ForwardedHeadersOfEverybody(this ILogger logger);

    [LoggerMessage(2005, LogLevel.Warning,
        "TrustedProxies names very large networks: {Networks}. Whoever is in one of them chooses the address that throttling "
        + "and the audit log see. Name the proxies themselves")]
    internal static partial void WideTrustedProxies(this ILogger logger, string networks);

    [LoggerMessage(2006, LogLevel.Warning,
        "The server listens on a unix socket, and TrustedProxies does not name 'unix': all clients behind it count as one, so "
        + "that one of them uses up the attempts of all")]
    internal static partial void UnixSocketNotTrusted(this ILogger logger);

    [LoggerMessage(2007, LogLevel.Warning,
        "PublicUrl is https, but the server listens on {Addresses} only and TrustedProxies names no proxy that speaks HTTPS: "
        + "calls from other machines are refused, and everybody behind a proxy counts as one client")]
    internal static partial void PublicUrlWithoutHttps(this ILogger logger, string addresses);
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>Turns the failure of a call into one line that says what to do.</summary>
internal static class HostErrors
{
    /// <summary>For a response that is not 2xx.</summary>
    /// <param name="host">The host that answered.</param>
    /// <param name="response">The response.</param>
    /// <param name="body">The response body, as far as it was read.</param>
    /// <param name="hadToken">Whether the call carried a token.</param>
    internal static CliException FromAnswer(HostAddress host, HttpResponseMessage response, string body, bool hadToken)
    {
        var status = (int)response.StatusCode;
        var (detail, isJson, fields) = ReadDetail(response, body);
        if (status is >= 300 and < 400)
        {
            return Redirected(host, response);
        }

        if (!isJson
            && response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
        {
            return new(
                ExitCodes.Unreachable, $"The host behind {host} is unavailable ({status}). Try again later.", status);
        }

        if (!isJson && body.Length > 0 && status != 401)
        {
            return NotAHost(host, response);
        }

        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when hadToken => new(
                ExitCodes.NotLoggedIn,
                $"{host} refuses the token: it has expired or was revoked, or the account is disabled. "
                + $"Run: kohakuriver auth login --host {host}",
                status),
            HttpStatusCode.Unauthorized => new(
                ExitCodes.NotLoggedIn, $"Not logged in to {host}. Run: kohakuriver auth login --host {host}", status),
            HttpStatusCode.TooManyRequests => new(ExitCodes.Failed, $"{detail ?? "Too many attempts."} {TryAgain(response)}", status),
            HttpStatusCode.ServiceUnavailable => new(ExitCodes.Failed, $"{detail ?? "The host is busy."} {TryAgain(response)}", status),
            HttpStatusCode.NotFound when !isJson => new(
                ExitCodes.Failed,
                $"{host} does not support this call; it may run another version of KohakuRiver, or be another service.",
                status),
            HttpStatusCode.NotFound when detail is null or "Not found." => new(
                ExitCodes.Failed, "There is no such thing here, or none that you may see.", status),
            _ when detail is not null => new(ExitCodes.Failed, detail, status) { Fields = fields },
            _ => new(ExitCodes.Failed, $"{host} answered {status} without a reason; its log may tell more.", status),
        };
    }

    /// <summary>For a 2xx response of an unexpected kind.</summary>
    internal static CliException NotAHost(HostAddress host, HttpResponseMessage response)
    {
        var kind = response.Content.Headers.ContentType?.MediaType ?? "nothing";
        return new(
            ExitCodes.Unreachable, $"{host} does not respond like a KohakuRiver host ({(int)response.StatusCode}, {kind}). Check the "
                + $"address, and whether a proxy responds in its place.",
            (int)response.StatusCode);
    }

    internal static CliException TimedOut(HostAddress host, TimeSpan timeout, Exception? inner = null) => CliException.Unreachable(
        $"{host} did not respond within {timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s. "
            + "Try again, or allow more time with --timeout SECONDS.",
        inner);

    /// <summary>For a call without a response.</summary>
    /// <param name="host">The host that was called.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="certificateFault">What is wrong with its certificate; null where nothing is, or none came.</param>
    internal static CliException FromFault(HostAddress host, Exception fault, string? certificateFault)
    {
        if (fault.InnerException is CliException ours)
        {
            // A file of authorities that could not be read when one was needed.
            return ours;
        }

        var error = (fault as HttpRequestException)?.HttpRequestError;
        var isUnderWay = error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError
            .ProxyTunnelError;
        if (isUnderWay && ProxyOf(host) is { } proxy)
        {
            return CliException.Unreachable(
                $"The proxy {proxy} on the way to {host} cannot be reached or refuses; check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", fault);
        }

        if (host.IsAssumed && isUnderWay)
        {
            return CliException.Unreachable(
                $"No host is named, and none runs at {host}. Name it with --host URL or KOHAKU_HOST, or log in: "
                + "kohakuriver auth login --host URL",
                fault);
        }

        var isPlain = host.Root.Scheme == Uri.UriSchemeHttp;
        var why = error switch
        {
            HttpRequestError.NameResolutionError => $"the host name {host.Root.Host} was not found; check --host or KOHAKU_HOST.",
            HttpRequestError.ConnectionError => "the connection was refused; is the host running, and is the address right?",
            HttpRequestError.SecureConnectionError when certificateFault is not null => certificateFault + ".",
            HttpRequestError.SecureConnectionError =>
                $"nothing speaks TLS there ({Innermost(fault).Message.TrimEnd('.')}). If it is a host without TLS, write http://.",
            HttpRequestError.ConfigurationLimitExceeded =>
                "what it answers is larger than anything a KohakuRiver host sends; check the address.",
            HttpRequestError.InvalidResponse =>
                "what answers there does not speak HTTP; check the address" + (
                    isPlain ? ", or write https:// if it is a host with TLS." : "."),
            _ when isPlain => "the connection was lost; try again, or write https:// if it is a host with TLS.",
            _ => "the connection was lost; try again.",
        };
        return CliException.Unreachable($"{host} cannot be reached: {why}", fault);
    }

    /// <summary>How long the host asks to wait; null where it does not say.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    internal static bool IsJson(MediaTypeHeaderValue? type) =>
        type?.MediaType is { } media
            && (
                media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                    || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    // The address of a host, not of one of its pages: what is behind it is ours.
    private static CliException Redirected(HostAddress host, HttpResponseMessage response)
    {
        var asked = response.RequestMessage?.RequestUri ?? host.Root;
        var target = response.Headers.Location is { } location ? new Uri(asked, location) : asked;
        var path = asked.AbsolutePath[(host.Root.AbsolutePath.Length - 1)..];
        var root = target.AbsolutePath.TrimEnd('/').EndsWith(path.TrimEnd('/'), StringComparison.Ordinal)
            ? target.AbsolutePath.TrimEnd('/')[..^path.TrimEnd('/').Length]
            : "";
        var other = target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + root;
        return new(
            ExitCodes.Unreachable,
            other == host.Key
                ? $"{host} redirects to a page of its own. Does a proxy in front of it ask for a login?"
                : $"{host} redirects to {other}. If that is where the host is now, use --host {other}",
            (int)response.StatusCode);
    }

    /// <summary>The proxy on the way to a host, without the password that it may have; null for none.</summary>
    internal static string? ProxyOf(HostAddress host) =>
        !host.IsLoopback && HttpClient.DefaultProxy.GetProxy(host.Root) is { } proxy && proxy != host.Root
            ? proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : null;

    private static string TryAgain(HttpResponseMessage response) =>
        RetryAfter(response, TimeProvider.System) is { } pause
            ? $"Try again in {Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s."
            : "Try again later.";

    // RFC 9457, or the plain {"detail": …} of the original host.
    private static (string? Detail, bool IsJson, IReadOnlyDictionary<string, IReadOnlyList<string>>? Fields) ReadDetail(
        HttpResponseMessage response, string body)
    {
        if (!IsJson(response.Content.Headers.ContentType))
        {
            return (null, false, null);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, true, null);
            }

            var detail = Text(root, "detail") ?? Text(root, "title");
            if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object
                || !errors.EnumerateObject().Any())
            {
                return (detail, true, null);
            }

            var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            foreach (var error in errors.EnumerateObject())
            {
                fields[error.Name] = [.. Texts(error.Value)];
            }

            return (string.Join("; ", fields.Select(f => $"{Fields.NameOf(f.Key)}: {string.Join(' ', f.Value)}")), true, fields);
        }
        catch (JsonException)
        {
            return (null, false, null);
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(v => v.ToString())
        : [value.ToString()];

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}

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
        var (detail, isJson) = ReadDetail(response, body);
        if (status is >= 300 and < 400)
        {
            return new(ExitCodes.Unreachable, $"{host} redirects to {response.Headers.Location}; use that address with --host.", status);
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
            _ when detail is not null => new(ExitCodes.Failed, detail, status),
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

    internal static CliException FromFault(HostAddress host, Exception fault)
    {
        var error = (fault as HttpRequestException)?.HttpRequestError;
        var why = error switch
        {
            HttpRequestError.NameResolutionError => $"the host name {host.Root.Host} was not found; check --host or KOHAKU_HOST.",
            HttpRequestError.ConnectionError => "the connection was refused; is the host running, and is the address right?",
            HttpRequestError.SecureConnectionError =>
                $"its certificate is not trusted ({Innermost(fault).Message.TrimEnd('.')}); certificates are always verified.",
            HttpRequestError.ProxyTunnelError => "the proxy refused the connection; check HTTPS_PROXY and NO_PROXY.",
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

    private static string TryAgain(HttpResponseMessage response) =>
        RetryAfter(response, TimeProvider.System) is { } pause
            ? $"Try again in {Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s."
            : "Try again later.";

    // RFC 9457, or the plain {"detail": …} of the original host.
    private static (string? Detail, bool IsJson) ReadDetail(HttpResponseMessage response, string body)
    {
        if (!IsJson(response.Content.Headers.ContentType))
        {
            return (null, false);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, true);
            }

            var detail = Text(root, "detail") ?? Text(root, "title");
            var faults = root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
                ? errors.EnumerateObject().Select(e => $"{e.Name}: {string.Join(' ', Texts(e.Value))}").ToList()
                : [];
            return (faults.Count > 0 ? string.Join("; ", faults) : detail, true);
        }
        catch (JsonException)
        {
            return (null, false);
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(v => v.ToString())
        : [value.ToString()];

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}

using System.Collections;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>
/// Calls one host with one credential: a token, or the cookies of a short session. Certificates are always verified,
/// redirects are never followed (a token must not be sent to another address), and every fault is thrown as a
/// <see cref="CliException"/>.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private const long LargestAnswer = 256L * 1024 * 1024;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);
    private readonly HttpClient client;
    private readonly ApiCallOptions options;
    private readonly bool hasToken;

    private ApiClient(HostAddress host, ApiCallOptions options, string? token, bool keepsCookies)
    {
        Host = host;
        this.options = options;
        hasToken = token is not null;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = keepsCookies,
            UseProxy = !host.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
        };
        if (host.MayUseTls)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = options.Certificates.Accept;
        }

        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"kohakuriver-cli/{ProgramVersion.Text}");
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = BearerOf(token);
        }
    }

    internal HostAddress Host { get; }

    /// <param name="host">The host to call.</param>
    /// <param name="token">The token to send; null for none.</param>
    /// <param name="options">Options for the calls.</param>
    internal static ApiClient WithToken(HostAddress host, string? token, ApiCallOptions options) =>
        new(host, options, token, keepsCookies: false);

    /// <summary>Keeps the cookie of a login for the lifetime of the object.</summary>
    internal static ApiClient WithSession(HostAddress host, ApiCallOptions options) => new(host, options, null, keepsCookies: true);

    internal Task<T> GetAsync<T>(
        string path, CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string?>> query) =>
        SendAsync<T>(HttpMethod.Get, Host.Api(path, query), null, cancellationToken);

    internal Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, Host.Api(path), body, cancellationToken);

    internal Task<T> PutAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Put, Host.Api(path), body, cancellationToken);

    internal Task<T> PatchAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Patch, Host.Api(path), body, cancellationToken);

    internal Task<T> DeleteAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Delete, Host.Api(path), null, cancellationToken);

    /// <summary>A whole list, page after page.</summary>
    /// <param name="path">The path below <c>/api/</c>.</param>
    /// <param name="query">The query, without <c>cursor</c>.</param>
    /// <param name="most">The maximum number of rows; null for all.</param>
    /// <param name="progress">Receives the number of rows so far, and the total where the host reports it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal Task<IReadOnlyList<T>> ListAsync<T>(
        string path, IEnumerable<KeyValuePair<string, string?>> query, int? most, Action<int, string?>? progress,
        CancellationToken cancellationToken) => ListAsync<T>(Host.Api(path, query), most, progress, cancellationToken);

    /// <summary>A whole list, page after page.</summary>
    /// <param name="first">The address of the first page.</param>
    /// <param name="most">The maximum number of rows; null for all.</param>
    /// <param name="progress">Receives the number of rows so far, and the total where the host reports it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<IReadOnlyList<T>> ListAsync<T>(
        Uri first, int? most, Action<int, string?>? progress, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var seen = new HashSet<Uri>();
        for (var next = first; next is not null && !(rows.Count >= most);)
        {
            if (!seen.Add(next))
            {
                throw CliException.Failed(
                    $"{Host} keeps returning the same page of {first.AbsolutePath}. Report this to its administrator.");
            }

            using var response = await CallAsync(HttpMethod.Get, next, null, cancellationToken);
            rows.AddRange(await ReadAsync<List<T>>(response, cancellationToken));
            next = NextOf(response, next);
            progress?.Invoke(rows.Count, response.Headers.TryGetValues("X-Total-Count", out var total) ? total.FirstOrDefault() : null);
        }

        return most is { } limit && rows.Count > limit ? rows.GetRange(0, limit) : rows;
    }

    /// <summary>A response whose body is read as it arrives. The caller disposes it.</summary>
    internal Task<HttpResponseMessage> OpenAsync(
        string path, IEnumerable<KeyValuePair<string, string?>> query, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, Host.Api(path, query), null, cancellationToken, streams: true);

    /// <summary>
    /// Whatever the host answers, with its body still to be read. The caller has made sure that the address is this host's, and disposes
    /// the answer.
    /// </summary>
    internal Task<HttpResponseMessage> AnyAsync(HttpMethod method, Uri uri, HttpContent? body, CancellationToken cancellationToken) =>
        TryAsync(method, uri, body, streams: true, cancellationToken);

    /// <summary>The whole text of an answer.</summary>
    internal async Task<string> ReadAllAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await response.Content.ReadAsStringAsync(either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw HostErrors.TimedOut(Host, options.Timeout, late);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw HostErrors.FromFault(Host, fault, options.Certificates.Fault);
        }
    }

    /// <summary>What <see cref="AnyAsync"/> answered, as the fault that it is.</summary>
    /// <remarks>Fields are called as the caller called them, and not by options of another command.</remarks>
    internal CliException FaultOf(HttpResponseMessage response, string body)
    {
        var fault = HostErrors.FromAnswer(Host, response, body, hasToken);
        return fault.Fields is not { } fields ? fault : new CliException(
            fault.ExitCode, string.Join("; ", fields.Select(f => $"{f.Key}: {string.Join(' ', f.Value)}")),
            fault.Status) { Fields = fields };
    }

    /// <summary>Whether a call that failed with 404 is worth another attempt at another address of an older host.</summary>
    internal static bool IsMissing(CliException fault) => fault.Status == (int)HttpStatusCode.NotFound;

    public void Dispose() => client.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, Uri uri, object? body, CancellationToken cancellationToken)
    {
        using var response = await CallAsync(method, uri, body, cancellationToken);
        return await ReadAsync<T>(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> CallAsync(
        HttpMethod method, Uri uri, object? body, CancellationToken cancellationToken, bool streams = false)
    {
        var mayRepeat = method == HttpMethod.Get || method == HttpMethod.Put || method == HttpMethod.Delete;
        while (true)
        {
            var response = await TryAsync(method, uri, body, streams, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (mayRepeat && response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                    && HostErrors.RetryAfter(response, options.Clock) is { } asked && asked <= LongestPause)
                {
                    mayRepeat = false;
                    var pause = asked > TimeSpan.Zero ? asked : UsualPause;
                    options.Note($"{Host} is busy; trying once more in {Math.Ceiling(pause.TotalSeconds):0} s.");
                    await Task.Delay(pause, options.Clock, cancellationToken);
                    continue;
                }

                throw HostErrors.FromAnswer(Host, response, await ReadTextAsync(response, cancellationToken), hasToken);
            }
        }
    }

    // What is not streamed is read to its end within the time limit, so that a host that stalls mid-response counts as slow, too.
    private async Task<HttpResponseMessage> TryAsync(
        HttpMethod method, Uri uri, object? body, bool streams, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri);
        if (body is HttpContent content)
        {
            request.Content = content;
        }
        else if (body is not null)
        {
            request.Content = ApiJson.Content(body);
        }

        using var timeout = new CancellationTokenSource(options.Timeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var wanted = streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
            if (options.While is { } waiting)
            {
                return await waiting(() => client.SendAsync(request, wanted, either.Token));
            }

            // Nothing else happens meanwhile. A call that blocks is as easily cancelled, and what a command needs to wait without blocking,
            // and to go on afterwards, takes longer to get ready than the host needs to answer.
            return streams ? await client.SendAsync(request, wanted, either.Token) : client.Send(request, wanted, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw HostErrors.TimedOut(Host, options.Timeout, late);
        }
        catch (HttpRequestException fault)
        {
            throw HostErrors.FromFault(Host, fault, options.Certificates.Fault);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!HostErrors.IsJson(response.Content.Headers.ContentType))
        {
            throw HostErrors.NotAHost(Host, response);
        }

        try
        {
            var value = ApiJson.Read<T>(
                await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Content.Headers.ContentType);

            // Of nothing a list can be shown.
            return value is null || (value is IEnumerable items and not string && items.Cast<object?>().Contains(null))
                ? throw HostErrors.NotAHost(Host, response)
                : value;
        }
        catch (Exception broken) when (broken is JsonException or DecoderFallbackException)
        {
            throw HostErrors.NotAHost(Host, response);
        }
    }

    private async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.Timeout, options.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            return await response.Content.ReadAsStringAsync(either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidOperationException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }

    // Only to the same host: the token is sent along.
    private Uri? NextOf(HttpResponseMessage response, Uri current)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        var next = links.SelectMany(l => l.Split(',')).Select(l => l.Trim())
            .FirstOrDefault(l => l.StartsWith('<') && l.Contains("rel=\"next\"", StringComparison.Ordinal));
        if (next is null
            || next.IndexOf('>', StringComparison.Ordinal) is var end && end < 0
            || !Uri.TryCreate(current, next[1..end], out var uri))
        {
            return null;
        }

        return Uri.Compare(uri, Host.Root, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? uri
            : throw CliException.Failed(
                $"{Host} points to another host for the next page; not followed, because the token would be sent there.");
    }

    private static AuthenticationHeaderValue BearerOf(string token) =>
        token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw CliException.Usage("The token is empty or contains invalid characters; copy it again.");
}

using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// An RFC 9457 answer, written by hand so that neither the host's JSON options nor its problem details service change it.
/// </summary>
internal sealed class ProblemResult : IResult
{
    internal const string ContentType = "application/problem+json; charset=utf-8";

    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(5);

    internal required int Status { get; init; }

    /// <summary>One readable sentence.</summary>
    internal required string Detail { get; init; }

    internal IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>One word by which a client may act; null for most.</summary>
    internal string? Reason { get; init; }

    /// <summary>The name the account has now; only with the reason <c>renamed</c>.</summary>
    internal string? Username { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Where to look in the log; only for faults of the server's own.</summary>
    internal string? TraceId { get; init; }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        ResponseGuards.Apply(response);
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers[HeaderNames.RetryAfter] = WholeSeconds(RetryAfter ?? DefaultPause);
        }

        var body = Write();
        response.ContentType = ContentType;
        response.ContentLength = body.WrittenCount;
        return response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }

    private static string WholeSeconds(TimeSpan pause) =>
        Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private ArrayBufferWriter<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        if (Reason is not null)
        {
            json.WriteString("reason", Reason);
        }

        if (Username is not null)
        {
            json.WriteString("username", Username);
        }

        if (Errors is not null)
        {
            json.WriteStartObject("errors");
            foreach (var (field, messages) in Errors)
            {
                json.WriteStartArray(field);
                foreach (var message in messages)
                {
                    json.WriteStringValue(message);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        if (TraceId is not null)
        {
            json.WriteString("trace_id", TraceId);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer;
    }
}

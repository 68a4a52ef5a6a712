using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Reads request bodies strictly. Faults are refusals: 400 naming the fields, 413, or 415.</summary>
internal static class StrictJson
{
    /// <summary>The longest body: 64 KB.</summary>
    internal const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        MaxDepth = StrictOptions.MaxDepth,
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
    };

    /// <summary>The body as a contract; an empty body is a refusal.</summary>
    internal static async Task<KohakuResult<T>> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
        where T : notnull
    {
        var body = await ReadAsync(request, cancellationToken);
        return body.IsSuccess ? body.Value.As(contract) : body.Refusal;
    }

    /// <summary>The body as a contract; <paramref name="whenEmpty"/> when there is no body, or it is <c>null</c>.</summary>
    /// <remarks>Libraries of browsers send <c>null</c> where a program says that there is nothing to send.</remarks>
    internal static async Task<KohakuResult<T>> ReadOptionalAsync<T>(
        HttpRequest request, JsonTypeInfo<T> contract, T whenEmpty, CancellationToken cancellationToken)
        where T : notnull
    {
        var body = await ReadBytesAsync(request, cancellationToken);
        if (!body.IsSuccess)
        {
            return body.Refusal;
        }

        if (body.Value.Length == 0)
        {
            return whenEmpty;
        }

        var parsed = Parse(body.Value);
        return !parsed.IsSuccess ? parsed.Refusal : parsed.Value.IsNull ? whenEmpty : parsed.Value.As(contract);
    }

    /// <summary>The body as JSON, for calls whose body has more than one form; an empty body is a refusal.</summary>
    internal static async Task<KohakuResult<StrictBody>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadBytesAsync(request, cancellationToken);
        if (!body.IsSuccess)
        {
            return body.Refusal;
        }

        return body.Value.Length == 0 ? new Refusal(RefusalKind.Invalid, "A JSON body is required.") : Parse(body.Value);
    }

    /// <summary>Whether the request has a body, as far as its headers say.</summary>
    internal static bool HasBody(HttpRequest request) => request.ContentLength switch
    {
        0 => false,
        null => request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true,
        _ => true,
    };

    /// <summary>Whether the body is announced as <c>application/json</c> in UTF-8.</summary>
    internal static bool IsJson(HttpRequest request) =>
        request.Headers.ContentType.Count == 1
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<KohakuResult<byte[]>> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HasBody(request))
        {
            return Array.Empty<byte>();
        }

        if (request.ContentLength > MaxBytes)
        {
            return HttpRefusals.TooLarge;
        }

        // One byte more than allowed, so that too much is noticed.
        var room = (int)(request.ContentLength ?? MaxBytes) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            var length = 0;
            int read;
            while (length < room && (read = await request.Body.ReadAsync(buffer.AsMemory(length, room - length), cancellationToken)) > 0)
            {
                length += read;
            }

            if (length > MaxBytes)
            {
                return HttpRefusals.TooLarge;
            }

            // An empty chunked body is no body, so its type does not matter.
            return length == 0 || IsJson(request) ? buffer.AsSpan(0, length).ToArray() : HttpRefusals.NotJson;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static KohakuResult<StrictBody> Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return new Refusal(RefusalKind.Invalid, "The body is not valid UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, DocumentOptions);
            return new StrictBody(document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            return new Refusal(RefusalKind.Invalid, $"The body is not valid JSON (line {e.LineNumber + 1}, byte "
                + $"{e.BytePositionInLine + 1}), or nested deeper than {StrictOptions.MaxDepth}.");
        }
    }
}

using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Cli;

/// <summary>
/// The JSON of the host, of <c>--json</c> and of <c>auth.json</c>: snake_case throughout, and of types that are known when the program is
/// built (<see cref="ApiJsonTypes"/>). What the host sent is printed by the same description of its type, so that a command makes one.
/// </summary>
internal static class ApiJson
{
    private static readonly JsonSerializerOptions Known = new()
    {
        TypeInfoResolver = ApiJsonTypes.Default,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    // Nulls are left out of requests.
    private static readonly JsonSerializerOptions Sent = new(Known) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>How what <c>--json</c> prints is laid out, and <c>auth.json</c>; for JSON that is there already.</summary>
    internal static JsonSerializerOptions Shown { get; } = new(Known)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The same, on one line.</summary>
    internal static JsonSerializerOptions ShownInLines { get; } = new(Shown) { WriteIndented = false };

    /// <summary>A body for the host.</summary>
    internal static HttpContent Content(object body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Sent.GetTypeInfo(body.GetType())));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    /// <summary>
    /// An answer of the host: unknown fields of a newer one are ignored. Null where it is the JSON null; throws
    /// <see cref="JsonException"/> for what is none of this type.
    /// </summary>
    /// <param name="body">The whole body.</param>
    /// <param name="type">Its type, which may name another encoding than UTF-8.</param>
    internal static T? Read<T>(byte[] body, MediaTypeHeaderValue? type) => type?.CharSet?.Trim('"') is { } charset
        && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        ? JsonSerializer.Deserialize(TextOf(body, charset), TypeOf<T>())
        : JsonSerializer.Deserialize(body.AsSpan(body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0),
            TypeOf<T>());

    /// <summary>A part of JSON that was read already.</summary>
    internal static T? Read<T>(JsonElement json) => json.Deserialize(TypeOf<T>());

    /// <summary>What <c>--json</c> prints: always every field, including nulls; without a line end.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isLine">Whether it is to be one line.</param>
    internal static string Text<T>(T value, bool isLine) => Encoding.UTF8.GetString(Bytes(value, isLine));

    /// <summary>The same as UTF-8, laid out.</summary>
    internal static ReadOnlySpan<byte> Bytes<T>(T value, bool isLine = false)
    {
        // The writer lays out, whatever the options say.
        var layout = new JsonWriterOptions { Indented = !isLine, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, layout))
        {
            JsonSerializer.Serialize(writer, value, TypeOf<T>());
        }

        return text.WrittenSpan;
    }

    /// <summary>The names of the fields of a type, or of a list's rows.</summary>
    internal static IReadOnlyList<string> FieldsOf<T>()
    {
        JsonTypeInfo info = TypeOf<T>();
        return [.. (info.ElementType is { } element ? Known.GetTypeInfo(element) : info).Properties.Select(p => p.Name)];
    }

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Known.GetTypeInfo(typeof(T));

    private static string TextOf(byte[] body, string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset).GetString(body);
        }
        catch (ArgumentException unknown)
        {
            throw new JsonException($"The encoding {charset} is not known.", unknown);
        }
    }
}

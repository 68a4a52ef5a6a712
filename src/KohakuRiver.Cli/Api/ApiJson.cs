using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Cli;

/// <summary>The JSON of the host, of <c>--json</c> and of <c>auth.json</c>: snake_case throughout.</summary>
internal static class ApiJson
{
    /// <summary>To and from the host: nulls are omitted from requests, and unknown fields of a newer host are ignored.</summary>
    internal static JsonSerializerOptions Wire { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>What <c>--json</c> prints: always every field, including nulls.</summary>
    internal static JsonSerializerOptions Shown { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One object per line.</summary>
    internal static JsonSerializerOptions ShownInLines { get; } = new(Shown) { WriteIndented = false };

    internal static JsonSerializerOptions Stored { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

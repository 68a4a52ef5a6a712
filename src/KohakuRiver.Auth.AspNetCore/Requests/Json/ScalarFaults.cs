using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What is wrong with a single value.</summary>
internal static class ScalarFaults
{
    /// <summary>What a value of this type must be; null when <paramref name="value"/> is that, or only the serializer can tell.</summary>
    internal static string? Of(JsonElement value, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => value.ValueKind != JsonValueKind.String ? "must be a string"
            : JsonText.TryGet(value, out _) ? null : "is not valid text",
        TypeCode.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        TypeCode.Int32 => Whole(value, value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _)),
        TypeCode.Int64 => Whole(value, value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)),
        TypeCode.Double or TypeCode.Decimal => value.ValueKind == JsonValueKind.Number ? null : "must be a number",
        _ => null,
    };

    private static string? Whole(JsonElement value, bool fits)
    {
        if (fits)
        {
            return null;
        }

        var isInteger = value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        return isInteger ? "is out of range" : "must be a whole number";
    }
}

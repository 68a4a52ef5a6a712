using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Ids: JSON integers from 1 to 2^53 - 1, written without fraction or exponent.</summary>
internal static class JsonIds
{
    internal const string Wanted = "must be an id, a whole number from 1";

    internal static bool TryGet(JsonElement value, out long id)
    {
        id = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out id) && IsId(id);
    }

    internal static long Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) && IsId(id) ? id : throw new JsonException(Wanted);

    internal static bool IsId(long id) => id is > 0 and <= FieldRules.LargestInteger;
}

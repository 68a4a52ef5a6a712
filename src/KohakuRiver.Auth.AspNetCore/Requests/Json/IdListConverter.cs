using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A list of ids.</summary>
internal sealed class IdListConverter : JsonConverter<IReadOnlyList<long>>, IStrictConverter
{
    private const string Wanted = "must be a list of ids, whole numbers from 1";

    /// <inheritdoc />
    public string? FaultOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => JsonIds.TryGet(item, out _)) ? null : Wanted;

    /// <inheritdoc />
    public override IReadOnlyList<long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException(Wanted);
        }

        var ids = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ids.Add(JsonIds.Read(ref reader));
        }

        return ids;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<long> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var id in value)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An optional id.</summary>
internal sealed class IdConverter : JsonConverter<long?>, IStrictConverter
{
    /// <inheritdoc />
    public string? FaultOf(JsonElement value) => JsonIds.TryGet(value, out _) ? null : JsonIds.Wanted;

    /// <inheritdoc />
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonIds.Read(ref reader);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } id)
        {
            writer.WriteNumberValue(id);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

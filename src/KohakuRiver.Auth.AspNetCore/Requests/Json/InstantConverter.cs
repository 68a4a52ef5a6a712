using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Instants, as <see cref="InstantText"/> has them.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>, IStrictConverter
{
    /// <inheritdoc />
    public string? FaultOf(JsonElement value) =>
        JsonText.TryGet(value, out var text) && InstantText.TryParse(text, out _) ? null : InstantText.Wanted;

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && InstantText.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException(InstantText.Wanted);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(InstantText.Write(value));
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Cli;

/// <summary>
/// A time that a host sends to some callers only. What was not sent is not printed either: null would say that there is none.
/// </summary>
/// <param name="Value">The time; null where the host sent null, or nothing.</param>
/// <param name="IsGiven">Whether the host sent the field.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct GivenTime(DateTimeOffset? Value, bool IsGiven)
{
    // A field that is missing never gets here.
    internal sealed class Converter : JsonConverter<GivenTime>
    {
        public override bool HandleNull => true;

        public override GivenTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset(), IsGiven: true);

        public override void Write(Utf8JsonWriter writer, GivenTime value, JsonSerializerOptions options)
        {
            if (value.Value is { } time)
            {
                writer.WriteStringValue(time);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}

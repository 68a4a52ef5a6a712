using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Values that go by exact names: no numbers, no other cases, no lists.</summary>
/// <typeparam name="T">The value.</typeparam>
internal abstract class NameConverter<T> : JsonConverter<T>, IStrictConverter
    where T : struct, Enum
{
    private readonly string wanted;

    /// <param name="readable">The names that may be sent.</param>
    private protected NameConverter(params IEnumerable<string> readable) => wanted = "must be one of " + string.Join(", ", readable);

    /// <inheritdoc />
    public string? FaultOf(JsonElement value) =>
        JsonText.TryGet(value, out var text) && TryParse(text, out _) ? null : wanted;

    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var value) ? value : throw new JsonException(wanted);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));

    private protected abstract bool TryParse(string text, out T value);

    private protected abstract string NameOf(T value);
}

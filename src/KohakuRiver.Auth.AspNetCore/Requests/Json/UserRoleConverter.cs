using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The roles a user can have: all five. Of what may be null, since the serializer hides a converter of what may not behind one of its own.
/// </summary>
internal sealed class UserRoleConverter : JsonConverter<Role?>, IStrictConverter
{
    private static readonly string Wanted = "must be one of " + string.Join(", ", RoleNames.All);

    /// <inheritdoc />
    public string? FaultOf(JsonElement value) => JsonText.TryGet(value, out var text) && RoleNames.TryParse(text, out _) ? null : Wanted;

    /// <inheritdoc />
    public override Role? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && RoleNames.TryParse(reader.GetString(), out var role)
            ? role
            : throw new JsonException(Wanted);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Role? value, JsonSerializerOptions options)
    {
        if (value is { } role)
        {
            writer.WriteStringValue(role.ToName());
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>How contracts are read and written: names exactly as declared, nothing unknown, nothing twice, nothing guessed.</summary>
internal static class StrictOptions
{
    internal const int MaxDepth = 16;

    /// <summary>New options; bind them to a source-generated context.</summary>
    internal static JsonSerializerOptions Create() => new(JsonSerializerOptions.Strict)
    {
        MaxDepth = MaxDepth,

        // Null and absent are the same in requests: the contracts are positional records, whose every field would be demanded otherwise.
        RespectRequiredConstructorParameters = false,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new RoleConverter(), new RegistrationModeConverter(), new InstantConverter(), new IdListConverter() },
    };
}

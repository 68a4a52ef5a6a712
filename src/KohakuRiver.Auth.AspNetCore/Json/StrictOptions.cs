using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Auth.AspNetCore.Json;

/// <summary>How contracts are read and written: names exactly as declared, nothing unknown, nothing twice, nothing guessed.</summary>
internal static class StrictOptions
{
    internal const int MaxDepth = 16;

    /// <summary>The contracts, from generated metadata. Lists of them and other plain types are found by reflection.</summary>
    internal static JsonSerializerOptions Contracts { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractsJson.Default, new DefaultJsonTypeInfoResolver()),

            // A contract says with "required" what must be there; the parameters of its constructor say nothing.
            RespectRequiredConstructorParameters = false,
            MaxDepth = MaxDepth,
            NumberHandling = JsonNumberHandling.Strict,
            ReadCommentHandling = JsonCommentHandling.Disallow,
            AllowTrailingCommas = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            Converters = { new RoleConverter(), new RegistrationModeConverter(), new InstantConverter(), new IdListConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}

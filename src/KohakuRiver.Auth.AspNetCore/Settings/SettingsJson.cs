using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Serialization of the contracts of the settings.</summary>
[JsonSerializable(typeof(UpdateSettingsRequest))]
[JsonSerializable(typeof(SettingsResponse))]
internal sealed partial class SettingsJson : JsonSerializerContext;

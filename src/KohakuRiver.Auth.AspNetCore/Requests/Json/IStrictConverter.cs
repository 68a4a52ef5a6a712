using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A converter that can say in plain words what is wrong with a value before reading it.</summary>
internal interface IStrictConverter
{
    /// <summary>What a value must be, for instance "must be a string"; null when <paramref name="value"/> is that.</summary>
    string? FaultOf(JsonElement value);
}

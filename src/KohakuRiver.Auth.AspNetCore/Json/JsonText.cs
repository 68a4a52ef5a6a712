using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore.Json;

/// <summary>Reads JSON strings that may hold half a surrogate pair, which is no text.</summary>
internal static class JsonText
{
    internal static bool TryGet(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    internal static bool TryGetName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Reads JSON strings that may hold half a surrogate pair or NUL, which no database takes for text.</summary>
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
            text = value.GetString() is { } read && !read.Contains('\0') ? read : null;
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    internal static bool TryGetName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        name = null;
        try
        {
            name = property.Name.Contains('\0') ? null : property.Name;
            return name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A request body that is JSON, for calls whose body has more than one form.</summary>
/// <param name="root">A detached copy of the document.</param>
internal sealed class StrictBody(JsonElement root)
{
    /// <summary>Whether the body is a list.</summary>
    internal bool IsList => root.ValueKind == JsonValueKind.Array;

    /// <summary>Whether the body is <c>null</c>.</summary>
    internal bool IsNull => root.ValueKind == JsonValueKind.Null;

    /// <summary>The body as a contract. Refusals: Invalid, naming each faulty field.</summary>
    internal KohakuResult<T> As<T>(JsonTypeInfo<T> contract)
        where T : notnull
    {
        if (JsonFaults.Find(root, contract) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return root.Deserialize(contract) is { } value
                ? KohakuResult<T>.Success(value)
                : new Refusal(RefusalKind.Invalid, "The body must not be null.");
        }
        catch (JsonException e)
        {
            // Reached only where the comparison above does not know a type well enough.
            var path = e.Path?.TrimStart('$', '.');
            return string.IsNullOrEmpty(path)
                ? new Refusal(RefusalKind.Invalid, "The body does not have the expected form.")
                : new Refusal(RefusalKind.Invalid, "is not valid")
                {
                    Errors = new SentNames { [SafeText.OneLine(path, 64)] = ["is not valid"] },
                };
        }
    }
}

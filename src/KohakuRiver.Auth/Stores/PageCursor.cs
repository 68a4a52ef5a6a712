using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KohakuRiver.Auth;

/// <summary>
/// The sort value and id of the last row of a page. Paging by it is stable while rows are added or removed.
/// </summary>
public sealed record PageCursor
{
    /// <summary>The order the page was in, as the query names it; a cursor is valid for that order only.</summary>
    public required string Order { get; init; }

    /// <summary>The last row's sort value where it is text.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The last row's sort value where it is a number or an instant (microseconds since the Unix epoch); null for an empty value.
    /// </summary>
    public long? Number { get; init; }

    /// <summary>The last row's id, which breaks ties.</summary>
    public required long Id { get; init; }

    /// <summary>The written form: base64url, opaque to callers.</summary>
    public string Encode()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(Order);
            json.WriteNumberValue(Id);
            json.WriteStringValue(Text);
            if (Number is { } number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.ToArray());
    }

    /// <summary>Parses the written form. False for anything that was not written by <see cref="Encode"/>.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out PageCursor? cursor)
    {
        cursor = null;
        if (text.Length > 1024 || !Base64Url.IsValid(text))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var parts = json.RootElement;
            cursor = parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() == 4
                ? new PageCursor
                {
                    Order = parts[0].GetString() ?? "",
                    Id = parts[1].GetInt64(),
                    Text = parts[2].GetString(),
                    Number = parts[3].ValueKind == JsonValueKind.Null ? null : parts[3].GetInt64(),
                }
                : null;
            return cursor is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}

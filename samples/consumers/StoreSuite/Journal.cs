using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using KohakuRiver.Auth;

namespace StoreSuite;

/// <summary>
/// A file to which every changing verb is appended, one line each: its name and its arguments. Whoever runs the lines
/// again in their order has the data.
/// </summary>
/// <remarks>For one process at a time: its sets take turns by a lock in memory.</remarks>
internal sealed class Journal(string path)
{
    // One lock a file, however many journals of this process are open on it.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Json = new() { Converters = { new HashConverter() } };

    public SemaphoreSlim Turn { get; } = Turns.GetOrAdd(Path.GetFullPath(path), _ => new SemaphoreSlim(1));

    /// <summary>Called before each access to the file; what it throws, the access throws. For tests.</summary>
    public Action BeforeAccess { get; set; } = () => { };

    /// <summary>The complete lines from a place in the file on, and the place after them. A line cut short by a crash is no line.</summary>
    public (IReadOnlyList<Line> Lines, long Next) Read(long from)
    {
        BeforeAccess();
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        file.Position = from;
        var bytes = new byte[file.Length - from];
        file.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var lines = new List<Line>();
        for (int start = 0, stop; start < end; start = stop + 1)
        {
            stop = Array.IndexOf(bytes, (byte)'\n', start);
            lines.Add(JsonSerializer.Deserialize<Line>(bytes.AsSpan(start, stop - start), Json)!);
        }

        return (lines, from + end);
    }

    /// <summary>Appends a line at the given place, over whatever a crash left there; gives the place after it.</summary>
    public long Append(long at, Line line)
    {
        BeforeAccess();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        file.SetLength(at);
        file.Position = at;
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n']);

        // Outlives the process. To outlive a power cut too, it would flush to the disk, which takes the suite minutes.
        file.Flush(flushToDisk: false);
        return file.Position;
    }

    public static JsonElement Write(object? value, Type type) => JsonSerializer.SerializeToElement(value, type, Json);

    public static object? Read(JsonElement value, Type type) => value.Deserialize(type, Json);

    /// <summary>One verb: on which store, which one, with what.</summary>
    public sealed record Line(string Store, string Verb, IReadOnlyList<JsonElement> Arguments);

    private sealed class HashConverter : JsonConverter<SecretHash>
    {
        public override SecretHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            SecretHash.FromBytes(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, SecretHash value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Bytes);
    }
}

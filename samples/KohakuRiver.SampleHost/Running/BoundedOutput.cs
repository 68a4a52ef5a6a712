using System.Buffers;
using System.Text;

namespace KohakuRiver.SampleHost;

/// <summary>
/// Keeps the first bytes of a stream and discards the rest, so that a chatty process neither fills the memory nor blocks on a full pipe.
/// </summary>
internal sealed class BoundedOutput(int limit)
{
    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> kept = new();
    private bool cut;

    public async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            lock (gate)
            {
                var room = (int)Math.Min(count, limit - kept.WrittenCount);
                kept.Write(buffer.AsSpan(0, room));
                cut |= room < count;
            }
        }
    }

    /// <summary>The output so far. Bytes that are not UTF-8, and NUL, become the replacement character.</summary>
    public string Read()
    {
        lock (gate)
        {
            var text = Encoding.UTF8.GetString(kept.WrittenSpan).Replace('\0', '\uFFFD');
            return cut ? $"{text}\n[output cut after {limit} bytes]\n" : text;
        }
    }
}

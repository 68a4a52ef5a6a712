using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>A request over a socket of its own, whose sender takes time over the body.</summary>
internal sealed class SlowRequest : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TcpClient client;
    private readonly NetworkStream stream;
    private readonly bool isChunked;

    private SlowRequest(TcpClient client, bool isChunked)
    {
        this.client = client;
        this.isChunked = isChunked;
        stream = client.GetStream();
    }

    /// <summary>Sends the head.</summary>
    internal static async Task<SlowRequest> OpenAsync(
        TestHost host, string path, string type, (string Name, string Value)[] headers, int? length)
    {
        var opened = new TcpClient();
        await opened.ConnectAsync(host.Addresses[0].Host, host.Addresses[0].Port);
        var request = new SlowRequest(opened, length is null);
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: {host.Addresses[0].Authority}\r\nContent-Type: {type}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        head.Append(length is null ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {length}\r\n\r\n");
        await request.WriteAsync(head.ToString());
        return request;
    }

    /// <summary>Sends a part of the body.</summary>
    internal Task SendAsync(string part) => WriteAsync(isChunked ? $"{part.Length:x}\r\n{part}\r\n" : part);

    /// <summary>Sends what says that the body is over, where that is said.</summary>
    internal Task EndAsync() => isChunked ? WriteAsync("0\r\n\r\n") : Task.CompletedTask;

    /// <summary>The answer, head and body; the server keeps the connection or closes it.</summary>
    internal async Task<Answer> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while (!IsWhole(text.ToString()) && (read = await stream.ReadAsync(buffer, limit.Token)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        var parts = text.ToString().Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToLookup(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);
        var body = headers["Transfer-Encoding"].Any() ? Unchunk(parts[1]) : parts[1];
        return new Answer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), body, headers["Content-Type"].SingleOrDefault(), headers);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }

    private static string Unchunk(string text)
    {
        var whole = new StringBuilder();
        while (text.Split("\r\n", 2) is [var size, var rest]
            && int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var length and > 0)
        {
            whole.Append(rest.AsSpan(0, length));
            text = rest[(length + 2)..];
        }

        return whole.ToString();
    }

    private static bool IsWhole(string text)
    {
        if (text.Split("\r\n\r\n", 2) is not [var head, var body])
        {
            return false;
        }

        var length = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return length is null
            ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : body.Length >= int.Parse(length[16..], CultureInfo.InvariantCulture);
    }

    private async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
}

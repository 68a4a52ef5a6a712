using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>One keep-alive connection that sends the same request again and again; for measuring, not for the web at large.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket;
    private readonly byte[] request;
    private readonly byte[] buffer = new byte[16 * 1024];

    private RawConnection(Socket socket, byte[] request)
    {
        this.socket = socket;
        this.request = request;
    }

    /// <summary>A connection that posts JSON, from an address of this machine.</summary>
    public static async Task<RawConnection> OpenPostAsync(Uri url, string json, IPAddress from)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return new RawConnection(await ConnectAsync(url.Host, url.Port, from), [.. Encoding.ASCII.GetBytes(head), .. body]);
    }

    /// <summary>A socket whose other end sees this address.</summary>
    public static async Task<Socket> ConnectAsync(string host, int port, IPAddress from, CancellationToken cancellationToken = default)
    {
        var opened = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        opened.Bind(new IPEndPoint(from, 0));
        await opened.ConnectAsync(host, port, cancellationToken);
        return opened;
    }

    public static async Task<RawConnection> OpenAsync(Uri url, string? header)
    {
        var opened = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await opened.ConnectAsync(url.Host, url.Port);
        var text = $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n{(header is null ? "" : header + "\r\n")}\r\n";
        return new RawConnection(opened, Encoding.ASCII.GetBytes(text));
    }

    /// <summary>The status of one answer.</summary>
    public async Task<int> SendAsync()
    {
        await socket.SendAsync(request);
        int filled = 0, head;
        do
        {
            filled += await ReceiveAsync(filled);
            head = buffer.AsSpan(0, filled).IndexOf(HeadEnd);
        }
        while (head < 0);

        while (!IsWhole(buffer.AsSpan(0, filled), head))
        {
            filled += await ReceiveAsync(filled);
        }

        return int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int filled)
    {
        var count = await socket.ReceiveAsync(buffer.AsMemory(filled));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    // An answer without a length comes in chunks, the last of which is empty.
    private static bool IsWhole(ReadOnlySpan<byte> answer, int head)
    {
        var name = "Content-Length: "u8;
        var at = answer[..head].IndexOf(name);
        if (at < 0)
        {
            return answer.EndsWith("0\r\n\r\n"u8);
        }

        var rest = answer[(at + name.Length)..];
        return answer.Length >= head + HeadEnd.Length + int.Parse(rest[..rest.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}

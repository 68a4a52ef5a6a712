using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The server behind the app's reverse proxy; remembers what it was sent.</summary>
internal sealed class Camera : IDisposable
{
    private readonly HttpListener listener = new();

    internal Camera()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = AnswerAsync();
    }

    internal string Address { get; }

    /// <summary>The names of the headers of each request.</summary>
    internal ConcurrentQueue<string[]> Seen { get; } = new();

    public void Dispose() => listener.Close();

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Seen.Enqueue(context.Request.Headers.AllKeys!);
            await context.Response.OutputStream.WriteAsync("picture"u8.ToArray());
            context.Response.Close();
        }
    }
}

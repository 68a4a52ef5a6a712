using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>
/// Stands between the driver and the server, and hangs up on the driver once a COMMIT has been passed on; the server
/// hears nothing of that and goes on with its work.
/// </summary>
internal sealed class CommitCutter : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> clients = [];
    private readonly int port;
    private int left;

    public CommitCutter(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        port = builder.Port;
        listener.Start();
        builder.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        ConnectionString = builder.ConnectionString;
        _ = AcceptAsync();
    }

    public string ConnectionString { get; }

    public int Left => Volatile.Read(ref left);

    public void Arm() => Volatile.Write(ref left, 1);

    public void Dispose()
    {
        listener.Dispose();
        lock (clients)
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                var server = new TcpClient { NoDelay = true };
                await server.ConnectAsync(IPAddress.Loopback, port);
                lock (clients)
                {
                    clients.AddRange([client, server]);
                }

                _ = PassAsync(client, server, mayCut: true);
                _ = PassAsync(server, client, mayCut: false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, bool mayCut)
    {
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));

                // With the end of the text, since transactions begin with READ COMMITTED.
                if (mayCut && buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.CompareExchange(ref left, 0, 1) == 1)
                {
                    from.Client.Close(0);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side hung up.
        }

        to.Dispose();
    }
}

using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>SignalR's own client, connected by one transport.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private readonly HubConnection connection;

    private HubClient(HubConnection connection) => this.connection = connection;

    /// <summary>Done when the server has ended the connection.</summary>
    internal TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal static async Task<HubClient> ConnectAsync(
        TestHost host, string path, HttpTransportType transport, (string Name, string Value)? credential)
    {
        var made = new HubConnectionBuilder().WithUrl(new Uri(host.Addresses[0], path), transport, options =>
        {
            if (credential is { } sent)
            {
                options.Headers[sent.Name] = sent.Value;
            }
        }).Build();
        var client = new HubClient(made);
        made.Closed += _ =>
        {
            client.Closed.TrySetResult();
            return Task.CompletedTask;
        };
        try
        {
            await made.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }

        return client;
    }

    /// <summary>Whether a method without arguments runs; false when it is refused or the connection has ended.</summary>
    internal async Task<bool> RunsAsync(string method)
    {
        try
        {
            return await connection.InvokeAsync<bool>(method, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What a method without arguments returns.</summary>
    /// <exception cref="HubException">It failed or is refused.</exception>
    internal Task<string> AskAsync(string method) => connection.InvokeAsync<string>(method, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

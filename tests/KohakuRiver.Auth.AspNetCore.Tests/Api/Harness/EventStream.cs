using System.Net.ServerSentEvents;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>An open stream of server-sent events.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private EventStream(HttpResponseMessage response, Stream stream, CancellationToken cancellationToken)
    {
        this.response = response;
        events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    internal HttpResponseMessage Response => response;

    /// <summary>Opens the stream; the token ends every read of it too, so a test that has run out of time stops.</summary>
    internal static async Task<EventStream> OpenAsync(ApiClient client, string path, CancellationToken cancellationToken)
    {
        using var request = client.Request(HttpMethod.Get, path);
        var opened = await client.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(200, (int)opened.StatusCode);
        return new EventStream(opened, await opened.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The next event as <c>type: data</c>; null when the stream has ended.</summary>
    internal async Task<string?> NextAsync() => await events.MoveNextAsync() ? $"{events.Current.EventType}: {events.Current.Data}" : null;

    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        response.Dispose();
    }
}

using System.Net.ServerSentEvents;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>An open stream of server-sent events.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private EventStream(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    internal HttpResponseMessage Response => response;

    internal static async Task<EventStream> OpenAsync(ApiClient client, string path)
    {
        using var request = client.Request(HttpMethod.Get, path);
        var opened = await client.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)opened.StatusCode);
        return new EventStream(opened, await opened.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event as <c>type: data</c>; null when the stream has ended.</summary>
    internal async Task<string?> NextAsync() => await events.MoveNextAsync() ? $"{events.Current.EventType}: {events.Current.Data}" : null;

    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        response.Dispose();
    }
}

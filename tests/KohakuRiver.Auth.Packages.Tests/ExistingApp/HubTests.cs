using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The app's hub, by SignalR's own client.</summary>
[Collection("existing app")]
public sealed class HubTests(AppHost app)
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Hub_CalledByEverybody_KnowsThemAndGatesItsMethods(HttpTransportType transport)
    {
        var answers = new List<string>();
        foreach (var caller in app.Everybody)
        {
            await using var hub = new HubConnectionBuilder().WithUrl(new Uri(app.Home, "hubs/machines"), transport, o =>
            {
                if (caller.Header is not null)
                {
                    o.Headers[caller.Header] = caller.Value;
                }
            }).Build();
            await hub.StartAsync(TestContext.Current.CancellationToken);
            answers.Add($"{caller.Name}: {await AskAsync(hub, "Who")}, {await AskAsync(hub, "Watch", "saw")}, "
                + await AskAsync(hub, "Stop", "saw"));
        }

        Assert.Equal(
            [
                "anonymous: _anonymous, refused, refused", "robot: _anonymous, refused, refused", "imitator: _anonymous, refused, refused",
                "ivy: _anonymous, refused, refused", "mia by the app: mia, Watching saw, mia stopped saw",
                "ada by session: ada, Watching saw, ada stopped saw", "ada by token: ada, Watching saw, ada stopped saw",
                "the-viewer by session: the-viewer, Watching saw, refused", "the-viewer by token: the-viewer, Watching saw, refused",
                "the-user by session: the-user, Watching saw, refused", "the-user by token: the-user, Watching saw, refused",
                "the-operator by session: the-operator, Watching saw, the-operator stopped saw",
                "the-operator by token: the-operator, Watching saw, the-operator stopped saw",
            ],
            answers);
    }

    private static async Task<string> AskAsync(HubConnection hub, string method, params object[] arguments)
    {
        try
        {
            return (string)(await hub.InvokeCoreAsync(method, typeof(string), arguments, TestContext.Current.CancellationToken))!;
        }
        catch (HubException)
        {
            return "refused";
        }
    }
}

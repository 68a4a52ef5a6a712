using System.Text;
using Grpc.Core;
using Grpc.Net.Client;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The app's gRPC service, over HTTP/2.</summary>
[Collection("existing app")]
public sealed class GrpcTests(AppHost app)
{
    // Both messages are one text in the first field, which is short.
    private static readonly Marshaller<string> Text = Marshallers.Create(
        text => [0x0A, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)],
        bytes => bytes.Length < 2 ? "" : Encoding.UTF8.GetString(bytes, 2, bytes[1]));

    [Fact]
    public async Task Service_CalledByEverybody_KnowsThemAndGatesItsMethods()
    {
        using var channel = GrpcChannel.ForAddress(app.Grpc);
        var answers = new List<string>();
        foreach (var caller in app.Everybody)
        {
            answers.Add($"{caller.Name}: {await CallAsync(channel, "List", caller)}, {await CallAsync(channel, "Stop", caller)}");
        }

        Assert.Equal(
            [
                "anonymous: Unauthenticated, Unauthenticated", "robot: Unauthenticated, Unauthenticated",
                "imitator: Unauthenticated, Unauthenticated", "ivy: Unauthenticated, Unauthenticated",
                "mia by the app: Machines for mia, mia stopped saw",
                "ada by session: Machines for ada, ada stopped saw", "ada by token: Machines for ada, ada stopped saw",
                "the-viewer by session: Machines for the-viewer, PermissionDenied",
                "the-viewer by token: Machines for the-viewer, PermissionDenied",
                "the-user by session: Machines for the-user, PermissionDenied", "the-user by token: Machines for the-user, "
                    + "PermissionDenied",
                "the-operator by session: Machines for the-operator, the-operator stopped saw",
                "the-operator by token: Machines for the-operator, the-operator stopped saw",
            ],
            answers);
    }

    private async Task<string> CallAsync(GrpcChannel channel, string method, Caller caller)
    {
        var headers = new Metadata { { "origin", app.Grpc.GetLeftPart(UriPartial.Authority) } };
        if (caller.Header is not null)
        {
            headers.Add(caller.Header.ToLowerInvariant(), caller.Value);
        }

        try
        {
            return await channel.CreateCallInvoker().AsyncUnaryCall(
                new Method<string, string>(MethodType.Unary, "workshop.Machines", method, Text, Text), host: null,
                new CallOptions(headers, cancellationToken: TestContext.Current.CancellationToken), "saw");
        }
        catch (RpcException e)
        {
            return e.StatusCode.ToString();
        }
    }
}

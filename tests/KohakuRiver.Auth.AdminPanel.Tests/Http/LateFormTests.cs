using System.Net;
using System.Net.Sockets;
using System.Text;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Forms whose sender is gone, or may less, before they have arrived; and forms that do not arrive.</summary>
public sealed class LateFormTests
{
    private static readonly (string, string)[] NewUser =
    [
        ("username", "evil"), ("password", "seven wet umbrellas in a row"), ("role", "viewer"), ("display_name", ""),
    ];

    [Theory]
    [InlineData("delete", HttpStatusCode.SeeOther)]
    [InlineData("disable", HttpStatusCode.SeeOther)]
    [InlineData("end the sessions", HttpStatusCode.SeeOther)]
    [InlineData("demote", HttpStatusCode.Forbidden)]
    [InlineData("nothing", HttpStatusCode.SeeOther)]
    public async Task Form_OfAnAdminWhoIsGoneBeforeItIsThere_ChangesNothing(string how, HttpStatusCode status)
    {
        var letIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await PanelHost.StartAsync(map: app => app.Use(Signal(letIn, "/admin/users/new")));
        var boss = await host.AddUserAsync("the-boss", Role.Admin);
        using var client = new PanelClient(host);
        await client.LogInAsync(boss.Username, PanelHost.Password);
        using var content = new SlowForm(await client.TokenAsync("/account"), NewUser);
        var sending = client.SendAsync("/users/new", content);
        await letIn.Task;

        var users = host.Get<IUserService>();
        var outcome = how switch
        {
            "delete" => (await users.DeleteAsync(Actor.Host, boss.Id)).IsSuccess,
            "disable" => (await users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = boss.Id, IsActive = false })).IsSuccess,
            "demote" => (await users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = boss.Id, Role = Role.User })).IsSuccess,
            "nothing" => true,
            _ => (await host.Get<IUserCredentialService>().EndSessionsAsync(Actor.Host, boss.Id)).IsSuccess,
        };
        Assert.True(outcome);
        content.Finish();

        using var answer = await sending;
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(how == "nothing", await host.Get<IUserStore>().FindPasswordAsync("evil", CancellationToken.None) is not null);
        PageRoleTests.AssertGuarded(answer, how);
        if (status == HttpStatusCode.Forbidden)
        {
            Assert.Contains("<h1>Not allowed</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        else if (how != "nothing")
        {
            Assert.StartsWith("/admin/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/users/new")]
    public async Task Form_ThatDoesNotArrive_Is408AfterItsTime(string path)
    {
        // The client throws away cookies that are over by its own clock.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var letIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await PanelHost.StartAsync(
            services: s => s.AddSingleton<TimeProvider>(clock), map: app => app.Use(Signal(letIn, "/admin" + path)));
        using var client = await host.LogInAsync(Role.Admin);

        // By hand: a client that has not sent its form does not look for an answer yet.
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /admin{path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: "
                + $"application/x-www-form-urlencoded\r\nContent-Length: 100\r\n"
            + $"Cookie: kohakuriver_session={client.SessionCookie}\r\n\r\nform_token="));
        await letIn.Task;
        var answer = await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(5), ReadAsync(stream));
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Security-Policy: default-src 'none'", answer, StringComparison.Ordinal);
        Assert.Contains("took too long to arrive", answer, StringComparison.Ordinal);
    }

    /// <summary>
    /// An answer to its last chunk. Not to the end of the connection: a server that waited in vain for the rest of a body resets it.
    /// </summary>
    private static async Task<string> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var count)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    /// <summary>Says that a form has passed authorization.</summary>
    private static Func<HttpContext, RequestDelegate, Task> Signal(TaskCompletionSource letIn, string path) => (context, next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path == path)
        {
            letIn.TrySetResult();
        }

        return next(context);
    };

    /// <summary>A form that is sent but for its last byte until it is told to finish.</summary>
    private sealed class SlowForm : HttpContent
    {
        private readonly byte[] bytes;
        private readonly TaskCompletionSource finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal SlowForm(string token, IEnumerable<(string Name, string Value)> fields)
        {
            bytes = Encoding.ASCII.GetBytes(
                string.Join('&', fields.Prepend(("form_token", token)).Select(f => $"{f.Item1}={Uri.EscapeDataString(f.Item2)}")));
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        internal void Finish() => finish.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(..^1));
            await stream.FlushAsync();
            await finish.Task;
            await stream.WriteAsync(bytes.AsMemory(^1..));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            finish.TrySetResult();
            base.Dispose(disposing);
        }
    }
}

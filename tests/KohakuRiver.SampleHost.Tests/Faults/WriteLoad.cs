using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>Several people writing at once, each as fast as answers come, until the host they write to is gone.</summary>
internal sealed class WriteLoad(WriteRecord record, string cookie, string invitation)
{
    internal const string Master = "the master secret of the fault tests";
    internal const string Password = "correct horse battery staple";
    private int names;
    private int groups;

    /// <summary>Writes until so many writes more are acknowledged, and kills the host at once.</summary>
    internal async Task KillAfterAsync(HostProcess host, int writes)
    {
        var enough = record.Acknowledged + writes;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        Func<Task>[] writers =
        [
            () => RegisterAsync(),
            () => RegisterAsync(),
            () => MakeTokenAsync(),
            () => MakeTokenAsync(revoke: true),
            () => SubmitAsync(),
            () => MakeGroupAsync(),
        ];
        var writing = writers.Select(write => Task.Run(async () =>
        {
            while (!killed.Task.IsCompleted)
            {
                try
                {
                    await write();
                }
                catch (HttpRequestException)
                {
                    // The host is gone; nobody knows what became of this one.
                    return;
                }
                catch (IOException)
                {
                    return;
                }
            }
        })).ToList();
        var all = Task.WhenAll(writing);
        await Task.WhenAny(killed.Task, all);
        await host.KillAsync();
        await all;
        Assert.True(killed.Task.IsCompletedSuccessfully, "The writers ended before the host was killed:\n" + host.Output);

        async Task RegisterAsync()
        {
            var name = $"reg-{Interlocked.Increment(ref names)}";
            await WriteAsync($"user {name}", Post($"/api/auth/register?token={invitation}", new { username = name, password = Password }));
        }

        async Task MakeTokenAsync(bool revoke = false)
        {
            var name = $"token-{Interlocked.Increment(ref names)}";
            var made = await WriteAsync($"token {name}", Post("/api/auth/tokens/create", new { name }, cookie));
            if (revoke)
            {
                await WriteAsync($"revocation {name}", Request(HttpMethod.Delete, $"/api/auth/tokens/{made["id"]}", null, cookie));
            }
        }

        async Task SubmitAsync()
        {
            var name = $"task-{Interlocked.Increment(ref names)}";
            var made = await WriteAsync(
                $"submission {name}", Post("/api/submit", new { command = "echo", arguments = new[] { name } }, cookie));
            var id = (string)made["task_ids"]![0]!;
            await WriteAsync($"approval {id}", Post($"/api/approve/{id}", null));
        }

        async Task MakeGroupAsync()
        {
            var next = Interlocked.Increment(ref groups);
            await WriteAsync($"group g-{next}", Post("/api/auth/groups", new { name = $"g-{next}" }));
        }

        async Task<JsonNode> WriteAsync(string write, HttpRequestMessage request)
        {
            record.Send(write);
            using var sent = request;
            using var answer = await client.SendAsync(sent);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{write}: {(int)answer.StatusCode} {text}");
            if (record.Acknowledge(write) == enough)
            {
                // From here, without a word to the other writers: they are somewhere in the middle.
                await host.KillAsync();
                killed.TrySetResult();
            }

            return JsonNode.Parse(text)!;
        }
    }

    private static HttpRequestMessage Post(string path, object? body, string? cookie = null) =>
        Request(HttpMethod.Post, path, body, cookie);

    /// <summary>A call by a session, or by the master secret.</summary>
    internal static HttpRequestMessage Request(HttpMethod method, string path, object? body, string? cookie = null)
    {
        var request =
            new HttpRequestMessage(method, path)
            {
                Version = HttpVersion.Version11,
                Content = body is null ? null : JsonContent.Create(body),
            };
        request.Headers.Add(cookie is null ? "X-Admin-Token" : "Cookie", cookie ?? Master);
        return request;
    }
}

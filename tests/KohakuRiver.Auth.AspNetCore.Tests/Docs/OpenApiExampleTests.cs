using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using System.Text.Json.Nodes;
using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>
/// What the description of the API shows can be sent, and is answered as it says: every example goes to a host of its own in which the
/// people and things of the examples exist.
/// </summary>
public sealed class OpenApiExampleTests
{
    [Fact]
    public async Task Examples_SentAsTheyAre_AreAnsweredAsDescribed()
    {
        await using var first = await TestHost.StartApiAsync();
        var document = await ApiOperation.DocumentAsync(first);
        var sent = 0;
        foreach (var operation in ApiOperation.ReadAll(document).Where(o => o.Id != "watchPendingTasks"))
        {
            await using var scene = await Scene.StartAsync();
            await scene.PrepareAsync(operation.Id);
            var body = operation.Body is { } media ? await scene.FillAsync(operation.Id, media.GetProperty("example").GetRawText()) : null;
            var answer = await scene.CallerOf(operation.Id).SendAsync(new HttpMethod(operation.Method), operation.Path, body);
            Assert.True(
                operation.Success.Name == $"{answer.Status}", $"{operation} with its example answered {answer.Status}: {answer.Text}");
            var described = operation.Success.Value.GetProperty("content").GetProperty("application/json");
            var faults = new ApiSchema(document).Faults(described.GetProperty("schema"), answer.Json).ToList();
            Assert.True(faults.Count == 0, $"{operation}: {string.Join(", ", faults)}");
            AssertAlike(described.GetProperty("example"), answer.Json, operation.ToString());
            sent++;
        }

        Assert.Equal(EndpointTable.Rows.Count - 2, sent);
    }

    [Fact]
    public async Task Changes_FromAnotherSiteOrWithoutJson_AreRefusedAsDescribed()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        foreach (var operation in ApiOperation.ReadAll(await ApiOperation.DocumentAsync(host)).Where(o => o.Method != "GET"))
        {
            var statuses = operation.Responses.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
            var method = new HttpMethod(operation.Method);
            (await (admin.Session with { Header = ("Sec-Fetch-Site", "cross-site") }).SendAsync(method, operation.Path)).ExpectProblem(403);
            (await admin.Session.SendAsync(method, operation.Path, new StringContent("a=b"))).ExpectProblem(415);
            Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "403", "415" }, statuses);
        }
    }

    [Fact]
    public async Task Database_Away_IsAnsweredAsDescribed()
    {
        await using var host = await TestHost.StartApiAsync();
        var operations = ApiOperation.ReadAll(await ApiOperation.DocumentAsync(host));
        var admin = await host.AddAsync(Role.Admin);
        host.Database.IsDown = true;
        foreach (var operation in operations)
        {
            var answer = await admin.Bearer.SendAsync(
                new HttpMethod(operation.Method), operation.Path, operation.Body?.GetProperty("example").GetRawText());
            Assert.Contains($"{answer.Status}", operation.Responses.Select(r => r.Name));
            // A log-out without a cookie has nothing to look up, and a code of the wrong form is refused before anybody looks.
            Assert.True(answer.Status == 503 || operation.Id is "logOut" or "resetPassword" or "register", $"{operation}: {answer.Status}");
        }
    }

    // Alike: the same fields, and the same sentences about what was done. What differs from run to run is held by the schema.
    private static void AssertAlike(JsonElement example, JsonElement answer, string call)
    {
        if (example.ValueKind == JsonValueKind.Array)
        {
            Assert.True(answer.GetArrayLength() > 0, $"{call} answered an empty list");
            AssertAlike(example[0], answer[0], call);
        }

        if (example.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Assert.Equal(example.EnumerateObject().Select(p => p.Name), answer.EnumerateObject().Select(p => p.Name));
        foreach (var name in new[]
        {
            "message",
            "username",
            "role",
            "is_active",
            "task_id",
            "reason",
            "display_name",
            "assigned_users",
            "tier",
            "limits",
            "count",
            "max_usage",
        })
        {
            if (example.TryGetProperty(name, out var shown)
                && !call.EndsWith("/me", StringComparison.Ordinal)
                && !call.EndsWith("/users", StringComparison.Ordinal))
            {
                var came = answer.GetProperty(name);
                Assert.True(
                    JsonElement.DeepEquals(shown, came), $"{call}: {name} should be {shown.GetRawText()} and is {came.GetRawText()}");
            }
        }
    }

    /// <summary>
    /// A host with the people and things of the examples: ada (1), mary (2), the group lab (1), a waiting task, an instance.
    /// </summary>
    private sealed class Scene(TestHost host, TestUser ada, TestUser mary) : IAsyncDisposable
    {
        internal static async Task<Scene> StartAsync()
        {
            var host = await TestHost.StartApiAsync(
                ElsewhereScheme.AddTo(new HostSetup
                {
                    Options = o => o.PublicUrl = new Uri("https://cluster.example.org"),
                    Auth = auth => auth.Services.AddSingleton<SceneVps>()
                        .AddSingleton<IVpsDirectory>(services => services.GetRequiredService<SceneVps>()),
                }));
            var ada = await host.AddAsync(Role.Admin, "ada");
            (await host.Master.PostAsync(
                "/api/auth/groups",
                new { name = "lab", description = "The lab's own people", tier = 2, limits = new { max_cores = 64 } })).Expect(200);
            var mary = await host.AddAsync(Role.User, "mary", 1);
            var actor = (await host.Get<ICredentialService>().FindTokenActorAsync(mary.Token, null))!;
            var task = new TaskSubmission { TaskId = "job-17", Command = "python3", Arguments = ["train.py"], RequiredCores = 4 };
            (await host.Get<IApprovalService>().SubmitAsync(actor, task)).Require();
            (await ada.Bearer.PostAsync("/api/auth/invitations", new { role = "user", group_id = 1, max_usage = 5 })).Expect(200);
            (await ada.Bearer.PostAsync("/api/vps/vps-1/assign", new { user_ids = new[] { mary.Id }, group_ids = new[] { 1 } }))
                .Expect(200);
            return new Scene(host, ada, mary);
        }

        internal ApiClient CallerOf(string operationId) => operationId switch
        {
            "logIn" or "register" or "resetPassword" or "getStatus" => host.Anonymous,
            "withdrawTask" or "listMyVps" => mary.Session,
            _ => ada.Session,
        };

        /// <summary>Links somebody else's sign-in where the call is about linked ones.</summary>
        internal async Task PrepareAsync(string operationId)
        {
            if (operationId is "listMyIdentities" or "unlinkMyIdentity" or "listUserIdentities" or "unlinkUserIdentity")
            {
                var owner = operationId.Contains("User", StringComparison.Ordinal) ? mary.Id : ada.Id;
                const string provider = "scheme:" + ElsewhereScheme.Name;
                var person = new ExternalPerson { Provider = provider, Key = new IdentityKey(provider, "4712") };
                (await host.Get<IIdentityService>().LinkAsync(Actor.Host, owner, person)).Require();
            }

            if (operationId == "listUnknownVps")
            {
                (await ada.Bearer.PostAsync("/api/vps/vps-0/assign", new[] { mary.Id })).Expect(200);
                host.Get<SceneVps>().Ids.Remove("vps-0");
            }
        }

        /// <summary>The example with real codes in place of those that stand for some.</summary>
        internal async Task<string> FillAsync(string operationId, string example)
        {
            var body = JsonNode.Parse(example)!.AsObject();
            if (operationId == "register")
            {
                body["invitation_code"] = (await ada.Bearer.PostAsync("/api/auth/invitations", new { role = "user", group_id = 1 }))
                    .Expect(200)["token"]
                    .GetString();
            }

            if (operationId == "resetPassword")
            {
                body["code"] = (await ada.Bearer.PostAsync($"/api/auth/users/{mary.Id}/reset-link")).Expect(200)["code"].GetString();
            }

            // The document shows a password that is nobody's.
            if (operationId is "logIn" or "changePassword" or "linkMyIdentity")
            {
                body[operationId == "logIn" ? "password" : "current_password"] = TestHost.Password;
            }

            return body.ToJsonString();
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }

    private sealed class SceneVps : IVpsDirectory
    {
        internal HashSet<string> Ids { get; } = ["vps-0", "vps-1"];

        public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VpsInfo>>([.. Ids.Select(id => new VpsInfo(id, id))]);

        public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
            Task.FromResult(Ids.Contains(vpsId) ? new VpsInfo(vpsId, vpsId) : null);
    }
}

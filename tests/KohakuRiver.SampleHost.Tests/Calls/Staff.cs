using System.Net;
using System.Text.Json.Nodes;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Calls;

/// <summary>The sample as a process behind a real socket, with one person of every role, nobody, and the master secret.</summary>
public sealed class Staff : IAsyncLifetime
{
    private static readonly string[] Accounts = ["viewer", "user", "operator", "admin"];

    private readonly TempFolder folder = new();
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> ids = new(StringComparer.Ordinal);

    internal HostProcess Host { get; private set; } = null!;

    /// <summary>Whoever has this role, <c>other</c> (a second user), <c>nobody</c> or <c>master</c>.</summary>
    internal Person this[string who] => people[who];

    internal long IdOf(string who) => ids[who];

    public async ValueTask InitializeAsync()
    {
        Host = await HostProcess.StartAsync(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ADMIN_SECRET"] = SampleHost.MasterSecret,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
            ["SampleHost__Gpus__0"] = "A card",
        });
        people["nobody"] = new Person(Host.Address);
        people["master"] = new Person(Host.Address, master: SampleHost.MasterSecret);
        foreach (var role in Accounts)
        {
            await AddAsync(role, role);
        }

        await AddAsync("other", "user");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people.Values)
        {
            person.Dispose();
        }

        await Host.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Submits as somebody, has it approved by the operator, and waits for a state.</summary>
    internal async Task<string> TaskAsync(string who, string status, string command, params string[] arguments)
    {
        var answer = await this[who].PostAsync("/api/submit", new { command, arguments }, HttpStatusCode.Accepted);
        var id = (string)answer["task_ids"]!.AsArray().Single()!;
        if ((string?)answer["status"] == "pending_approval")
        {
            await this["operator"].PostAsync($"/api/approve/{id}");
        }

        await WaitAsync(id, status);
        return id;
    }

    internal async Task<JsonNode> WaitAsync(string id, string status)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var task = await this["admin"].GetAsync($"/api/tasks/{id}");
            if ((string?)task["status"] == status)
            {
                return task;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"The task is still {task["status"]}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task AddAsync(string name, string role)
    {
        const string Password = "four plain words here";
        var made = await this["master"].PostAsync(
            "/api/auth/users", new { username = name, password = Password, role }, HttpStatusCode.Created);
        var person = new Person(Host.Address);
        await person.PostAsync("/api/auth/login", new { username = name, password = Password });
        people[name] = person;
        ids[name] = (long)made["id"]!;
    }
}

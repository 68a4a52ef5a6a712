using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>The sample host on a database of its own, with one user of each role.</summary>
internal sealed class SampleHost : WebApplicationFactory<Program>
{
    public const string MasterSecret = "the master secret of these tests only";
    private const string Password = "four plain words here";

    private readonly TempFolder? own;
    private readonly string database;

    /// <param name="database">A database that outlives this host; null = one of its own.</param>
    public SampleHost(string? database = null)
    {
        own = database is null ? new TempFolder() : null;
        this.database = database ?? own!.File("k.db");
    }

    /// <summary>A client that acts as the system.</summary>
    public HttpClient Master()
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Admin-Token", MasterSecret);
        return client;
    }

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous() =>
        CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>Makes a user and gives a client with a token of theirs, and their id.</summary>
    public async Task<(HttpClient Client, long Id)> UserAsync(string name, string role)
    {
        using var master = Master();
        var user = await ReadAsync(await master.PostAsJsonAsync("/api/auth/users", new { username = name, password = Password, role }));
        using var browser = CreateClient();
        await ReadAsync(await browser.PostAsJsonAsync("/api/auth/login", new { username = name, password = Password }));
        var token = await ReadAsync(await browser.PostAsJsonAsync("/api/auth/tokens/create", new { name = "test" }));
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        return (client, user.GetProperty("id").GetInt64());
    }

    /// <summary>The body of an answer that must be a success.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Submits and gives the only task's id.</summary>
    public static async Task<string> SubmitAsync(HttpClient client, string command, params string[] arguments) =>
        (await ReadAsync(await client.PostAsJsonAsync("/api/submit", new { command, arguments }))).GetProperty("task_ids")[0].GetString()!;

    /// <summary>The task once it has reached a state; fails after a minute.</summary>
    public static async Task<JsonElement> WaitAsync(HttpClient client, string taskId, string status)
    {
        JsonElement task = default;
        for (var i = 0; i < 600; i++)
        {
            task = await GetAsync(client, $"/api/tasks/{taskId}");
            if (task.GetProperty("status").GetString() == status)
            {
                return task;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Assert.Fail($"The task did not become {status}: {task}");
        return default;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("ConnectionStrings:KohakuAuth", database)
        .UseSetting("KohakuAuth:AdminSecret", MasterSecret)
        .UseSetting("KohakuAuth:AdminRegisterSecret", "the register secret of these tests only")
        .UseSetting("KohakuAuth:Passwords:WorkFactor", "10")
        .UseSetting("Logging:LogLevel:Default", "Warning")
        .UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            own?.Dispose();
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests;

public sealed class SubmitFaultTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("""{"command":"sh","arguments":["-c","id"]}""", "command")]
    [InlineData("""{"arguments":[]}""", "command")]
    [InlineData("""{"command":"echo","privileged":true}""", "privileged")]
    [InlineData("""{"command":"echo","additional_mounts":["/etc:/etc"]}""", "additional_mounts")]
    [InlineData("""{"command":"echo","targets":["nowhere"]}""", "targets")]
    [InlineData("""{"command":"echo","required_gpus":[[0]]}""", "required_gpus")]
    [InlineData("""{"command":"echo","required_cores":100000}""", "required_cores")]
    [InlineData("""{"command":"echo","required_cores":-1}""", "required_cores")]
    [InlineData("""{"command":"echo","required_memory_bytes":-1}""", "required_memory_bytes")]
    [InlineData("""{"command":"echo","task_type":"vps"}""", "task_type")]
    [InlineData("""{"command":"echo","target_numa_node_id":-1}""", "target_numa_node_id")]
    [InlineData("""{"command":"echo","target_numa_node_id":"0"}""", "target_numa_node_id")]
    [InlineData("""{"command":"echo","env_vars":{"LD_PRELOAD":"x"}}""", "env_vars")]
    [InlineData("""{"command":"date","arguments":["-f","/etc/passwd"]}""", "arguments")]
    [InlineData("""{"command":"echo","nonsense":1}""", "nonsense")]
    [InlineData("""{"Command":"echo"}""", "Command")]
    [InlineData("""{"command":"echo","command":"date"}""", "command")]
    [InlineData("""{"command":["echo"]}""", "command")]
    public async Task Submission_WithAFault_IsRefusedByFieldAndLeavesNothing(string body, string field)
    {
        using var master = shared.Host.Master();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = await master.PostAsync("/api/submit", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        Assert.Contains(field, problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await SampleHost.GetAsync(master, "/api/tasks")).EnumerateArray());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=nonsense")]
    [InlineData(null)]
    public async Task Submission_ThatIsNoJsonInUtf8_Is415(string? type)
    {
        using var master = shared.Host.Master();
        using var content = new StringContent("""{"command":"echo"}""");
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        foreach (var body in new[] { content, null })
        {
            using var response = await master.PostAsync("/api/submit", body);
            await RefusedAsync(response, HttpStatusCode.UnsupportedMediaType, "Send the body as application/json.");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Submission_ThatIsNoObject_Is400(string body)
    {
        using var master = shared.Host.Master();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await master.PostAsync("/api/submit", content);
        await RefusedAsync(response, HttpStatusCode.BadRequest, "The body is not the JSON object this call takes.");
    }

    [Fact]
    public async Task Submission_OfNobody_IsAskedWhoItIsBeforeWhatItSends()
    {
        using var nobody = shared.Host.Anonymous();
        using var content = new StringContent("command=echo", Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsync("/api/submit", content)).StatusCode);
    }

    // On a real server, which is what counts the bytes.
    [Fact]
    public async Task Submission_BeyondTheLimit_Is413()
    {
        using var folder = new TempFolder();
        await using var host = await HostProcess.StartAsync(
            folder.Path, new Dictionary<string, string> { ["ADMIN_SECRET"] = SampleHost.MasterSecret });
        using var master = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/submit")
        {
            Content = new StringContent($$"""{"command":"{{new string('a', 64 * 1024)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Admin-Token", SampleHost.MasterSecret);
        request.Headers.ExpectContinue = true;

        await RefusedAsync(await master.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "The body is larger than 64 KB.");
    }

    [Fact]
    public async Task Form_ToACallWithoutABody_Is415()
    {
        using var master = shared.Host.Master();
        using var content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var response = await master.PostAsync("/api/kill/1", content);
        await RefusedAsync(response, HttpStatusCode.UnsupportedMediaType, "This call takes no body but JSON.");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=10001")]
    [InlineData("limit=x")]
    [InlineData("status=nonsense")]
    public async Task List_WithABadFilter_Is400(string query)
    {
        using var master = shared.Host.Master();

        Assert.Equal(HttpStatusCode.BadRequest, (await master.GetAsync(new Uri($"/api/tasks?{query}", UriKind.Relative))).StatusCode);
    }

    private static async Task RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string detail)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(detail, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
    }
}

using System.Net;
using System.Text;
using System.Text.Json;

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
        var errors = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors");
        Assert.Equal(field, Assert.Single(errors.EnumerateObject()).Name);
        Assert.Empty((await SampleHost.GetAsync(master, "/api/tasks")).EnumerateArray());
    }

    [Fact]
    public async Task Submission_ThatIsNoJson_Is415()
    {
        using var master = shared.Host.Master();
        using var content = new StringContent("command=echo", Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await master.PostAsync("/api/submit", content)).StatusCode);
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
}

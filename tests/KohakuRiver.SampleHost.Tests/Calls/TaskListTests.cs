using System.Net;

namespace KohakuRiver.SampleHost.Tests.Calls;

/// <summary>The pages of the list of tasks, as the original's dashboard turns them.</summary>
public sealed class TaskListTests(Staff staff) : IClassFixture<Staff>
{
    [Fact]
    public async Task List_ByOffset_GivesEveryTaskOnce()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var answer = await staff["user"].PostAsync("/api/submit", new { command = "echo" }, HttpStatusCode.Accepted);
            made.Insert(0, (string)answer["task_ids"]![0]!);
        }

        // One that is decided counts no more where the others are asked for.
        await staff["operator"].PostAsync($"/api/reject/{made[1]}");
        List<string> waiting = [made[0], .. made[2..]];

        Assert.Equal(made[..2], await PageAsync("limit=2&offset=0"));
        Assert.Equal(made[2..4], await PageAsync("limit=2&offset=2"));
        Assert.Equal(made[4..], await PageAsync("limit=2&offset=4"));
        Assert.Empty(await PageAsync("limit=2&offset=5"));
        Assert.Empty(await PageAsync("limit=2&offset=2147483647"));
        Assert.Equal(waiting[..2], await PageAsync("status=pending_approval&limit=2&offset=0"));
        Assert.Equal(waiting[2..], await PageAsync("status=pending_approval&limit=2&offset=2"));
        Assert.Empty(await PageAsync("status=pending_approval&limit=2&offset=4"));
        Assert.Empty(await PageAsync($"node=elsewhere&limit=2&offset=1"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1.0")]
    [InlineData("2147483648")]
    public async Task List_FromAnOffsetThatIsNone_IsRefused(string offset)
    {
        var answer = await staff["viewer"].GetAsync($"/api/tasks?offset={offset}", HttpStatusCode.BadRequest);

        Assert.Equal("offset: A whole number from 0.", (string?)answer["detail"]);
    }

    private async Task<List<string>> PageAsync(string query) =>
        [.. (await staff["user"].GetAsync($"/api/tasks?{query}")).AsArray().Select(t => (string)t!["task_id"]!)];
}

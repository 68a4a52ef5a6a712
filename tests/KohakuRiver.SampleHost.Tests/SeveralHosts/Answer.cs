using System.Net;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>What a host said, of whatever status.</summary>
internal sealed record Answer(HttpStatusCode Status, string? ContentType, string Text, string? Cookie)
{
    internal bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body of an answer that must be a success.</summary>
    internal JsonNode Json
    {
        get
        {
            Assert.True(IsSuccess, $"{(int)Status} {Text}");
            return JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is null.");
        }
    }

    internal Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Text}");
        return this;
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Bodies as a whole: encoding, type, size, depth, form.</summary>
public sealed partial class StrictJsonTests
{
    [Theory]
    [InlineData("null", "must be a JSON object")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"text\"", "must be a JSON object")]
    [InlineData("", "A JSON body is required")]
    [InlineData("   ", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}{}", "not valid JSON")]
    [InlineData("{\"text\":\"a\",}", "not valid JSON")]
    [InlineData("{/**/}", "not valid JSON")]
    [InlineData("{'text':'a'}", "not valid JSON")]
    [InlineData("{\"text\":\"a\nb\"}", "not valid JSON")]
    [InlineData("{\"ratio\":NaN}", "not valid JSON")]
    [InlineData("{\"count\":01}", "not valid JSON")]
    [InlineData("\ufeff{}", "not valid JSON")]
    public async Task Body_ThatIsNoSuchDocument_IsRefusedWhole(string json, string message)
    {
        var refusal = (await ReadAsync<Sample>(json)).Refusal!;

        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Contains(message, refusal.Message);
        Assert.Null(refusal.Errors);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'"', 0xc0, 0xaf, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xed, 0xa0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'{', 0, (byte)'}', 0 })]
    [Trait("Requirement", "R2")]
    public async Task Body_ThatIsNotUtf8_IsRefused(byte[] bytes)
    {
        var outcome = await StrictJson.ReadAsync(Context(bytes, "application/json").Request, Info<Sample>(), CancellationToken.None);

        Assert.Contains("UTF-8", outcome.Refusal!.Message);
        Assert.Equal(400, HttpRefusals.StatusOf(outcome.Refusal));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    [Trait("Requirement", "R2")]
    public async Task Nesting_EndsAtSixteen(int depth, bool isJson)
    {
        var json = new string('[', depth) + new string(']', depth);

        // Deep enough to parse, it is only the wrong form; deeper, it is not even looked at.
        var refusal = (await ReadAsync<Sample>(json)).Refusal!;

        Assert.Equal(isJson, !refusal.Message.Contains("not valid JSON", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("Application/JSON; Charset=\"UTF-8\"", true)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("application/merge-patch+json", false)]
    [InlineData("text/json", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("", false)]
    [InlineData("nonsense", false)]
    [Trait("Requirement", "R2"), Trait("Requirement", "V3.5.2")]
    public async Task ContentType_OtherThanJsonInUtf8_Is415(string type, bool allowed)
    {
        var outcome = await StrictJson.ReadAsync(Context("{}"u8.ToArray(), type).Request, Info<Sample>(), CancellationToken.None);

        Assert.Equal(allowed, outcome.IsSuccess);
        Assert.Equal(allowed ? 0 : 415, outcome.Refusal is { } refusal ? HttpRefusals.StatusOf(refusal) : 0);
    }

    [Theory]
    [InlineData(64 * 1024, true, true)]
    [InlineData((64 * 1024) + 1, true, false)]
    [InlineData(64 * 1024, false, true)]
    [InlineData((64 * 1024) + 1, false, false)]
    [InlineData(1_000_000, false, false)]
    [Trait("Requirement", "R2")]
    public async Task Size_BeyondSixtyFourKilobytes_Is413(int size, bool announced, bool allowed)
    {
        var context = Context(Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', size - 11)}}"}"""), "application/json");
        context.Request.ContentLength = announced ? size : null;

        var outcome = await StrictJson.ReadAsync(context.Request, Info<Sample>(), CancellationToken.None);

        Assert.Equal(allowed, outcome.IsSuccess);
        Assert.Equal(allowed ? 0 : 413, outcome.Refusal is { } refusal ? HttpRefusals.StatusOf(refusal) : 0);
    }

    [Theory]
    [InlineData("[1,2]", true, null)]
    [InlineData("[]", true, null)]
    [InlineData("[\"1\"]", true, "The body must be a list of ids, whole numbers from 1.")]
    [InlineData("[0]", true, "The body must be a list of ids, whole numbers from 1.")]
    [InlineData("""{"user_ids":[1,2],"group_ids":[3]}""", false, null)]
    [InlineData("""{"users":[1]}""", false, "users is not a known field.")]
    public async Task Body_OfMoreThanOneForm_TellsWhichItIs(string json, bool isList, string? message)
    {
        var request = Context(Encoding.UTF8.GetBytes(json), "application/json").Request;
        var body = (await StrictJson.ReadAsync(request, CancellationToken.None)).Require();

        Assert.Equal(isList, body.IsList);
        Assert.Equal(
            message,
            isList
                ? body.As(ContractsJson.Of<IReadOnlyList<long>>()).Refusal?.Message
                : body.As(ContractsJson.Of<AssignVpsRequest>()).Refusal?.Message);
    }

    [Theory]
    [InlineData("", "usual", null)]
    [InlineData("""{"reason":"because"}""", "because", null)]
    [InlineData("[]", null, "The body must be a JSON object.")]
    public async Task OptionalBody_LeftOut_IsTheUsualOne(string json, string? reason, string? message)
    {
        var outcome = await StrictJson.ReadOptionalAsync(
            Context(Encoding.UTF8.GetBytes(json), json.Length == 0 ? "" : "application/json").Request, ContractsJson.Of<RejectRequest>(),
            new RejectRequest("usual"), CancellationToken.None);

        Assert.Equal((reason, message), (outcome.Value?.Reason, outcome.Refusal?.Message));
    }
}

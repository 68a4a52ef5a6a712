using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Bodies are read exactly or refused, and the refusal names the field.</summary>
public sealed partial class StrictJsonTests
{
    private static readonly JsonSerializerOptions ByReflection = new(
        StrictOptions.Create()) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Fact]
    public async Task Body_OfTheRightForm_IsRead()
    {
        var sample = (await ReadAsync<Sample>("""
            {"text":"a","flag":true,"count":3,"big":9000000000,"ratio":1.5,"role":"user","mode":"viewer","at":"2026-01-31T12:00:00+02:00",
             "id":9007199254740991,"ids":[1,2],"names":["x"],"limits":{"max_tasks":10},"inner":{"needed":"n"}}
            """)).Require();

        Assert.Equal(("a", true, 3, 9_000_000_000, 1.5), (sample.Text, sample.Flag, sample.Count, sample.Big, sample.Ratio));
        Assert.Equal((Role.User, RegistrationMode.Viewer), (sample.Role, sample.Mode));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero), sample.At);
        Assert.Equal(TimeSpan.Zero, sample.At!.Value.Offset);
        Assert.Equal(9_007_199_254_740_991, sample.Id);
        Assert.Equal([1L, 2L], sample.Ids);
        Assert.Equal(["x"], sample.Names);
        Assert.Equal(10, sample.Limits!["max_tasks"]);
        Assert.Equal("n", sample.Inner!.Needed);
    }

    [Fact]
    public async Task OptionalFields_AbsentOrNull_AreNull()
    {
        var absent = (await ReadAsync<Sample>("{}")).Require();
        var sent = (await ReadAsync<Sample>("""
            {"text":null,"flag":null,"count":null,"big":null,"ratio":null,"role":null,"mode":null,"at":null,"id":null,"ids":null,
            "names":null,"limits":null,"inner":null}
            """)).Require();

        Assert.Equal(absent, sent);
        Assert.Null(sent.Role);
    }

    public static TheoryData<string, string, string> Faults
    {
        get
        {
            var all = new Dictionary<string, (string Message, string[] Values)>(StringComparer.Ordinal)
            {
                ["text"] = ("must be a string", ["1", "true", "[]", "[\"a\"]", "{}"]),
                ["flag"] = ("must be true or false", ["1", "0", "\"true\"", "[]", "{}"]),
                ["count"] = ("must be a whole number", ["\"1\"", "1.0", "1.5", "1e2", "true", "[]", "{}"]),
                ["big"] = ("must be a whole number", ["\"1\"", "1.5", "true", "[]"]),
                ["ratio"] = ("must be a number", ["\"1.5\"", "true", "\"NaN\"", "[]"]),
                ["role"] = (
                    "must be one of viewer, user, operator, admin",
                    ["4", "\"4\"", "\"Admin\"", "\"viewer,admin\"", "\"anony\"", "\" user\"", "\"\"", "[\"user\"]", "{}"]),
                ["mode"] = ("must be one of closed, viewer", ["1", "\"Viewer\"", "true"]),
                ["at"] = ("must be a time such as 2026-01-31T12:00:00Z",
                    [
                        "1", "\"2026-01-31\"", "\"2026-01-31T12:00:00\"", "\"2026-01-31 12:00:00Z\"", "\"2026-02-31T12:00:00Z\"",
                        "\"2026-01-31T12:00:00z\"", "\"31.1.2026\"", "\"2026-01-31T12:00:00+0200\"", "\"\"",
                    ]),
                ["id"] = (
                    "must be an id, a whole number from 1",
                    ["0", "-1", "1.0", "1e3", "\"1\"", "9007199254740992", "99999999999999999999", "true", "[1]"]),
                ["ids"] = (
                    "must be a list of ids, whole numbers from 1", ["1", "\"1\"", "[0]", "[\"1\"]", "[1.5]", "[null]", "[[1]]", "{}"]),
                ["names"] = ("must be a list", ["\"a\"", "1", "{}"]),
                ["limits"] = ("must be a JSON object", ["[]", "1", "\"a\""]),
                ["inner"] = ("must be a JSON object", ["[]", "1", "\"a\""]),
            };
            var data = new TheoryData<string, string, string>();
            foreach (var (name, (message, values)) in all)
            {
                foreach (var value in values)
                {
                    data.Add(name, value, message);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Field_OfTheWrongKind_IsNamed(string field, string value, string message)
    {
        var refusal = (await ReadAsync<Sample>($$"""{"{{field}}":{{value}}}""")).Refusal!;

        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Equal(new Dictionary<string, string[]> { [field] = [message] }, refusal.Errors);
        Assert.Equal($"{field} {message}.", refusal.Message);
    }

    [Theory]
    [InlineData("""{"count":2147483648}""", "count", "is out of range")]
    [InlineData("""{"big":9223372036854775808}""", "big", "is out of range")]
    [InlineData("""{"names":["a",1]}""", "names[1]", "must be a string")]
    [InlineData("""{"names":[null]}""", "names[0]", "must be a string")]
    [InlineData("""{"limits":{"max_tasks":"10"}}""", "limits.max_tasks", "must be a whole number")]
    [InlineData("""{"limits":{"a":1,"a":2}}""", "limits.a", "is sent twice")]
    [InlineData("""{"inner":{}}""", "inner.needed", "is required")]
    [InlineData("""{"inner":{"needed":null}}""", "inner.needed", "must be a string")]
    [InlineData("""{"inner":{"needed":"x","more":1}}""", "inner.more", "is not a known field")]
    [InlineData("""{"unknown":1}""", "unknown", "is not a known field")]
    [InlineData("""{"Text":"a"}""", "Text", "is not a known field")]
    [InlineData("""{"text":"a","text":"b"}""", "text", "is sent twice")]
    [InlineData("""{"text":"a","\u0074ext":"b"}""", "text", "is sent twice")]
    [InlineData("""{"text":"\ud800"}""", "text", "is not valid text")]
    [InlineData("""{"text":"\udc00x"}""", "text", "is not valid text")]
    [InlineData("""{"names":["\ud800"]}""", "names[0]", "is not valid text")]
    [InlineData("""{"role":"\ud800"}""", "role", "must be one of viewer, user, operator, admin")]
    [InlineData("""{"\ud800":1}""", "?", "is not a known field")]
    [InlineData("""{"$type":"x"}""", "$type", "is not a known field")]
    [InlineData("""{"a\r\n\u202eb":1}""", "a\\u000d\\u000a\\u202eb", "is not a known field")]
    public async Task Fault_DeeperOrStranger_IsNamed(string json, string field, string message)
    {
        var refusal = (await ReadAsync<Sample>(json)).Refusal!;

        Assert.Equal(new Dictionary<string, string[]> { [field] = [message] }, refusal.Errors);
    }

    [Fact]
    public async Task Faults_OfSeveralFields_AreToldTogether()
    {
        var refusal = (await ReadAsync<Sample>("""{"text":1,"flag":2,"x":3}""")).Refusal!;

        Assert.Equal(["text", "flag", "x"], refusal.Errors!.Keys);
        Assert.Equal("text must be a string; flag must be true or false; x is not a known field.", refusal.Message);
    }

    [Fact]
    public async Task HugeInput_IsNotEchoed()
    {
        var name = new string('n', 60_000);
        var many = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"f{i}\":1"));

        var one = (await ReadAsync<Sample>($$"""{"{{name}}":1}""")).Refusal!;
        var all = (await ReadAsync<Sample>("{" + many + "}")).Refusal!;

        Assert.Equal(65, Assert.Single(one.Errors!).Key.Length);
        Assert.InRange(one.Message.Length, 1, 200);
        Assert.Equal(20, all.Errors!.Count);
        Assert.InRange(all.Message.Length, 1, 400);
    }

    [Fact]
    public async Task Contract_WithoutItsOptionalFields_IsRead()
    {
        var body = Context("""{"username":"ann"}"""u8.ToArray(), "application/json");

        var user = (await StrictJson.ReadAsync(body.Request, ContractsJson.Of<CreateUserRequest>(), CancellationToken.None)).Require();

        Assert.Equal(new CreateUserRequest("ann", null, null, null, null, null), user);
    }

    public static TheoryData<Type> Contracts => ContractsNamed("Request");

    public static TheoryData<Type> Answers => ContractsNamed("Response");

    private static TheoryData<Type> ContractsNamed(string ending) =>
        [.. typeof(LoginRequest).Assembly.GetTypes().Where(t =>
            t.Namespace == typeof(LoginRequest).Namespace && t.Name.EndsWith(ending, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_IsSourceGenerated(Type contract) =>
        Assert.IsAssignableFrom<JsonSerializerContext>(ContractsJson.Strict.GetTypeInfo(contract).OriginatingResolver);

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Contract_IsSourceGeneratedAndStrict(Type contract)
    {
        var info = ContractsJson.Strict.GetTypeInfo(contract);

        Assert.IsAssignableFrom<JsonSerializerContext>(info.OriginatingResolver);
        Assert.All(info.Properties, p => Assert.Matches("^[a-z]+(_[a-z]+)*$", p.Name));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"surely_unknown":1}""", info));
        var name = info.Properties[0].Name;
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"{{name}}":null,"{{name}}":null}""", info));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"{{name.ToUpperInvariant()}}":null}""", info));
    }

    [Fact]
    public void Instants_AreWrittenInUtc()
    {
        var json = JsonSerializer.Serialize(
            new Sample { At = new DateTimeOffset(2026, 1, 31, 14, 0, 0, 5, TimeSpan.FromHours(2)) }, ByReflection);

        Assert.Contains("\"at\":\"2026-01-31T12:00:00.005000Z\"", json);
        Assert.Contains("\"role\":null", json);
    }

    private static Task<KohakuResult<T>> ReadAsync<T>(string json)
        where T : notnull => StrictJson.ReadAsync(
            Context(Encoding.UTF8.GetBytes(json), "application/json").Request, Info<T>(), CancellationToken.None);

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)ByReflection.GetTypeInfo(typeof(T));

    private static DefaultHttpContext Context(byte[] body, string type)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        if (type.Length > 0)
        {
            context.Request.ContentType = type;
        }

        return context;
    }

    private sealed record Sample
    {
        [JsonPropertyName("text")]
        public string? Text { get; init; }

        [JsonPropertyName("flag")]
        public bool? Flag { get; init; }

        [JsonPropertyName("count")]
        public int? Count { get; init; }

        [JsonPropertyName("big")]
        public long? Big { get; init; }

        [JsonPropertyName("ratio")]
        public double? Ratio { get; init; }

        [JsonPropertyName("role")]
        public Role? Role { get; init; }

        [JsonPropertyName("mode")]
        public RegistrationMode? Mode { get; init; }

        [JsonPropertyName("at")]
        public DateTimeOffset? At { get; init; }

        [JsonPropertyName("id"), JsonConverter(typeof(IdConverter))]
        public long? Id { get; init; }

        [JsonPropertyName("ids")]
        public IReadOnlyList<long>? Ids { get; init; }

        [JsonPropertyName("names")]
        public IReadOnlyList<string>? Names { get; init; }

        [JsonPropertyName("limits")]
        public IReadOnlyDictionary<string, long>? Limits { get; init; }

        [JsonPropertyName("inner")]
        public Inner? Inner { get; init; }
    }

    private sealed record Inner
    {
        [JsonPropertyName("needed")]
        public required string Needed { get; init; }
    }
}

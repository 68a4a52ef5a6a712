using System.Text.Json;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Access;

/// <summary>The description of the API says what the API does.</summary>
public sealed partial class OpenApiTests
{
    [Fact]
    public async Task Document_ReadByAViewer_DescribesEveryEndpointOfTheGroup()
    {
        await using var host = await TestHost.StartApiAsync();
        (await host.Anonymous.GetAsync("/api/openapi.json")).ExpectProblem(401);
        var document = (await (await host.AddAsync(Role.Viewer)).Bearer.GetAsync("/api/openapi.json")).Expect(200);
        Assert.Equal("application/json; charset=utf-8", document.Header("Content-Type"));
        var described = document["paths"].EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(
            EndpointTable.Rows.Select(r => r.Call).Where(c => c != "GET /api/openapi.json").Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryOperation_HasASummaryItsAnswersAndItsCredentials()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = (await host.Master.GetAsync("/api/openapi.json")).Expect(200).Json;
        foreach (var row in EndpointTable.Rows.Where(r => r.Call != "GET /api/openapi.json"))
        {
            var operation = document.GetProperty("paths").GetProperty(row.Pattern).GetProperty(row.Call.Split(' ')[0].ToLowerInvariant());
            Assert.Matches(Summary(), operation.GetProperty("summary").GetString());
            Assert.DoesNotContain("Endpoints", operation.GetProperty("tags")[0].GetString(), StringComparison.Ordinal);
            var ways = row.Who switch { Who.Everybody => 0, Who.Session => 1, Who.AnyActor => 4, _ => 3 };
            Assert.Equal(ways, operation.TryGetProperty("security", out var security) ? security.GetArrayLength() : 0);
            var responses = operation.GetProperty("responses");
            Assert.True(responses.TryGetProperty("200", out var good) || responses.TryGetProperty("201", out good), row.Call);
            Assert.True(good.GetProperty("content").EnumerateObject().All(c => c.Value.TryGetProperty("schema", out _)), row.Call);
            Assert.True(
                responses.TryGetProperty("401", out _) == (
                    row.Who != Who.Everybody || row.Pattern.EndsWith("/login", StringComparison.Ordinal)),
                row.Call);
            Assert.True(responses.TryGetProperty("404", out _) || !row.Pattern.Contains('{', StringComparison.Ordinal), row.Call);
            Assert.True(row.Who is Who.Everybody or Who.AnyActor or Who.Known || responses.TryGetProperty("403", out _), row.Call);
            foreach (var parameter in ParameterNames().Matches(row.Pattern).Select(m => m.Groups["name"].Value))
            {
                Assert.Contains(
                    operation.GetProperty("parameters").EnumerateArray(),
                    p => p.GetProperty("name").GetString() == parameter && p.GetProperty("in").GetString() == "path");
            }
        }
    }

    [Fact]
    public async Task EveryRequestBody_IsDescribedWithTheNamesAndTypesOfTheContract()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = (await host.Master.GetAsync("/api/openapi.json")).Expect(200).Json;
        var contracts = Input.BodyCase.Contracts(host);
        foreach (var row in EndpointTable.Rows.Where(r => r.Call != "GET /api/openapi.json"))
        {
            var operation = document.GetProperty("paths").GetProperty(row.Pattern).GetProperty(row.Call.Split(' ')[0].ToLowerInvariant());
            Assert.Equal(contracts.ContainsKey(row.Call), operation.TryGetProperty("requestBody", out var body));
            if (!contracts.TryGetValue(row.Call, out var contract))
            {
                continue;
            }

            Assert.Equal(!contract.IsOptional, body.TryGetProperty("required", out var required) && required.GetBoolean());
            var shown = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
            var schema = Resolve(document, shown.TryGetProperty("oneOf", out var forms) ? forms[0] : shown);
            var properties = schema.GetProperty("properties");
            Assert.Equal(
                contract.Fields.Select(f => f.Name).Order(StringComparer.Ordinal),
                properties.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
            foreach (var (name, type) in contract.Fields)
            {
                Assert.True(
                    TypesOf(document, properties.GetProperty(name)) is [var only] && only == TypeName(type),
                    $"{row.Call} {name}: {properties.GetProperty(name).GetRawText()}");
            }
        }
    }

    [Fact]
    public async Task EveryAnswer_IsDescribedInSnakeCaseWithNamedRoles()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = (await host.Master.GetAsync("/api/openapi.json")).Expect(200).Json;
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var schema in schemas.EnumerateObject().Where(s => s.Value.TryGetProperty("properties", out _)))
        {
            Assert.All(schema.Value.GetProperty("properties").EnumerateObject(), p => Assert.Matches(SnakeCase(), p.Name));
        }

        var role = Resolve(document, schemas.GetProperty("UserResponse").GetProperty("properties").GetProperty("role"));
        Assert.Equal(
            ["anony", "viewer", "user", "operator", "admin"], role.GetProperty("enum").EnumerateArray().Select(v => v.GetString()!));
    }

    private static string TypeName(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(int) || plain == typeof(long) ? "integer"
            : plain == typeof(bool) ? "boolean"
            : plain == typeof(string) || plain.IsEnum || plain == typeof(DateTimeOffset) ? "string"
            : plain == typeof(IReadOnlyDictionary<string, long>) ? "object"
            : "array";
    }

    private static List<string> TypesOf(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var some))
        {
            return some.EnumerateArray().SelectMany(s => TypesOf(document, s)).ToList();
        }

        var resolved = Resolve(document, schema);
        return !resolved.TryGetProperty("type", out var type) ? []
            : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!).Where(t => t != "null").ToList()
            : type.GetString() == "null" ? [] : [type.GetString()!];
    }

    private static JsonElement Resolve(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterNames();

    [GeneratedRegex("^[A-Z][^.]{2,60}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();

    [GeneratedRegex(
        "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();
}

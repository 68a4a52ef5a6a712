using System.Text.Json;
using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>The description of the API leaves nothing out.</summary>
public sealed class OpenApiCompletenessTests
{
    [Fact]
    public async Task Operations_AllOfThem_HaveAnIdOfTheirOwnATagASummaryAndCredentials()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = await ApiOperation.DocumentAsync(host);
        var operations = ApiOperation.ReadAll(document);
        Assert.Equal(operations.Count, operations.Select(o => o.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var tags = document.GetProperty("tags")
            .EnumerateArray()
            .Select(t => t.GetProperty("name").GetString())
            .ToHashSet(StringComparer.Ordinal);
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        foreach (var operation in operations)
        {
            Assert.Matches("^[a-z][A-Za-z]+$", operation.Id);
            Assert.False(string.IsNullOrWhiteSpace(operation.Json.GetProperty("summary").GetString()), operation.ToString());
            Assert.Contains(Assert.Single(operation.Json.GetProperty("tags").EnumerateArray()).GetString(), tags);

            // An empty list says that nobody is asked who they are.
            var named = operation.Json.GetProperty("security").EnumerateArray().SelectMany(s => s.EnumerateObject()).Select(s => s.Name);
            Assert.All(named, name => Assert.True(schemes.TryGetProperty(name, out _), name));
        }
    }

    [Fact]
    public async Task Fields_Parameters_AndAnswers_AreAllDescribed()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = await ApiOperation.DocumentAsync(host);
        var faults = new List<string>();
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Check(schema.Value, schema.Name);
            foreach (var field in schema.Value.TryGetProperty("properties", out var fields) ? fields.EnumerateObject() : default)
            {
                Check(field.Value, $"{schema.Name}.{field.Name}");
            }
        }

        foreach (var operation in ApiOperation.ReadAll(document))
        {
            foreach (var parameter in operation.Parameters)
            {
                Check(parameter, $"{operation} {parameter.GetProperty("name")}");
            }

            foreach (var response in operation.Responses)
            {
                Check(new ApiSchema(document).Resolve(response.Value), $"{operation} {response.Name}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));

        void Check(JsonElement element, string what)
        {
            if (!element.TryGetProperty("description", out var text)
                || string.IsNullOrWhiteSpace(text.GetString())
                || text.GetString()!.Contains('&', StringComparison.Ordinal))
            {
                faults.Add($"{what} has no (good) description");
            }
        }
    }

    [Fact]
    public async Task Examples_OfEveryBodyAndSuccess_AreThereAndFitTheirSchemas()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = await ApiOperation.DocumentAsync(host);
        var schemas = new ApiSchema(document);
        var faults = new List<string>();
        foreach (var operation in ApiOperation.ReadAll(document))
        {
            var shown = operation.Success.Value.GetProperty("content").EnumerateObject().Select(c => c.Value).ToList();
            if (operation.Body is { } body)
            {
                shown.Add(body);
            }

            foreach (var media in shown)
            {
                faults.AddRange(media.TryGetProperty("example", out var example)
                    ? schemas.Faults(media.GetProperty("schema"), example).Select(f => $"{operation}: {f}")
                    : [$"{operation} has no example"]);
            }
        }

        foreach (var kind in document.GetProperty("components").GetProperty("responses").EnumerateObject())
        {
            var media = kind.Value.GetProperty("content").GetProperty("application/problem+json");
            faults.AddRange(schemas.Faults(media.GetProperty("schema"), media.GetProperty("example")).Select(f => $"{kind.Name}: {f}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Refusals_OfEveryOperation_AreOfTheKindsListedInOnePlace()
    {
        await using var host = await TestHost.StartApiAsync();
        var document = await ApiOperation.DocumentAsync(host);
        var kinds = ProblemKinds.All.ToDictionary(
            k => k.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), k => k.Name, StringComparer.Ordinal);
        var listed = document.GetProperty("components").GetProperty("responses").EnumerateObject().Select(r => r.Name);
        Assert.Equal(kinds.Values.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        foreach (var refusal in ApiOperation.ReadAll(document).SelectMany(o => o.Responses).Where(r => r.Name[0] != '2'))
        {
            Assert.Equal($"#/components/responses/{kinds[refusal.Name]}", refusal.Value.GetProperty("$ref").GetString());
        }
    }
}

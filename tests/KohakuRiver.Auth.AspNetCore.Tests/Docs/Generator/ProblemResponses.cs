using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>The problem documents in the OpenAPI document: one schema, and one response to each kind.</summary>
internal static class ProblemResponses
{
    internal const string SchemaName = "Problem";

    internal static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(SchemaName, Schema());
        foreach (var kind in ProblemKinds.All)
        {
            document.AddComponent(kind.Name, Response(kind, document));
        }
    }

    internal static OpenApiResponseReference To(int status, OpenApiDocument? document) =>
        new(ProblemKinds.All.Single(k => k.Status == status).Name, document);

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document according to RFC 9457. It has no type: the status says which kind it is.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "title", "status", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = Text("What is wrong, in one sentence."),
            ["reason"] = Text("One word by which a client may act. Only where detail does not suffice: renamed."),
            ["username"] = Text("The name the account has now. Only with the reason renamed."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Field or parameter → what is wrong with it. Only if the fault is in fields or parameters.",
                AdditionalProperties =
                    new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["trace_id"] = Text("The id under which the host's log has the details. Only with status 500."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiResponse Response(ProblemKind kind, OpenApiDocument document) => new()
    {
        Description = kind.When,
        Headers = kind.Header switch
        {
            null => null,
            "Retry-After" => ApiHeaders.Of(
                new HeaderMetadata(kind.Header, "Whole seconds to wait before trying again.", IsInteger: true)),
            _ => ApiHeaders.Of(new HeaderMetadata(kind.Header, "Always Bearer.")),
        },
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/problem+json"] =
                new OpenApiMediaType { Schema = new OpenApiSchemaReference(SchemaName, document), Example = Example(kind) },
        },
    };

    private static JsonObject Example(ProblemKind kind)
    {
        var example =
            new JsonObject { ["title"] = ReasonPhrases.GetReasonPhrase(kind.Status), ["status"] = kind.Status, ["detail"] = kind.Detail };
        if (kind.Field is not null)
        {
            example["errors"] = new JsonObject { [kind.Field] = new JsonArray(kind.Detail) };
        }

        if (kind.TraceId is not null)
        {
            example["trace_id"] = kind.TraceId;
        }

        return example;
    }
}

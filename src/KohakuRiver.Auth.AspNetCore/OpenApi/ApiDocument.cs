using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The OpenAPI document of the library's own calls. It is written with the library and comes with it, as what its calls take and answer
/// hangs on nothing of a host's. Where they are does: the addresses are those that this host has mapped.
/// </summary>
internal sealed class ApiDocument
{
    /// <summary>The document's name, and the group name of the calls in it.</summary>
    internal const string Name = "kohaku-auth";

    // As in the repository: for programs and for people.
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Only the last one: a path base can be a proxy's word, and nobody's words may fill the memory.
    private volatile Copy? last;

    /// <summary>Answers with the document.</summary>
    internal Task WriteAsync(HttpContext context)
    {
        var endpoints = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints;
        var pathBase = RequestView.Of(context).PathBase;
        if (last is not { } copy || !ReferenceEquals(copy.Endpoints, endpoints) || copy.PathBase != pathBase)
        {
            last = copy = new Copy(endpoints, pathBase, JsonSerializer.SerializeToUtf8Bytes(Of(endpoints, pathBase), Readable));
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = copy.Json.Length;
        return context.Response.Body.WriteAsync(copy.Json, context.RequestAborted).AsTask();
    }

    private static JsonObject Of(IReadOnlyList<Endpoint> endpoints, string pathBase)
    {
        using var resource = typeof(ApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        var document = JsonNode.Parse(resource)!.AsObject();
        if (pathBase.Length > 0)
        {
            // Without it the addresses are those of the host that serves the document.
            document.Insert(
                document.IndexOf("paths"), "servers", new JsonArray(new JsonObject { ["url"] = pathBase }));
        }

        document["paths"] = Mapped(document["paths"]!.AsObject(), endpoints);
        return document;
    }

    // In the order of the file, the whole API once for each time it is mapped.
    private static JsonObject Mapped(JsonObject written, IReadOnlyList<Endpoint> endpoints)
    {
        var patterns = endpoints.OfType<RouteEndpoint>()
            .Select(e => (Id: e.Metadata.GetMetadata<OperationId>()?.Value, e.RoutePattern))
            .Where(e => e.Id is not null)
            .ToLookup(e => e.Id!, e => e.RoutePattern, StringComparer.Ordinal);
        var calls =
            from path in written
            from operation in path.Value!.AsObject()
            from place in patterns[(string)operation.Value!["operationId"]!].Select((pattern, rank) => (Pattern: pattern, Rank: rank))
            orderby place.Rank
            select (place.Pattern, place.Rank, Method: operation.Key, Operation: operation.Value!.DeepClone().AsObject());
        var mapped = new JsonObject();
        foreach (var (pattern, rank, method, operation) in calls.ToList())
        {
            if (rank > 0)
            {
                // An id stands once in a document.
                operation.Remove("operationId");
            }

            DescribeParameters(operation, pattern);
            var address = AddressOf(pattern);
            if (mapped[address] is not JsonObject item)
            {
                mapped[address] = item = [];
            }

            item[method] = operation;
        }

        return mapped;
    }

    // The library's own are described; a host may have more of them in what it puts before the calls.
    private static void DescribeParameters(JsonObject operation, RoutePattern pattern)
    {
        var known = operation["parameters"]?.AsArray();
        var more = pattern.Parameters.Select(p => p.Name)
            .Where(name => known?.Any(k => (string?)k!["in"] == "path" && (string?)k["name"] == name) != true)
            .Select(name => new JsonObject
            {
                ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
            })
            .ToList();
        if (more.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. more, .. known?.Select(k => k!.DeepClone()) ?? []]);
        }
    }

    private static string AddressOf(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(
        segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => throw new InvalidOperationException($"A part of the route {pattern.RawText} is of an unknown kind."),
        }))));

    private sealed record Copy(IReadOnlyList<Endpoint> Endpoints, string PathBase, byte[] Json);
}

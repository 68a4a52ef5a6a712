using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Describes one call: from what its endpoint says of itself, and from what all calls of its kind share.</summary>
internal static class OperationDescriber
{
    internal const string Bearer = "bearer";
    internal const string Cookie = "session";
    internal const string Master = "master_secret";

    internal static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var id = metadata.OfType<OperationId>().Last().Value;
        var requirements = metadata.OfType<IAllowAnonymous>().Any()
            ? []
            : metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).ToList();
        var call = new Call(
            id,
            IsPublic: requirements.Count == 0,
            IsOptional: requirements.OfType<KohakuRequirement.AnyActor>().Any(),
            IgnoresCredentials: metadata.OfType<IIgnoreCredentials>().Any(),
            Changes: !SameOrigin.IsSafe(context.Description.HttpMethod!),
            Body: metadata.OfType<JsonBodyMetadata>().LastOrDefault());
        operation.OperationId = id;
        operation.Security = Credentials(call, metadata.OfType<SessionNeeded>().Any(), context.Document);
        if (requirements.OfType<KohakuRequirement.Holding>().FirstOrDefault() is { } needed)
        {
            var permission = Permissions.All.Single(p => p.Name == needed.PermissionName);
            var who = permission.MinimumRole == Role.Admin
                ? "admins have"
                : $"{permission.MinimumRole.ToName()} and every higher role have";
            operation.Description = $"{operation.Description} Needs the permission {permission.Name}, which {who}.".TrimStart();
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            ApiParameters.DescribePath(parameter, id);
        }

        foreach (var name in metadata.OfType<QueryParameters>().SelectMany(q => q.Names))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(ApiParameters.Query(name));
        }

        if (call.Body is not null)
        {
            operation.RequestBody = await BodyAsync(call, context, cancellationToken);
        }

        DescribeSuccess(operation, call);
        foreach (var status in Refusals(call).Concat(metadata.OfType<RefusalStatuses>().SelectMany(r => r.Statuses)).Distinct().Order())
        {
            operation.Responses![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = ProblemResponses.To(
                status, context.Document);
        }
    }

    // Any one of those listed; an empty one stands for no credential at all.
    private static List<OpenApiSecurityRequirement> Credentials(Call call, bool sessionOnly, OpenApiDocument? document)
    {
        if (call.IsPublic)
        {
            return [];
        }

        string[] schemes = sessionOnly ? [Cookie] : [Bearer, Cookie, Master];
        List<OpenApiSecurityRequirement> all =
            [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
        if (call.IsOptional)
        {
            all.Insert(0, []);
        }

        return all;
    }

    private static List<int> Refusals(Call call)
    {
        // 400 also where plain HTTP is refused; 503 as everything needs the database.
        List<int> statuses =
            [StatusCodes.Status400BadRequest, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable];
        if (!call.IsPublic)
        {
            statuses.Add(StatusCodes.Status401Unauthorized);
        }

        if (!call.IgnoresCredentials)
        {
            // Wrong master secrets are throttled.
            statuses.Add(StatusCodes.Status429TooManyRequests);
        }

        if (call.Changes || !(call.IsPublic || call.IsOptional))
        {
            // The permission, or a page of another site.
            statuses.Add(StatusCodes.Status403Forbidden);
        }

        if (call.Changes)
        {
            statuses.Add(StatusCodes.Status415UnsupportedMediaType);
        }

        if (call.Body is not null)
        {
            statuses.Add(StatusCodes.Status408RequestTimeout);
            statuses.Add(StatusCodes.Status413PayloadTooLarge);
        }

        return statuses;
    }

    private static async Task<OpenApiRequestBody> BodyAsync(
        Call call, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var contract = call.Body!.Contract;
        var schema = await context.GetOrCreateSchemaAsync(contract, cancellationToken: cancellationToken);
        ContractSchemas.DescribeRequest(schema, call.Body.Needed);
        context.Document!.AddComponent(contract.Name, schema);
        IOpenApiSchema shown = new OpenApiSchemaReference(contract.Name, context.Document);
        if (contract == typeof(AssignVpsRequest))
        {
            // Existing clients send a bare list of user ids.
            shown = new OpenApiSchema
            {
                OneOf =
                    [shown, new OpenApiSchema { Type = JsonSchemaType.Array, Items = ApiParameters.Id(), Description = "Users by id." }],
            };
        }

        return new OpenApiRequestBody
        {
            Required = !call.Body.IsOptional,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new OpenApiMediaType { Schema = shown, Example = ApiExamples.Request(call.Id) },
            },
        };
    }

    private static void DescribeSuccess(OpenApiOperation operation, Call call)
    {
        var success = (OpenApiResponse)operation.Responses!.Single().Value;
        success.Description = call.Id == "watchPendingTasks" ? "A stream that does not end by itself." : "Done.";
        foreach (var (type, media) in success.Content!)
        {
            media.Example = type == "application/json" ? ApiExamples.Response(call.Id) : JsonValue.Create(ApiExamples.Events);
        }

        if (operation.Parameters?.Any(p => p.Name == "cursor") == true)
        {
            success.Description = "A page of rows.";
            success.Headers = ApiHeaders.OfPages();
        }

        if (call.Id is "logIn" or "register")
        {
            success.Headers = ApiHeaders.Of(
                "Set-Cookie", "The session; not where an admin registers somebody else.", JsonSchemaType.String);
        }

        if (call.Id == "logOut")
        {
            success.Headers = ApiHeaders.Of("Set-Cookie", "Clears the session's cookie.", JsonSchemaType.String);
        }

        if (call.Id == "listAudit")
        {
            success.Content["text/csv"] = File("A header line and a line for each entry.", ApiExamples.AuditCsv);
            success.Content["application/jsonl"] = File(
                "A JSON object in each line.", ApiExamples.Response(call.Id)[0]!.ToJsonString() + "\n");
        }
    }

    private static OpenApiMediaType File(string description, string example) => new()
    {
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = description },
        Example = JsonValue.Create(example),
    };

    private sealed record Call(string Id, bool IsPublic, bool IsOptional, bool IgnoresCredentials, bool Changes, JsonBodyMetadata? Body);
}

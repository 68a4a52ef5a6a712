using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>Describes one call: from what its endpoint says about itself, and from what all calls of its kind share.</summary>
internal static class OperationDescriber
{
    internal const string Bearer = "bearer";
    internal const string Cookie = "session";
    internal const string Master = "master_secret";

    internal static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var requirements = metadata.OfType<IAllowAnonymous>().Any()
            ? []
            : metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).ToList();
        var call = new Call(
            IsPublic: requirements.Count == 0,
            IsOptional: requirements.OfType<KohakuRequirement.AnyActor>().Any(),
            IgnoresCredentials: metadata.OfType<IIgnoreCredentials>().Any(),
            Changes: !SameOrigin.IsSafe(context.Description.HttpMethod!),
            Body: metadata.OfType<JsonBodyMetadata>().LastOrDefault());
        operation.OperationId = metadata.OfType<OperationId>().Last().Value;
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
            DescribePath(parameter, metadata);
        }

        foreach (var parameter in metadata.OfType<QueryParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(parameter.Describe());
        }

        if (call.Body is { } body)
        {
            operation.RequestBody = await BodyAsync(body, metadata, context, cancellationToken);
        }

        DescribeSuccess((OpenApiResponse)operation.Responses!.Single().Value, metadata);
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

    // Ids of rows have their schema; every other part of an address is an id of the host's, which is a text.
    private static void DescribePath(OpenApiParameter parameter, IList<object> metadata)
    {
        var example = metadata.OfType<PathExample>().LastOrDefault(e => e.Name == parameter.Name)?.Value.DeepClone();
        if (parameter.Schema?.Type == JsonSchemaType.String)
        {
            parameter.Schema = ContractSchemas.Text(FieldRules.HostIdMaximum);
            parameter.Example = example;
        }
        else
        {
            parameter.Example = example ?? 1;
        }
    }

    private static async Task<OpenApiRequestBody> BodyAsync(
        JsonBodyMetadata body, IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(body.Contract, cancellationToken: cancellationToken);
        ContractSchemas.DescribeRequest(schema, body.Contract, body.Needed);
        context.Document!.AddComponent(body.Contract.Name, schema);
        IOpenApiSchema shown = new OpenApiSchemaReference(body.Contract.Name, context.Document);
        if (metadata.OfType<BareIdList>().LastOrDefault() is { } list)
        {
            var bare = new OpenApiSchema { Type = JsonSchemaType.Array, Items = ContractSchemas.Id(), Description = list.Description };
            shown = new OpenApiSchema { OneOf = [shown, bare] };
        }

        return new OpenApiRequestBody
        {
            Required = !body.IsOptional,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = shown,
                    Example = ApiExamples.Write(metadata.OfType<RequestExample>().Last()),
                },
            },
        };
    }

    private static void DescribeSuccess(OpenApiResponse response, IList<object> metadata)
    {
        var success = metadata.OfType<SuccessMetadata>().Last();
        response.Description = success.Description;
        foreach (var media in response.Content!.Values)
        {
            media.Example = ApiExamples.Write(success);
        }

        var headers = metadata.OfType<HeaderMetadata>().ToList();
        if (headers.Count > 0)
        {
            response.Headers = ApiHeaders.Of(headers);
        }

        foreach (var file in metadata.OfType<SuccessFile>())
        {
            response.Content[file.ContentType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = file.Description },
                Example = JsonValue.Create(file.Example),
            };
        }
    }

    private sealed record Call(bool IsPublic, bool IsOptional, bool IgnoresCredentials, bool Changes, JsonBodyMetadata? Body);
}

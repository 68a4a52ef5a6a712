using KohakuRiver.Auth.AspNetCore.Authentication;
using KohakuRiver.Auth.AspNetCore.Authorization;
using KohakuRiver.Auth.AspNetCore.Endpoints;
using KohakuRiver.Auth.AspNetCore.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.OpenApi;

/// <summary>The OpenAPI document of the library's own calls.</summary>
internal static class KohakuOpenApi
{
    /// <summary>The document's name, and the group name of the calls in it.</summary>
    internal const string DocumentName = "kohaku-auth";

    private const string Bearer = "bearer";
    private const string Cookie = "session";
    private const string Master = "master_secret";

    internal static void AddDocument(IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.ShouldInclude = description => description.GroupName == DocumentName;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(ContractSchemas.DescribeAsync);
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "KohakuRiver.Auth", Version = "1" };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token." },
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = KohakuAuthDefaults.CookieName,
                Description = $"A session; over HTTPS the cookie is {KohakuAuthDefaults.SecureCookieName}. Changes need a same-origin request.",
            },
            [Master] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = KohakuAuthDefaults.MasterHeader,
                Description = $"The master secret; {KohakuAuthDefaults.MasterHeaderAlias} is the same.",
            },
        };
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            // Any one of the three.
            operation.Security =
            [
                .. new[] { Bearer, Cookie, Master }.Select(scheme => new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
                }),
            ];
            if (metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<KohakuRequirement.AnyActor>().Any())
            {
                // Or none at all.
                operation.Security.Insert(0, []);
            }
        }

        foreach (var name in metadata.OfType<QueryParameters>().LastOrDefault()?.Names ?? [])
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }

        if (metadata.OfType<JsonBodyMetadata>().LastOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Contract, cancellationToken: ct);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = !body.IsOptional,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new OpenApiMediaType { Schema = schema },
                },
            };
        }
    }
}

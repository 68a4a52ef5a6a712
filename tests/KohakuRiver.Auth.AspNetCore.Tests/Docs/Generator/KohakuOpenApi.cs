using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>
/// Writes the OpenAPI document that the library serves, from the endpoints of a host. The library itself brings only the document: its
/// hosts are free to have other versions of the packages that this takes.
/// </summary>
internal static class KohakuOpenApi
{
    /// <summary>The document of a new host's calls.</summary>
    internal static async Task<string> WriteAsync()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Services = AddDocument });
        var document = await host.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDocument.Name)
            .GetOpenApiDocumentAsync(TestContext.Current.CancellationToken);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, TestContext.Current.CancellationToken);
    }

    private static void AddDocument(IServiceCollection services) => services.AddOpenApi(ApiDocument.Name, options =>
    {
        options.ShouldInclude = description => description.GroupName == ApiDocument.Name;

        // Written out where it stands, as the number it is in an address.
        options.CreateSchemaReferenceId = type =>
            type.Type == typeof(RowId) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddOperationTransformer(OperationDescriber.DescribeAsync);
        options.AddSchemaTransformer(ContractSchemas.DescribeAsync);
        options.AddDocumentTransformer((document, context, _) =>
        {
            Describe(document);
            document.Tags = Tags(context);
            ContractSchemas.DescribeRoles(document);
            ProblemResponses.AddTo(document);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "KohakuRiver.Auth",
            Version = "1",
            Description =
                "The user side of a compute cluster. Answers are JSON in snake_case, with nulls included and times in UTC; refusals are "
                + "problem documents. In requests null and absent mean the same; unknown, repeated or wrongly cased fields are refused.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [OperationDescriber.Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API token: its owner's role, except for what needs a password.",
            },
            [OperationDescriber.Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = KohakuAuthDefaults.CookieName,
                Description = "A session. A login sets the cookie under this name followed by an underscore and the id of the deployment, "
                    + $"over HTTPS {KohakuAuthDefaults.SecureCookieName} likewise; the names without the id are read as well. "
                    + "Changes need a same-origin request.",
            },
            [OperationDescriber.Master] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = KohakuAuthDefaults.MasterHeader,
                Description =
                    $"The master secret: an admin without an account. {KohakuAuthDefaults.MasterHeaderAlias} is the same; a request "
                    + "carries one of the two.",
            },
        };
    }

    // In the order in which the resources are mapped.
    private static HashSet<OpenApiTag> Tags(OpenApiDocumentTransformerContext context) => context.DescriptionGroups
        .SelectMany(g => g.Items)
        .SelectMany(i => i.ActionDescriptor.EndpointMetadata.OfType<ApiTag>())
        .Distinct()
        .Select(t => new OpenApiTag { Name = t.Name, Description = t.Description })
        .ToHashSet();
}

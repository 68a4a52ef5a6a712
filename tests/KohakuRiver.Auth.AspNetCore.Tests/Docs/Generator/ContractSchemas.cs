using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore.Tests.Docs;

/// <summary>
/// Describes values as the contracts read and write them. The document is written with the host's JSON options, which know nothing of
/// the library's own: they would have roles as numbers and numbers as strings.
/// </summary>
internal static class ContractSchemas
{
    private static readonly string[] RegistrationModes = ["closed", "viewer"];

    internal static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Description = TypeSummaries.Of(type) ?? schema.Description;
            foreach (var field in context.JsonTypeInfo.Properties.Where(AdminFields.IsForAdmins))
            {
                schema.Required?.Remove(field.Name);
            }
        }

        if (type != context.JsonTypeInfo.Type && type.IsEnum)
        {
            // The generator keeps the texts of properties of an enum for a reference, and writes out those that may be null.
            schema.Description = DescriptionOf(context.JsonPropertyInfo);
        }

        if (context.JsonPropertyInfo?.CustomConverter is IdListConverter)
        {
            Set(schema, JsonSchemaType.Array);
            schema.Items = Id();
        }
        else if (type == typeof(Role))
        {
            Names(schema, RoleNames.All);
        }
        else if (type == typeof(RegistrationMode))
        {
            Names(schema, RegistrationModes);
        }
        else if (context.ParameterDescription?.Type == typeof(RowId))
        {
            Whole(schema, isId: true);
            schema.Properties = null;
            schema.Description = null;
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            Whole(schema, context.JsonPropertyInfo?.CustomConverter is IdConverter);
        }
        else if (type == typeof(double))
        {
            Set(schema, JsonSchemaType.Number);
        }
        else if (type == typeof(IReadOnlyDictionary<string, string?>))
        {
            // The generator does not see that the values may be null.
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        }

        return Task.CompletedTask;
    }

    /// <summary>A request's schema: these fields must be there, the others may be left out or null.</summary>
    internal static void DescribeRequest(OpenApiSchema schema, Type contract, IReadOnlyList<string> needed)
    {
        var fields = ContractsJson.Strict.GetTypeInfo(contract).Properties;
        schema.Required = needed.Count == 0 ? null : new HashSet<string>(needed, StringComparer.Ordinal);
        foreach (var (name, field) in schema.Properties!)
        {
            if (field is OpenApiSchema { Type: { } type } whole)
            {
                whole.Type = needed.Contains(name, StringComparer.Ordinal) ? type & ~JsonSchemaType.Null : type | JsonSchemaType.Null;
                if (fields.Single(f => f.Name == name).CustomConverter is not UserRoleConverter)
                {
                    RemoveAnony(whole);
                }

                if (whole.Enum is { } names && whole.Type.Value.HasFlag(JsonSchemaType.Null))
                {
                    names.Add(JsonNullSentinel.JsonNull);
                }
            }
        }
    }

    // Only users can have this role.
    private static void RemoveAnony(OpenApiSchema schema)
    {
        var roles = schema.Items is OpenApiSchema items ? items : schema;
        roles.Enum = roles.Enum?.Where(name => name?.ToString() != Role.Anony.ToName()).ToList();
        if (roles != schema && roles.Enum is not null)
        {
            roles.Description = null;
        }
    }

    /// <summary>The XML comment of the roles is for programmers.</summary>
    internal static void DescribeRoles(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.TryGetValue(nameof(Role), out var role) == true)
        {
            role.Description = "The roles in ascending order: each has every permission of the lower ones.";
        }
    }

    /// <summary>An id of a row.</summary>
    internal static OpenApiSchema Id() => Whole(new OpenApiSchema(), isId: true);

    internal static OpenApiSchema Text(int longest) => new() { Type = JsonSchemaType.String, MaxLength = longest };

    private static string? DescriptionOf(JsonPropertyInfo? property) =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute text]
            ? text.Description
            : null;

    private static void Names(OpenApiSchema schema, IEnumerable<string> names)
    {
        Set(schema, JsonSchemaType.String);
        schema.Enum = [.. names];
    }

    private static OpenApiSchema Whole(OpenApiSchema schema, bool isId)
    {
        Set(schema, JsonSchemaType.Integer);
        schema.Format = "int64";
        if (isId)
        {
            schema.Minimum = "1";
            schema.Maximum = FieldRules.LargestInteger.ToString(CultureInfo.InvariantCulture);
        }

        return schema;
    }

    // Whether null is allowed stays as it is.
    private static void Set(OpenApiSchema schema, JsonSchemaType type)
    {
        schema.Type = type | ((schema.Type ?? default) & JsonSchemaType.Null);
        schema.Pattern = null;
        schema.Format = null;
    }
}

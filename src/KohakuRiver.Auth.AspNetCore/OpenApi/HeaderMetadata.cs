using Microsoft.OpenApi;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A header of an answer, for the OpenAPI document. As endpoint metadata: of a success.</summary>
internal sealed record HeaderMetadata(string Name, string Description, JsonSchemaType Type = JsonSchemaType.String);

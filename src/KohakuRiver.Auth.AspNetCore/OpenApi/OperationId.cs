namespace KohakuRiver.Auth.AspNetCore.OpenApi;

/// <summary>Endpoint metadata: the operation's id in the OpenAPI document.</summary>
internal sealed record OperationId(string Value);

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the operation's id in the OpenAPI document.</summary>
internal sealed record OperationId(string Value);

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the optional query parameters it reads itself, for the OpenAPI document.</summary>
internal sealed record QueryParameters(IReadOnlyList<string> Names);

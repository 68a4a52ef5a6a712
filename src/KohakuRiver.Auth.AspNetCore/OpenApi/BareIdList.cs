namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: a bare list of ids is as good a body as the contract, for the OpenAPI document.</summary>
internal sealed record BareIdList(string Description);

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: another form in which a success may come, as text to keep in a file, for the OpenAPI document.</summary>
internal sealed record SuccessFile(string ContentType, string Description, string Example);

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the body of a request, for the OpenAPI document. Fields that are null are left out.</summary>
internal sealed record RequestExample(object Body);

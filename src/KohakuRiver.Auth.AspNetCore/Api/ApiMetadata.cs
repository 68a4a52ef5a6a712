namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: one of the library's own calls.</summary>
internal sealed class ApiMetadata
{
    internal static ApiMetadata Instance { get; } = new();
}

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The marker the endpoint conventions add.</summary>
internal sealed class KohakuPolicyMetadata : IKohakuPolicyMetadata
{
    internal static KohakuPolicyMetadata Instance { get; } = new();
}

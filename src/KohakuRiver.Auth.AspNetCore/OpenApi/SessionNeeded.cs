namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: the call is for users who logged in with a password. The service decides; this only describes it.</summary>
internal sealed class SessionNeeded
{
    internal static SessionNeeded Instance { get; } = new();
}

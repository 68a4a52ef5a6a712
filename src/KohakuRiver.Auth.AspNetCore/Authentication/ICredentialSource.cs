using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;

namespace KohakuRiver.Auth.AspNetCore.Authentication;

/// <summary>What the HTTP layer needs from the services to know a caller, refuse one and note it.</summary>
internal interface ICredentialSource
{
    /// <summary>Null for a bad credential.</summary>
    Task<Actor?> FindSessionActorAsync(string cookieValue, string? address, CancellationToken ct);

    /// <summary>Null for a bad credential.</summary>
    Task<Actor?> FindTokenActorAsync(string bearer, string? address, CancellationToken ct);

    /// <summary>Wrong: unauthenticated. Too many wrong ones: throttled.</summary>
    Task<Outcome<Actor>> CheckMasterSecretAsync(string sent, string? address, CancellationToken ct);

    /// <summary>Notes a refusal in the audit log.</summary>
    Task RecordRefusalAsync(Actor actor, string action, string? targetType, string? target, string detail, CancellationToken ct);

    /// <summary>Whether the actor may use the VPS.</summary>
    Task<Decision> CanUseVpsAsync(Actor actor, string vpsId, CancellationToken ct);
}

using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From identities to the contracts.</summary>
internal static class IdentityMapping
{
    internal static async Task<IdentityResponse> ToResponseAsync(
        this ExternalIdentity identity, ExternalPrincipals principals, HttpContext http) => new(
        identity.Id, identity.Provider, await principals.TitleOfAsync(http, identity.Provider), identity.Key.Issuer, identity.Key.Subject,
        identity.LoginName, identity.LinkedAt, identity.SeenAt);
}

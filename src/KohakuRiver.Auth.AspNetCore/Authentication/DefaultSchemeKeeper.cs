using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Keeps the host's default scheme what it is without the library. ASP.NET Core takes a host's only scheme as its default;
/// a second scheme, ours, would silently end that. Where ours is the only one it becomes the default too, except for authentication:
/// the actor exists by then, and the handler would create a second one.
/// </summary>
internal sealed class DefaultSchemeKeeper(IOptions<KohakuAuthHttpOptions> http) : IPostConfigureOptions<AuthenticationOptions>
{
    /// <summary>The name of no scheme: the default of hosts whose only scheme is ours.</summary>
    private const string None = "";

    /// <summary>Whether nothing authenticates requests unasked, so that the actor is the request's user.</summary>
    internal static bool IsOursAlone(AuthenticationOptions options) => options.DefaultAuthenticateScheme == None;

    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        if (http.Value.UseAsDefaultScheme)
        {
            // ASP.NET Core Identity sets one for each purpose, which would win. Signing in and out is no matter of ours.
            options.DefaultSignInScheme ??= options.DefaultScheme;
            options.DefaultScheme = options.DefaultAuthenticateScheme = options.DefaultChallengeScheme = options.DefaultForbidScheme =
                KohakuAuthDefaults.Scheme;
            return;
        }

        var others = options.Schemes.Where(s => s.Name != KohakuAuthDefaults.Scheme).Take(2).ToList();
        if (options.DefaultScheme is null && others.Count == 1)
        {
            options.DefaultScheme = others[0].Name;
        }
        else if (others.Count == 0)
        {
            options.DefaultAuthenticateScheme ??= None;
        }
    }
}

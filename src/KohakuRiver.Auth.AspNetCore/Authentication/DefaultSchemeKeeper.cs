using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Keeps the host's default scheme what it is without the library. ASP.NET Core takes a host's only scheme as its default;
/// a second scheme, ours, would silently end that.
/// </summary>
internal sealed class DefaultSchemeKeeper(IOptions<KohakuAuthHttpOptions> http) : IPostConfigureOptions<AuthenticationOptions>
{
    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        if (http.Value.UseAsDefaultScheme)
        {
            options.DefaultScheme = KohakuAuthDefaults.Scheme;
            return;
        }

        var others = options.Schemes.Where(s => s.Name != KohakuAuthDefaults.Scheme).Take(2).ToList();
        if (options.DefaultScheme is null && others.Count == 1)
        {
            options.DefaultScheme = others[0].Name;
        }
    }
}

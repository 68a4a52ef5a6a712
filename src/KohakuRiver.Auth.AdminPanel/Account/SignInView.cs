using KohakuRiver.Auth.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A sign-in that this browser has in the host and that leads to no account yet.</summary>
/// <param name="Provider">Which sign-in it is.</param>
/// <param name="Title">What people know it as.</param>
/// <param name="Name">Who it is there.</param>
internal sealed record SignInView(string Provider, string Title, string Name)
{
    /// <summary>Those of this request; of an account that has one of the kind, none of that kind.</summary>
    internal static async Task<IReadOnlyList<SignInView>> ListUnlinkedAsync(
        PanelContext panel, IEnumerable<(ExternalIdentity Identity, string Title)> linked)
    {
        var services = panel.Http.RequestServices;
        var principals = services.GetRequiredService<ExternalPrincipals>();
        var credentials = services.GetRequiredService<ICredentialService>();
        var views = new List<SignInView>();
        foreach (var signIn in await principals.SignInsOfAsync(panel.Http))
        {
            var (provider, key) = (signIn.Scheme.Provider, signIn.Person.Key);
            if (linked.Any(i => i.Identity.Provider == provider)
                || await credentials.FindIdentityActorAsync(key, panel.Actor.Address, cancellationToken: panel.Ct) is not null)
            {
                continue;
            }

            var name = signIn.Person.LoginName is { Length: > 0 } login ? login : key.Subject;
            views.Add(new SignInView(provider, await principals.TitleOfAsync(panel.Http, provider), name));
        }

        return views;
    }
}

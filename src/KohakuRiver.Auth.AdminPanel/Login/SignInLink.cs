using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Where people sign in to the host, from the panel's login page.</summary>
/// <param name="Title">What they know it as.</param>
/// <param name="Url">The page, which leads back.</param>
internal sealed record SignInLink(string Title, string Url)
{
    /// <summary>Those the host names, without the kinds this browser is signed in to already.</summary>
    internal static async Task<IReadOnlyList<SignInLink>> ListAsync(PanelContext panel, string back, IEnumerable<SignInView> signedIn)
    {
        var principals = panel.Http.RequestServices.GetRequiredService<ExternalPrincipals>();
        var links = new List<SignInLink>();
        foreach (var scheme in principals.All.Where(s => signedIn.All(i => i.Provider != s.Provider)))
        {
            if (scheme.Options.LoginPath is { } path)
            {
                var url = QueryHelpers.AddQueryString(
                    RequestView.Of(panel.Http).PathBase + path, scheme.Options.ReturnParameter, back);
                links.Add(new SignInLink(await principals.TitleOfAsync(panel.Http, scheme.Provider), url));
            }
        }

        return links;
    }
}

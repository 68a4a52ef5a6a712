using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A sign-in that this browser has in the host and that does not lead to the account at hand.</summary>
/// <param name="Provider">Which sign-in it is.</param>
/// <param name="Title">What people know it as.</param>
/// <param name="Name">Who it is there.</param>
/// <param name="IsTaken">Whether it leads to another account.</param>
/// <param name="Mark">Stands for that person; see <see cref="MarkOf"/>.</param>
internal sealed record SignInView(string Provider, string Title, string Name, bool IsTaken, string Mark)
{
    /// <summary>
    /// Stands for a person in a form, so that whoever was shown is who is linked: in the meantime a page of another site may have signed
    /// the browser in to the host as somebody else, to whom the account would then be open.
    /// </summary>
    internal static string MarkOf(ExternalPerson person) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person.Key.ToString())));

    /// <summary>Those of this request, without what leads to the account already.</summary>
    internal static async Task<IReadOnlyList<SignInView>> ListAsync(
        PanelContext panel, IEnumerable<(ExternalIdentity Identity, string Title)> linked)
    {
        var services = panel.Http.RequestServices;
        var principals = services.GetRequiredService<ExternalPrincipals>();
        var credentials = services.GetRequiredService<ICredentialService>();
        var views = new List<SignInView>();
        foreach (var signIn in await principals.SignInsOfAsync(panel.Http))
        {
            var (provider, key) = (signIn.Scheme.Provider, signIn.Person.Key);
            if (linked.Any(i => i.Identity.Key == key))
            {
                continue;
            }

            var name = signIn.Person.LoginName is { Length: > 0 } login ? login : key.Subject;
            var isTaken = linked.Any(i => i.Identity.Provider == provider)
                || await credentials.FindIdentityActorAsync(key, panel.Actor.Address, cancellationToken: panel.Ct) is not null;
            views.Add(new SignInView(
                provider, await principals.TitleOfAsync(panel.Http, provider), name, isTaken, MarkOf(signIn.Person)));
        }

        return views;
    }
}

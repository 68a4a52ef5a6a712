using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// What happens to the sessions whose cookies a request carries, when it logs in or out. All of them count: one may be planted.
/// </summary>
internal static class SentSessions
{
    /// <summary>
    /// Gives the client its new session and ends the others it sent; the login itself has ended the one under our own name.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// The database is unavailable. The new session exists then, and nobody has its cookie.
    /// </exception>
    internal static async Task ReplaceAsync(HttpContext context, LoginResult login)
    {
        var ended = await EndAsync(context);
        SessionCookie.Write(context, login.Secret.Reveal(), login.Session.ExpiresAt, ended);
    }

    /// <summary>Ends every session that was sent and clears the cookies, with what the browser has cached of our answers.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal static async Task LogOutAsync(HttpContext context)
    {
        SessionCookie.Clear(context, await EndAsync(context));

        // Never "cookies" or "storage": those are the host's too.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
    }

    private static async Task<IReadOnlyCollection<string>> EndAsync(HttpContext context)
    {
        var sent = SessionCookie.Read(context);
        if (sent.Count == 0)
        {
            return [];
        }

        var credentials = context.RequestServices.GetRequiredService<ICredentialService>();
        var logins = context.RequestServices.GetRequiredService<ILoginService>();
        var address = RequestView.Of(context).Address;
        var ended = new List<string>();
        foreach (var secret in sent)
        {
            if (await credentials.FindSessionActorAsync(secret ?? "", address, context.RequestAborted) is { Kind: ActorKind.Session } actor)
            {
                await logins.LogOutAsync(actor, context.RequestAborted);
                ended.Add(secret!);
            }
        }

        return ended;
    }
}

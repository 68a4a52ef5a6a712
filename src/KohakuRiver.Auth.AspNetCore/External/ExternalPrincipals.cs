using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Meets the users of the host's other schemes: finds the account that is linked, or creates one where the host wants that.
/// </summary>
internal sealed class ExternalPrincipals(
    IEnumerable<ExternalScheme> schemes, ICredentialService credentials, IIdentityService identities)
{
    private readonly IReadOnlyList<ExternalScheme> schemes = [.. schemes];

    /// <summary>The schemes in the order in which they are asked.</summary>
    internal IReadOnlyList<ExternalScheme> All => schemes;

    /// <summary>The actor behind the first scheme that leads to an account; null when none does.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async ValueTask<(Actor Actor, string Secret)?> FindActorAsync(HttpContext context, string? address)
    {
        // A scheme of the host's may itself ask ours, which asks here: then nobody is found yet.
        if (schemes.Count == 0 || context.Features.Get<Asking>() is not null)
        {
            return null;
        }

        context.Features.Set(Asking.Now);
        try
        {
            foreach (var scheme in schemes)
            {
                if (await SignInOfAsync(context, scheme) is { } signIn && await FindActorAsync(context, signIn, address) is { } actor)
                {
                    return (actor, signIn.Person.Key.ToString());
                }
            }

            return null;
        }
        finally
        {
            context.Features.Set<Asking>(null);
        }
    }

    /// <summary>Everybody the request is by the host's schemes, linked or not.</summary>
    internal async Task<IReadOnlyList<ExternalSignIn>> SignInsOfAsync(HttpContext context)
    {
        var found = new List<ExternalSignIn>();
        foreach (var scheme in schemes)
        {
            if (await SignInOfAsync(context, scheme) is { } signIn)
            {
                found.Add(signIn);
            }
        }

        return found;
    }

    /// <summary>What people know a provider as; its key where the host no longer has it.</summary>
    internal async Task<string> TitleOfAsync(HttpContext context, string provider)
    {
        if (schemes.FirstOrDefault(s => s.Provider == provider) is not { } scheme)
        {
            return provider;
        }

        var registered = context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>();
        return scheme.Options.Title ?? (await registered.GetSchemeAsync(scheme.Name))?.DisplayName ?? scheme.Name;
    }

    /// <summary>Signs the browser out of the schemes that brought it here, where they have such an end.</summary>
    internal async Task SignOutAsync(HttpContext context)
    {
        var handlers = context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        foreach (var signIn in await SignInsOfAsync(context))
        {
            if (signIn.Scheme.Options.SignOutOfPanelEndsIt
                && await handlers.GetHandlerAsync(context, signIn.Scheme.Name) is IAuthenticationSignOutHandler)
            {
                await context.SignOutAsync(signIn.Scheme.Name);
            }
        }
    }

    private static async Task<ExternalSignIn?> SignInOfAsync(HttpContext context, ExternalScheme scheme)
    {
        var result = await context.AuthenticateAsync(scheme.Name);
        return scheme.PersonOf(result) is { } person ? new ExternalSignIn(scheme, person, result.Properties?.ExpiresUtc) : null;
    }

    private async Task<Actor?> FindActorAsync(HttpContext context, ExternalSignIn signIn, string? address)
    {
        var key = signIn.Person.Key;
        if (await credentials.FindIdentityActorAsync(key, address, signIn.ExpiresAt, context.RequestAborted) is { } known)
        {
            return known;
        }

        // Refused before there is an admin, and for whoever has no id; a disabled account is still theirs and no other is made.
        return signIn.Scheme.Options.CreateAs is { } role
            && (await identities.SignUpAsync(signIn.Person, role, address, context.RequestAborted)).IsSuccess
            ? await credentials.FindIdentityActorAsync(key, address, signIn.ExpiresAt, context.RequestAborted)
            : null;
    }

    /// <summary>Marks a request whose schemes are being asked.</summary>
    private sealed class Asking
    {
        internal static readonly Asking Now = new();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Where somebody is led who opens a page of the host's own in a browser and has to log in, or to change the password, first. Everybody
/// else is told so by a problem document: programs and scripts, changes, whatever is under the API's prefix, and pages for which other
/// schemes have their own answer.
/// </summary>
internal sealed class LoginRedirect(LinkedPages pages, ApiPrefixes prefixes)
{
    private const string Html = "text/html";
    private const string Xhtml = "application/xhtml+xml";

    /// <summary>Whether it is the password that has to be changed first, so that there is a page for whoever is refused.</summary>
    internal static bool LeadsToPasswordChange(Refusal refusal) => ReferenceEquals(refusal, Refusals.PasswordChangeRequired);

    /// <summary>Leads to the page to log in or to change the password, which leads back; or leaves the answer to the other schemes that the
    /// page asks.</summary>
    /// <returns>False where this is not to be, or there is no such page: nothing was written then.</returns>
    internal async ValueTask<bool> TryAsync(HttpContext context, Refusal refusal)
    {
        var isChange = LeadsToPasswordChange(refusal);
        if ((refusal.Kind != RefusalKind.Unauthenticated && !isChange)
            || context.Response.HasStarted
            || !IsNavigation(context)
            || IsOwnMatter(context))
        {
            return false;
        }

        if (!await IsOursAloneAsync(context))
        {
            if (isChange)
            {
                return false;
            }

            // They are asked as well, before or after: a document written here would be in the way of their redirect.
            if (context.Response.StatusCode == StatusCodes.Status200OK)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }

            return true;
        }

        // The login page itself, should the host have closed it, would lead to itself for ever.
        if ((isChange ? pages.ChangePassword : pages.Login) is not { } page
            || context.Request.Path.Equals(new PathString(page.Split('?')[0]), StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var request = context.Request;
        var pathBase = RequestView.Of(context).PathBase;
        var wanted = pathBase + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        var target = pathBase + page;
        ResponseGuards.Apply(context.Response);
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = LocalUrls.IsLocal(wanted)
            ? QueryHelpers.AddQueryString(target, isChange ? LinkedPages.PanelReturn : pages.LoginReturn, wanted)
            : target;
        return true;
    }

    /// <summary>Whether other schemes answer for this endpoint too.</summary>
    internal async ValueTask<bool> IsSharedAsync(HttpContext context) => !IsOwnMatter(context) && !await IsOursAloneAsync(context);

    /// <summary>
    /// Writes what is to be said where other schemes have answered too: a browser follows where one of them leads, and a program is told
    /// what is wrong.
    /// </summary>
    internal static async Task FinishAsync(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        var isLed = response.StatusCode is >= 300 and < 400;
        if (response.HasStarted || (isLed && IsNavigation(context)))
        {
            return;
        }

        response.Headers.Remove(HeaderNames.Location);
        await RefusalWriter.WriteAsync(context, refusal);
    }

    // Browsers on plain HTTP do not send Sec-Fetch-Mode; where they do, a script's request is none.
    private static bool IsNavigation(HttpContext context)
    {
        var request = context.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers["Sec-Fetch-Mode"] is { Count: 0 } or ["navigate"]
            && SentCredentials.Of(context) is { Master: null, Bearer: null }
            && PrefersPage(request);
    }

    private static bool PrefersPage(HttpRequest request)
    {
        double page = 0, data = 0;
        foreach (var accepted in request.GetTypedHeaders().Accept)
        {
            var quality = accepted.Quality ?? 1;
            if (accepted.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase)
                || accepted.MediaType.Equals(Xhtml, StringComparison.OrdinalIgnoreCase))
            {
                page = Math.Max(page, quality);
            }
            else if (accepted.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase)
                || accepted.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            {
                data = Math.Max(data, quality);
            }
        }

        return page > data;
    }

    private bool IsOwnMatter(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiMetadata>() is not null
        || context.GetEndpoint()?.Metadata.GetMetadata<IRefusalPage>() is not null
        || prefixes.Covers(context.Request.Path);

    /// <summary>Whether no other scheme is asked about this endpoint; one that names none leads here as the host's default.</summary>
    private static async ValueTask<bool> IsOursAloneAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is not { } metadata)
        {
            return true;
        }

        var policy = await AuthorizationPolicy.CombineAsync(
            context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>(),
            metadata.GetOrderedMetadata<IAuthorizeData>(),
            metadata.GetOrderedMetadata<AuthorizationPolicy>());
        return policy is null || policy.AuthenticationSchemes.All(s => s == KohakuAuthDefaults.Scheme);
    }
}

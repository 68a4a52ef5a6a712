using KohakuRiver.Auth.AspNetCore.Authentication;
using KohakuRiver.Auth.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The request pipeline.</summary>
public static class KohakuAuthApplicationExtensions
{
    private const string UsedKey = "KohakuRiver.Auth.Used";

    // The keys by which ASP.NET Core itself notes what is in the pipeline.
    private const string AuthenticationSetKey = "__AuthenticationMiddlewareSet";
    private const string AuthorizationSetKey = "__AuthorizationMiddlewareSet";

    /// <summary>
    /// Adds request hygiene, authentication, the <c>Actor</c> and authorization. Authentication and authorization
    /// are not added where the host has them already; calling this twice is harmless.
    /// </summary>
    /// <remarks>
    /// Where the host calls <c>UseRouting()</c> or <c>UseForwardedHeaders()</c> itself, they come before. Middleware that takes the
    /// actor comes after.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddKohakuAuth(…).AddAspNetCore()</c> was not called.</exception>
    public static IApplicationBuilder UseKohakuAuth(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<CredentialReader>() is null)
        {
            throw new InvalidOperationException("UseKohakuAuth() needs the services: call builder.Services.AddKohakuAuth(…).AddAspNetCore() first.");
        }

        if (!app.Properties.TryAdd(UsedKey, true))
        {
            return app;
        }

        app.UseMiddleware<RequestHygieneMiddleware>();
        if (!app.Properties.ContainsKey(AuthenticationSetKey))
        {
            app.UseAuthentication();
        }

        app.UseMiddleware<ActorMiddleware>();
        if (!app.Properties.ContainsKey(AuthorizationSetKey))
        {
            app.UseAuthorization();
        }

        return app;
    }
}

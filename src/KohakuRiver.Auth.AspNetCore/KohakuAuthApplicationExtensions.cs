using KohakuRiver.Auth.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The request pipeline.</summary>
public static class KohakuAuthApplicationExtensions
{
    private const string UsedKey = "KohakuRiver.Auth.Used";

    /// <summary>
    /// Adds request hygiene, authentication, the <c>Actor</c> and authorization, in this order. A host that calls
    /// <c>UseAuthentication()</c> or <c>UseAuthorization()</c> itself runs them twice and gets the same answers; calling this twice is
    /// harmless.
    /// </summary>
    /// <remarks>
    /// A web host that calls <c>AddAspNetCore()</c> and never this does not start. Where the host calls <c>UseRouting()</c> or
    /// <c>UseForwardedHeaders()</c> itself, they come before. Middleware that uses the actor comes after.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddKohakuAuth(…).AddAspNetCore()</c> was not called.</exception>
    public static IApplicationBuilder UseKohakuAuth(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<CredentialReader>() is null)
        {
            throw new InvalidOperationException(
                "UseKohakuAuth() needs the services: call builder.Services.AddKohakuAuth(…).AddAspNetCore() first.");
        }

        app.ApplicationServices.GetRequiredService<PipelineMark>().Use();
        if (!app.Properties.TryAdd(UsedKey, true))
        {
            return app;
        }

        app.UseMiddleware<RequestHygieneMiddleware>();
        var bodies = app.ApplicationServices.GetRequiredService<BodyGuard>();
        app.Use(next => context => BodyGuard.CanHaveBody(context.Request) ? bodies.RunAsync(context, next) : next(context));
        app.UseAuthentication();
        app.UseMiddleware<ActorMiddleware>();
        return app.UseAuthorization();
    }
}

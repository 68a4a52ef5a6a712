using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
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

        // Noted here and not only in the branch below, as a host that finds the notes missing adds both middlewares itself.
        var hasAuthentication = !app.Properties.TryAdd(AuthenticationSetKey, true);
        var hasAuthorization = !app.Properties.TryAdd(AuthorizationSetKey, true);
        var shortcut = app.ApplicationServices.GetRequiredService<AuthorizationShortcut>();
        var plainHttp = app.ApplicationServices.GetRequiredService<PlainHttp>();
        var bodies = app.ApplicationServices.GetRequiredService<BodyGuard>();
        return app.Use(next =>
        {
            var whole = Whole(app, next, hasAuthentication, hasAuthorization);
            return context => BodyGuard.CanHaveBody(context.Request) ? bodies.RunAsync(context, TakeAsync) : TakeAsync(context);

            Task TakeAsync(HttpContext context) =>
                plainHttp.Refuses(context) ? whole(context) : KohakuAuthApplicationExtensions.TakeAsync(context, shortcut, next, whole);
        });
    }

    private static RequestDelegate Whole(IApplicationBuilder app, RequestDelegate next, bool hasAuthentication, bool hasAuthorization)
    {
        var branch = app.New();
        if (!hasAuthentication)
        {
            branch.UseAuthentication();
        }

        branch.UseMiddleware<ActorMiddleware>();
        if (!hasAuthorization)
        {
            branch.UseAuthorization();
        }

        branch.Run(next);
        return branch.Build();
    }

    private static Task TakeAsync(HttpContext context, AuthorizationShortcut shortcut, RequestDelegate next, RequestDelegate whole)
    {
        var allowed = shortcut.TryAllowAsync(context);
        return allowed.IsCompletedSuccessfully ? (allowed.Result ? next : whole)(context) : WaitAsync(context, allowed, next, whole);
    }

    private static async Task WaitAsync(HttpContext context, ValueTask<bool> allowed, RequestDelegate next, RequestDelegate whole) =>
        await (await allowed ? next : whole)(context);
}

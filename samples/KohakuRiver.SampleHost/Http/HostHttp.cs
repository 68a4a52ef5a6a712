using System.Security.Authentication;
using KohakuRiver.Auth;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KohakuRiver.SampleHost;

/// <summary>The host's own ways with HTTP: its address, its limits, its JSON, its error answers.</summary>
internal static class HostHttp
{
    private const string DefaultUrl = "http://localhost:8000";
    private const long LargestBody = 64 * 1024;

    public static void AddHostHttp(this WebApplicationBuilder builder)
    {
        if (!IsUrlConfigured(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.AddHsts(options =>
        {
            options.MaxAge = TimeSpan.FromDays(365);
            options.IncludeSubDomains = true;
        });
        builder.Services.ConfigureHttpJsonOptions(options => HostJson.Configure(options.SerializerOptions));
        builder.Services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = static context => context.ProblemDetails.Detail ??= $"{context.ProblemDetails.Title}.");
        builder.Services.AddExceptionHandler<FaultHandler>();
    }

    public static void UseHostHttp(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var response = ((HttpContext)state).Response;
                var headers = response.Headers;
                headers.XContentTypeOptions = "nosniff";
                if (headers.CacheControl.Count == 0)
                {
                    headers.CacheControl = "no-store";
                }

                if (response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && headers.RetryAfter.Count == 0)
                {
                    headers.RetryAfter = "5";
                }

                return Task.CompletedTask;
            }, context);
            return next(context);
        });
        app.UseHsts();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseTextHygiene();
    }

    /// <summary>Calls without a body of their own take none, or JSON that nobody reads: never a form some page sends.</summary>
    public static TBuilder TakesNoForm<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter<TBuilder, NoFormFilter>();

    private static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestBody;
        options.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
    }

    private static bool IsUrlConfigured(ConfigurationManager configuration) =>
        new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }.Any(k => !string.IsNullOrEmpty(configuration[k]))
        || configuration.GetSection("Kestrel:Endpoints").Exists();

    private sealed class NoFormFilter : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var request = context.HttpContext.Request;
            return request.ContentLength is null or 0 && string.IsNullOrEmpty(request.ContentType) || request.HasJsonContentType()
                ? await next(context)
                : Answers.Refused(new Refusal(RefusalKind.Invalid, "This call takes no body but JSON."), StatusCodes.Status415UnsupportedMediaType);
        }
    }
}

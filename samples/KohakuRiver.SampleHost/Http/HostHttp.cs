using System.Globalization;
using System.Security.Authentication;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KohakuRiver.Auth;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KohakuRiver.SampleHost;

/// <summary>The host's own HTTP settings: its address, its limits, its JSON, its error responses.</summary>
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
        builder.Services.ConfigureHttpJsonOptions(options => BeStrict(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = static context =>
            context.ProblemDetails.Detail ??= context.ProblemDetails.Status == StatusCodes.Status413PayloadTooLarge
                ? "The body is larger than 64 KB."
                : $"{context.ProblemDetails.Title}.");
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

                if (response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
                    && headers.RetryAfter.Count == 0)
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

        // NUL in an address is never intended, and databases treat it differently: PostgreSQL fails.
        app.Use(static (context, next) => FieldWithNul(context.Request) is { } field
            ? Answers.Faulty(field, "NUL characters are not allowed.").ExecuteAsync(context)
            : next(context));
    }

    /// <summary>
    /// Authentication comes first: routing does not know which bodies are accepted, otherwise it would respond with 415 before that.
    /// </summary>
    public static RouteGroupBuilder AsksWhoFirst(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(static endpoint =>
        {
            foreach (var accepts in endpoint.Metadata.OfType<IAcceptsMetadata>().ToList())
            {
                endpoint.Metadata.Remove(accepts);
            }
        });
        return group;
    }

    /// <summary>Calls without a body accept none, or unread JSON: never a form sent by some page.</summary>
    public static TBuilder TakesNoForm<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter<TBuilder, NoFormFilter>();

    private static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestBody;
        options.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
    }

    // snake_case, nulls written, and strict about what it reads.
    private static void BeStrict(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
        options.Encoder = JavaScriptEncoder.Default;
        options.Converters.Add(new InstantConverter());
    }

    private static string? FieldWithNul(HttpRequest request) =>
        HoldsNul(request.Path.Value) ? "path"
        : request.Query.Keys.Any(HoldsNul) ? "query"
        : request.Query.FirstOrDefault(q => q.Value.Any(HoldsNul)).Key;

    private static bool HoldsNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static bool IsUrlConfigured(ConfigurationManager configuration) =>
        new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }.Any(
            k => !string.IsNullOrEmpty(configuration[k]))
        || configuration.GetSection("Kestrel:Endpoints").Exists();

    private sealed class NoFormFilter : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var request = context.HttpContext.Request;
            return request.ContentLength is null or 0 && string.IsNullOrEmpty(request.ContentType) || request.HasJsonContentType()
                ? await next(context)
                : Answers.Refused(StatusCodes.Status415UnsupportedMediaType, "This call takes no body but JSON.");
        }
    }

    // ISO 8601 with Z, as the user side writes it; +00:00 is the same instant but not the same text.
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }
}

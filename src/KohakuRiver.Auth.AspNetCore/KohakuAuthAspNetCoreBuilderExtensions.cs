using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>ASP.NET Core for KohakuRiver.Auth.</summary>
public static class KohakuAuthAspNetCoreBuilderExtensions
{
    /// <summary>
    /// Adds the scheme <c>Kohaku</c>, the policies and <see cref="Actor"/> as a scoped service. Nothing global changes: no JSON
    /// options, no OpenAPI documents, no default scheme unless asked for.
    /// </summary>
    /// <param name="builder">From <c>AddKohakuAuth</c>.</param>
    /// <param name="configure">Sets the options. Of several calls the later one wins.</param>
    public static KohakuAuthBuilder AddAspNetCore(this KohakuAuthBuilder builder, Action<KohakuAuthHttpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<KohakuAuthHttpOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(d => d.ServiceType == typeof(CredentialReader)))
        {
            return builder;
        }

        options.ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<KohakuAuthHttpOptions>, KohakuAuthHttpOptionsValidator>());
        services.AddSingleton<CredentialReader>();
        services.TryAddSingleton<ExternalPrincipals>();
        services.TryAddSingleton<TrustedProxies>();
        services.TryAddSingleton<PlainHttp>();
        services.TryAddSingleton<SameOriginCheck>();
        services.TryAddSingleton<CookieNaming>();
        services.TryAddSingleton<ListeningCheck>();
        services.TryAddSingleton<LinkedPages>();
        services.TryAddSingleton<PipelineMark>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, PipelineCheck>());
        services.TryAddSingleton<LoginRedirect>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, AuthOffGuard>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, LocalPortPolicy>());
        services.TryAddSingleton<SecretsOutOfHttpLogs>();
        services.AddSingleton<IOptionsMonitor<HttpLoggingOptions>>(sp => sp.GetRequiredService<SecretsOutOfHttpLogs>());

        // Before those of the host, which may log requests too.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(sp => sp.GetRequiredService<SecretsOutOfHttpLogs>()));
        services.TryAddSingleton<RefusalAudit>();
        services.TryAddSingleton<RequirementDecider>();
        services.TryAddSingleton<ActorStanding>();
        services.TryAddSingleton<BodyGuard>();
        services.TryAddSingleton<ActorWatches>();
        services.TryAddSingleton<ActorRecheck>();
        services.TryAddSingleton<IActorRecheck>(sp => sp.GetRequiredService<ActorRecheck>());
        services.TryAddSingleton<ApiPrefixes>();
        services.TryAddScoped<ActorHolder>();
        services.TryAddScoped(sp => sp.GetRequiredService<ActorHolder>().Resolve());
        services.TryAddScoped<IActorAccessor, ActorAccessor>();
        AddScheme(services);
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthorizationOptions>, KohakuPolicyOptions>());
        KohakuPolicyProvider.AddBefore(services);
        KohakuPolicyEvaluator.Replace(services);
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthorizationHandler, KohakuRequirementHandler>());

        services.AddHostedService<PolicyCheck>();
        services.AddHostedService<SetupLinkPrinter>();
        services.AddHostedService<WatchWorker>();
        return builder;
    }

    // By hand instead of AddAuthentication(), which would start a data protection key ring that is not needed here.
    private static void AddScheme(IServiceCollection services)
    {
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        services.TryAddTransient<KohakuAuthHandler>();
        services.AddOptions<AuthenticationSchemeOptions>(KohakuAuthDefaults.Scheme);
        services.Configure<AuthenticationOptions>(o => o.AddScheme<KohakuAuthHandler>(KohakuAuthDefaults.Scheme, displayName: null));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthenticationOptions>, DefaultSchemeKeeper>());
    }
}

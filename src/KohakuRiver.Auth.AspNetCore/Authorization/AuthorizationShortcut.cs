using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Lets requests pass that the framework would let pass, without its work. An endpoint that asks for nothing but the library's scheme
/// and requirements is decided from the actor alone; the framework's middleware would make a handler, a principal, a ticket and
/// a context for it, which costs several times what the endpoint of a usual call does. Whatever is not simply allowed takes the whole
/// way, so every refusal is the framework's.
/// </summary>
internal sealed class AuthorizationShortcut(
    CredentialReader reader, RequirementDecider decider, BodyGuard bodies, PermissionTable permissions, IServiceProvider services)
{
    // By this the framework's endpoint middleware sees that authorization was not forgotten.
    private const string InvokedKey = "__AuthorizationMiddlewareWithEndpointInvoked";

    private static readonly object Invoked = new();

    private readonly ConditionalWeakTable<Endpoint, StrongBox<KohakuRequirement[]?>> endpoints = [];
    private readonly Lazy<bool> isPlain = new(() => IsPlain(services));

    /// <summary>True when the request is allowed and everything is set that the framework would have set.</summary>
    internal async ValueTask<bool> TryAllowAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || await RequirementsOfAsync(endpoint) is not { } requirements)
        {
            return false;
        }

        // What the master secret reads is recorded on the whole way.
        var state = await reader.GetAsync(context);
        if (!state.Actor.IsAuthenticated || state.Actor.Kind == ActorKind.MasterSecret
            || await decider.RefuseAsync(context, state, requirements) is not null)
        {
            return false;
        }

        bodies.Watch(context, state);
        context.RequestServices.GetRequiredService<ActorHolder>().SetReady();
        context.Items[InvokedKey] = Invoked;
        context.Features.Set<IHttpAuthenticationFeature>(state);
        context.Features.Set<IAuthenticateResultFeature>(state);
        return true;
    }

    private ValueTask<KohakuRequirement[]?> RequirementsOfAsync(Endpoint endpoint) =>
        endpoints.TryGetValue(endpoint, out var known) ? new(known.Value) : FindAsync(endpoint);

    private async ValueTask<KohakuRequirement[]?> FindAsync(Endpoint endpoint)
    {
        var found = isPlain.Value ? await CombineAsync(endpoint.Metadata) : null;
        return endpoints.GetValue(endpoint, _ => new StrongBox<KohakuRequirement[]?>(found)).Value;
    }

    /// <summary>What the endpoint asks for; null where that is more than the library's own.</summary>
    private async Task<KohakuRequirement[]?> CombineAsync(EndpointMetadataCollection metadata)
    {
        if (metadata.GetMetadata<IKohakuPolicyMetadata>() is null || metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return null;
        }

        // As the framework's middleware does it.
        var provider = services.GetRequiredService<IAuthorizationPolicyProvider>();
        var policy = await AuthorizationPolicy.CombineAsync(
            provider, metadata.GetOrderedMetadata<IAuthorizeData>(), metadata.GetOrderedMetadata<AuthorizationPolicy>());
        var more = metadata.GetOrderedMetadata<IAuthorizationRequirementData>().SelectMany(d => d.GetRequirements());
        if (policy is null || policy.AuthenticationSchemes.Any(s => s != KohakuAuthDefaults.Scheme))
        {
            return null;
        }

        var all = policy.Requirements.Concat(more).ToList();
        return policy.AuthenticationSchemes.Count > 0 && all.TrueForAll(IsSimple) ? [.. all.OfType<KohakuRequirement>().Distinct()] : null;
    }

    /// <summary>What asks a store, and what is a mistake to be logged, is done once: by the framework's way.</summary>
    private bool IsSimple(IAuthorizationRequirement requirement) => requirement switch
    {
        KohakuRequirement.UsingVps or KohakuRequirement.UsingOneVps => false,
        KohakuRequirement.Holding holding => permissions.TryFind(holding.PermissionName, out _),
        _ => requirement is KohakuRequirement,
    };

    /// <summary>Whether the host has left the framework's authorization as it is; what a host puts in its place is asked.</summary>
    private static bool IsPlain(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var provider = scope.ServiceProvider;
        return provider.GetRequiredService<IAuthorizationPolicyProvider>() is KohakuPolicyProvider { Inner: var inner }
            && inner.GetType().Assembly == typeof(DefaultAuthorizationPolicyProvider).Assembly
            && Is<IAuthorizationService, DefaultAuthorizationService>()
            && Is<IAuthorizationHandlerProvider, DefaultAuthorizationHandlerProvider>()
            && Is<IAuthorizationEvaluator, DefaultAuthorizationEvaluator>()
            && Is<IPolicyEvaluator, PolicyEvaluator>()
            && Is<IClaimsTransformation, NoopClaimsTransformation>()
            && Is<IAuthenticationService, AuthenticationService>()
            && Is<IAuthorizationMiddlewareResultHandler, PolicyEvaluator>()
            && provider.GetServices<IAuthorizationHandler>().All(h => h is KohakuRequirementHandler or PassThroughAuthorizationHandler);

        // Some of the framework's own are internal types beside the public ones.
        bool Is<TService, TBeside>()
            where TService : notnull => provider.GetRequiredService<TService>().GetType().Assembly == typeof(TBeside).Assembly;
    }
}

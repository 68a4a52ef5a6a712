using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The framework's policy evaluator, except for one thing: for a policy whose only scheme is the library's the caller is known already, so
/// no handler has to find them again. Everything else, and every decision, is the framework's: the handlers, providers and result handlers
/// of a host take part as ever. A host with an evaluator of its own keeps it, which is slower and answers alike.
/// </summary>
internal sealed class KohakuPolicyEvaluator(CredentialReader reader) : IPolicyEvaluator
{
    /// <inheritdoc />
    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        policy.AuthenticationSchemes is [KohakuAuthDefaults.Scheme]
            ? AuthenticateAsync(context)
            : Framework(context).AuthenticateAsync(policy, context);

    /// <inheritdoc />
    public Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        Framework(context).AuthorizeAsync(policy, authenticationResult, context, resource);

    /// <summary>Takes the place of the framework's evaluator where that is the one registered.</summary>
    internal static void Replace(IServiceCollection services)
    {
        var registered = services.Last(d => d.ServiceType == typeof(IPolicyEvaluator) && !d.IsKeyedService);
        if (registered.ImplementationType == typeof(PolicyEvaluator))
        {
            services.Replace(ServiceDescriptor.Singleton<IPolicyEvaluator, KohakuPolicyEvaluator>());
        }
    }

    private async Task<AuthenticateResult> AuthenticateAsync(HttpContext context)
    {
        var state = await reader.GetAsync(context);
        if (!state.Actor.IsAuthenticated)
        {
            // As the framework leaves an anonymous request: with an identity of nobody, never without one.
            context.User = new(new ClaimsIdentity());
            return AuthenticateResult.NoResult();
        }

        var result = await state.AuthenticateAsync(context);
        context.User = result.Principal!;
        return result;
    }

    // Created anew, since it uses handlers that live in the request's scope.
    private static PolicyEvaluator Framework(HttpContext context) =>
        new(context.RequestServices.GetRequiredService<IAuthorizationService>());
}

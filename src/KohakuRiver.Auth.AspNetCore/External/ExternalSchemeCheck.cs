using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Checks at start that the schemes named in <c>AddExternalPrincipals</c> are there and can be met.</summary>
internal sealed class ExternalSchemeCheck(ExternalPrincipals principals, IServiceProvider services) : IHostedService
{
    /// <exception cref="InvalidOperationException">
    /// <c>AddAspNetCore()</c> was not called, or a scheme is not there, is named twice, is the library's own, keeps nobody signed in, or
    /// would make admins.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<CredentialReader>() is null)
        {
            throw new InvalidOperationException(
                "AddExternalPrincipals() was called without AddAspNetCore(), so nobody would be asked who they are: call that, too.");
        }

        var provider = services.GetRequiredService<IAuthenticationSchemeProvider>();
        var faults = new List<string>();
        foreach (var twice in principals.All.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add($"AddExternalPrincipals names the scheme '{twice.Key}' more than once.");
        }

        foreach (var scheme in principals.All)
        {
            if (scheme.Name == KohakuAuthDefaults.Scheme)
            {
                faults.Add($"'{scheme.Name}' is the library's own scheme: its users are known already.");
            }
            else if (await provider.GetSchemeAsync(scheme.Name) is { } there)
            {
                if (OnlyBringsPeopleIn(there.HandlerType))
                {
                    faults.Add(
                        $"'{scheme.Name}' only brings people in from elsewhere, and logging out of it ends nothing here: name the scheme "
                        + "that keeps them signed in, which is its SignInScheme.");
                }
            }
            else
            {
                var names = (await provider.GetAllSchemesAsync()).Select(s => s.Name)
                    .Where(name => name != KohakuAuthDefaults.Scheme)
                    .Select(name => $"'{name}'");
                faults.Add(
                    $"AddExternalPrincipals names the scheme '{scheme.Name}', which is not registered. The host has: "
                    + $"{string.Join(", ", names.DefaultIfEmpty("none"))}.");
            }

            if (scheme.Options.LoginPath is { } path && !LocalUrls.IsLocal(path))
            {
                faults.Add(
                    $"{nameof(ExternalPrincipalOptions.LoginPath)} of '{scheme.Name}' must be a path of this host, such as /sign-in: it "
                    + "begins with one slash.");
            }

            if (scheme.Options.CreateAs is { } role and not (Role.Viewer or Role.User or Role.Operator))
            {
                faults.Add(
                    $"{nameof(ExternalPrincipalOptions.CreateAs)} of '{scheme.Name}' must be viewer, user or operator, not "
                    + $"{role.ToName()}: an admin is made by another admin.");
            }
        }

        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(' ', faults.Distinct(StringComparer.Ordinal)));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // OpenID Connect, OAuth and their like sign in to another scheme, mostly a cookie, and read that one when they are asked.
    private static bool OnlyBringsPeopleIn(Type handler)
    {
        for (var type = handler; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RemoteAuthenticationHandler<>))
            {
                return true;
            }
        }

        return false;
    }
}

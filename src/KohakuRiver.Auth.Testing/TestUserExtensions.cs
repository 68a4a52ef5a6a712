using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing;

/// <summary>Users in the stores of a host or a container under test.</summary>
public static class TestUserExtensions
{
    /// <summary>
    /// Finds or creates the account, adds it to the groups and assigns the VPS instances named. Written directly to the
    /// stores, without the rules for names and passwords. For facts that an actor does not carry, such as who owns a VPS:
    /// <c>TestActors.Of(user)</c> then acts as the account.
    /// </summary>
    /// <param name="services">A container with <c>AddKohakuAuthTesting</c>.</param>
    /// <param name="role">The role; a user of the role <see cref="Role.Anony"/> has no permission.</param>
    /// <param name="username">The username, regardless of case; null = the role's name.</param>
    /// <param name="groups">Names of groups to join; missing ones are created.</param>
    /// <param name="vps">The ids of VPS instances.</param>
    /// <param name="password">The password; null = login is impossible. An existing account keeps its own.</param>
    /// <exception cref="InvalidOperationException">The account exists with another role, or the container lacks
    /// <c>AddKohakuAuthTesting</c>.</exception>
    public static Task<User> AddTestUserAsync(
        this IServiceProvider services,
        Role role,
        string? username = null,
        IReadOnlyCollection<string>? groups = null,
        IReadOnlyCollection<string>? vps = null,
        string? password = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var accounts = services.GetService<TestAccounts>()
            ?? throw new InvalidOperationException("Call services.AddKohakuAuthTesting() first.");
        return accounts.EnsureAsync(ActIdentity.Of(role, username, groups, vps), password, cancellationToken);
    }
}

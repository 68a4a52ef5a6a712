using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing;

/// <summary>People in the stores of a host or a container under test.</summary>
public static class TestUserExtensions
{
    /// <summary>
    /// Finds the account, or makes it, and puts it into the groups and gives it the VPS instances that are named. Written straight to the
    /// stores: no rule of names and passwords is in the way. For facts that an actor does not carry, such as who owns a VPS:
    /// <c>TestActors.Of(user)</c> then acts as the account.
    /// </summary>
    /// <param name="services">A container with <c>AddKohakuAuthTesting</c>.</param>
    /// <param name="role">Not <see cref="Role.Anony"/>.</param>
    /// <param name="username">Regardless of case; null = the role's name.</param>
    /// <param name="groups">By name; those that do not exist are made.</param>
    /// <param name="vps">The ids of VPS instances.</param>
    /// <param name="password">To log in with; null = nobody can. An account that was there keeps its own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">The account is there with another role, or the container lacks
    /// <c>AddKohakuAuthTesting</c>.</exception>
    /// <exception cref="ArgumentException">The role is <see cref="Role.Anony"/>.</exception>
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
        var identity = ActIdentity.Of(role, username, groups, vps) ?? throw new ArgumentException(
            "Nobody with an account has the role anony.", nameof(role));
        return accounts.EnsureAsync(identity, password, cancellationToken);
    }
}

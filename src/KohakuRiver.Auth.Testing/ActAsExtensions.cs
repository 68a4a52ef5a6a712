using System.Net.Http.Headers;

namespace KohakuRiver.Auth.Testing;

/// <summary>Requests as any role, without logging in.</summary>
/// <remarks>
/// <para>
/// The host under test creates the account and a real credential for it, the first time a client acts as it; from then on
/// the whole pipeline runs as usual: a disabled account is refused, a revoked credential is invalid, a change of role applies at
/// once.
/// </para>
/// <para>
/// It works in a host that called <c>AddKohakuAuthTesting</c> in the same process, and nowhere else. What is sent is a number
/// drawn at random in this process: other hosts ignore it, and nobody outside can guess one.
/// </para>
/// </remarks>
public static class ActAsExtensions
{
    /// <summary>From now on the client acts as a user with this role, with an API token that does not expire.</summary>
    /// <param name="client">A client of the host under test.</param>
    /// <param name="role">
    /// The role; <see cref="Role.Anony"/> alone = anonymous, as before the first call. With details of an account it is a user of that
    /// role, who has no permission.
    /// </param>
    /// <param name="username">The account, which is created if it does not exist; null = the role's name.</param>
    /// <param name="groups">Names of groups the account is added to; missing ones are created.</param>
    /// <param name="vps">The ids of VPS instances to assign to the account.</param>
    /// <returns>The same client.</returns>
    /// <remarks>
    /// The request fails with an <see cref="InvalidOperationException"/> when the host has the account with another role, or
    /// has disabled it before the first request.
    /// </remarks>
    public static HttpClient ActAs(
        this HttpClient client, Role role, string? username = null, IReadOnlyCollection<string>? groups = null,
        IReadOnlyCollection<string>? vps = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        var isNobody = role == Role.Anony && username is null && groups is null && vps is null;
        Send(client.DefaultRequestHeaders, isNobody ? null : ActIdentity.Of(role, username, groups, vps));
        return client;
    }

    /// <summary>
    /// From now on the client acts as this actor would: through a session that is subject to the host's settings, an API token, or the
    /// master secret. Name, role, kind, groups and the credential's expiry apply; the ids are the host's.
    /// </summary>
    /// <param name="client">A client of the host under test.</param>
    /// <param name="actor">The actor, for instance one of <see cref="TestActors"/>. Its groups must exist in the host.</param>
    /// <returns>The same client.</returns>
    /// <exception cref="ArgumentException">No request has such an actor: the host itself, or disabled authentication.</exception>
    public static HttpClient ActAs(this HttpClient client, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(actor);
        Send(client.DefaultRequestHeaders, ActIdentity.Of(actor));
        return client;
    }

    private static void Send(HttpRequestHeaders headers, ActIdentity? identity)
    {
        headers.Remove(ActIdentities.Header);
        if (identity is not null)
        {
            headers.Add(ActIdentities.Header, ActIdentities.Announce(identity));
        }
    }
}

using System.Net.Http.Headers;

namespace KohakuRiver.Auth.Testing;

/// <summary>Requests as any role, without logging in.</summary>
/// <remarks>
/// <para>
/// The host under test makes the account and a real credential of it, the first time somebody acts as it; from there on
/// the whole pipeline runs as for anybody else: a disabled account is refused, a revoked credential is dead, a change of role counts at
/// once.
/// </para>
/// <para>
/// It works in a host that called <c>AddKohakuAuthTesting</c> in the same process, and nowhere else. What is sent is a number
/// drawn at random in this process: no other host takes notice of it, and nobody outside can make one up.
/// </para>
/// </remarks>
public static class ActAsExtensions
{
    /// <summary>From now on the client acts as somebody with this role, by an API token, which no advance of the clock ends.</summary>
    /// <param name="client">A client of the host under test.</param>
    /// <param name="role">The role; <see cref="Role.Anony"/> = nobody, as before the first call.</param>
    /// <param name="username">The account, which is made when there is none; null = the role's name.</param>
    /// <param name="groups">Groups the account is put into, by name; those that do not exist are made.</param>
    /// <param name="vps">VPS instances the account is given.</param>
    /// <returns>The same client.</returns>
    /// <exception cref="ArgumentException">Details of an account are given for <see cref="Role.Anony"/>.</exception>
    /// <remarks>
    /// The request fails with an <see cref="InvalidOperationException"/> when the host has the account with another role, or
    /// has disabled it before the first request.
    /// </remarks>
    public static HttpClient ActAs(
        this HttpClient client, Role role, string? username = null, IReadOnlyCollection<string>? groups = null,
        IReadOnlyCollection<string>? vps = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        Send(client.DefaultRequestHeaders, ActIdentity.Of(role, username, groups, vps));
        return client;
    }

    /// <summary>
    /// From now on the client acts as this actor would: through a session that the host's own settings let live, an API token, or the
    /// master secret. Name, role, kind, groups and the credential's expiry count; the ids are the host's.
    /// </summary>
    /// <param name="client">A client of the host under test.</param>
    /// <param name="actor">For instance one of <see cref="TestActors"/>. Its groups must exist in the host.</param>
    /// <returns>The same client.</returns>
    /// <exception cref="ArgumentException">No request makes such an actor: the host itself, or switched-off authentication.</exception>
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

using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// For connections that stay open after their request was admitted (event streams, WebSockets, hubs): whether whoever opened one may
/// still keep it. A service; needs <c>UseKohakuAuth()</c>.
/// </summary>
/// <remarks>
/// A check covers the credential, the account, whatever the library's policies required of the request, including VPS access, and that
/// the role is no lower than it was then. Anonymous callers always pass. A check does not count as activity: a session may time out
/// meanwhile.
/// </remarks>
public interface IActorRecheck
{
    /// <summary>
    /// Whether the request's actor may still do what the request was admitted for, according to the database now. Cheap enough for every
    /// message: a cached look-up, validated by one small read.
    /// </summary>
    /// <param name="context">The request that opened the connection, while it is open.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    ValueTask<bool> IsCurrentAsync(HttpContext context, CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches the actor from now on: <see cref="ActorWatch.Ended"/> is cancelled within <c>Streams:RecheckInterval</c> of
    /// whatever ends their access, and after 60 s in which the database has not answered. One loop checks all watches of the process.
    /// </summary>
    /// <param name="context">The request that opens the connection, after it was admitted.</param>
    /// <returns>The watch. Dispose of it when the connection closes.</returns>
    /// <exception cref="InvalidOperationException"><c>UseKohakuAuth()</c> has not seen the request.</exception>
    ActorWatch Watch(HttpContext context);
}

using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// For connections that stay open after their request was let in (event streams, WebSockets, hubs): whether whoever opened one may still
/// have it. A service; needs <c>UseKohakuAuth()</c>.
/// </summary>
/// <remarks>
/// Asked again are the credential, the account, what the library's policies let the request in for, VPS access among it, and that the
/// role is
/// no lower than it was then. Where nobody was known there is nothing to lose. Asking is no activity: a session may end as idle meanwhile.
/// </remarks>
public interface IActorRecheck
{
    /// <summary>
    /// Whether the request's actor may still do what the request was let in for, by what the database says now. Cheap enough for every
    /// message: a kept look-up, validated by one small read.
    /// </summary>
    /// <param name="context">The request that opened the connection, while it is open.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="StoreUnavailableException">Nobody can say.</exception>
    ValueTask<bool> IsCurrentAsync(HttpContext context, CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches the actor from now on: <see cref="ActorWatch.Ended"/> is cancelled within <c>Streams:RecheckInterval</c> of what ends
    /// them, and after 60 s in which the database has not answered. One loop asks for all watches of the process.
    /// </summary>
    /// <param name="context">The request that opens the connection, after it was let in.</param>
    /// <returns>To be disposed of when the connection is closed.</returns>
    /// <exception cref="InvalidOperationException"><c>UseKohakuAuth()</c> has not seen the request.</exception>
    ActorWatch Watch(HttpContext context);
}

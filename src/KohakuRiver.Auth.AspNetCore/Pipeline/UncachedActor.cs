using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The request's actor for a host with an output cache: whoever asks for an authenticated one makes an answer that is theirs alone.
/// </summary>
internal sealed class UncachedActor(HttpContext context, Actor actor) : IKohakuActorFeature
{
    /// <inheritdoc />
    public Actor Actor
    {
        get
        {
            if (actor.IsAuthenticated)
            {
                OutputCaching.KeepOut(context);
            }

            return actor;
        }
    }
}

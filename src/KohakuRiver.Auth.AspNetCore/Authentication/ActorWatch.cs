namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An open connection whose actor is checked periodically; from <see cref="IActorRecheck.Watch"/>. Thread-safe.</summary>
public sealed class ActorWatch : IDisposable
{
    private readonly ActorWatches owner;
    private readonly CancellationTokenSource ended = new();
    private int isOver;

    internal ActorWatch(ActorWatches owner, RequestActor state, long now)
    {
        this.owner = owner;
        State = state;
        LastAnswer = now;
        Ended = ended.Token;
    }

    /// <summary>Cancelled when the actor may no longer keep the connection; never after <see cref="Dispose"/>.</summary>
    public CancellationToken Ended { get; }

    internal RequestActor State { get; }

    /// <summary>When the last check was passed; a timestamp of the clock.</summary>
    internal long LastAnswer { get; set; }

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        owner.Remove(this);
        if (Interlocked.Exchange(ref isOver, 1) == 0)
        {
            ended.Dispose();
        }
    }

    /// <summary>Cancels <see cref="Ended"/>. What reacts to that runs elsewhere, so that it does not delay other connections.</summary>
    internal Task EndAsync()
    {
        owner.Remove(this);
        return Interlocked.Exchange(ref isOver, 1) == 0 ? ended.CancelAsync() : Task.CompletedTask;
    }
}

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An open connection whose actor is asked about now and then; from <see cref="IActorRecheck.Watch"/>. Thread-safe.</summary>
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

    /// <summary>Cancelled when the actor may no longer have the connection, whoever they were; never after <see cref="Dispose"/>.</summary>
    public CancellationToken Ended { get; }

    internal RequestActor State { get; }

    /// <summary>When somebody could say last that all is well; a timestamp of the clock.</summary>
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

    /// <summary>Tells the connection. What it does on being told is done elsewhere, so that it holds up nobody else's end.</summary>
    internal Task EndAsync()
    {
        owner.Remove(this);
        return Interlocked.Exchange(ref isOver, 1) == 0 ? ended.CancelAsync() : Task.CompletedTask;
    }
}

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// A request's body whose end is handed out only to an actor who may still do what the request was admitted for. Whoever was admitted
/// before the body arrived decides how long that takes, and may have lost access by then. Bodies that take long are checked on the way too.
/// </summary>
/// <param name="inner">The body.</param>
/// <param name="length">Its length; null when it is not known beforehand.</param>
/// <param name="sender">Who sends it.</param>
/// <param name="standing">Checks the sender again.</param>
/// <param name="interval">How long a body may take between two checks.</param>
/// <param name="clock">Measures it.</param>
internal sealed class GuardedBody(
    Stream inner, long? length, RequestActor sender, ActorStanding standing, TimeSpan interval, TimeProvider clock) : Stream
{
    private long lastLook = clock.GetTimestamp();
    private long received;
    private bool hasEnded;
    private long started;
    private TimeSpan? limit;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>From now on the whole body must arrive within this time.</summary>
    internal void MustArriveWithin(TimeSpan time)
    {
        started = clock.GetTimestamp();
        limit = time;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (sender.Late is { } late)
        {
            throw new LateRefusalException(late);
        }

        var read = await ReadInTimeAsync(buffer, cancellationToken);

        // Nothing was requested: the reader only waits for data.
        if (buffer.Length > 0)
        {
            await LookAsync(read, cancellationToken);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Servers allow this only if the host has opted into blocking reads.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (limit is not { } most)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        var left = most - clock.GetElapsedTime(started);
        using var late = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Refuse(HttpRefusals.TooSlow);
        }
    }

    /// <summary>Checks at the end of the body, before its last bytes are handed out, and periodically on the way there.</summary>
    private async ValueTask LookAsync(int read, CancellationToken cancellationToken)
    {
        received += read;
        var ends = read == 0 || received >= length;
        if (hasEnded || !(ends || clock.GetElapsedTime(lastLook) >= interval))
        {
            return;
        }

        try
        {
            if (sender.IsRevocable
                && await standing.RefuseAsync(sender, cancellationToken) is { } refusal)
            {
                throw Refuse(refusal);
            }
        }
        catch (StoreUnavailableException)
        {
            throw Refuse(HttpRefusals.StoreUnavailable);
        }

        lastLook = clock.GetTimestamp();
        hasEnded = ends;
    }

    private LateRefusalException Refuse(Refusal refusal)
    {
        sender.Late = refusal;
        return new LateRefusalException(refusal);
    }
}

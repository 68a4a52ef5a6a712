namespace KohakuRiver.Auth.Tests;

public sealed class HashingQueueTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim gate = new(false);

    public void Dispose()
    {
        gate.Set();
        gate.Dispose();
    }

    [Fact]
    public async Task RunAsync_WithAFreeThread_GivesTheResult()
    {
        using var queue = HashingQueues.MakeConfigured(queueLength: 32);
        Assert.Equal(42, await queue.RunAsync(() => 42, default));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task RunAsync_WorkThatThrows_GivesItsExceptionAndFreesTheThread()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 0);
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.RunAsync<int>(() => throw new InvalidDataException(), default));
        Assert.Equal(1, await queue.RunAsync(() => 1, default));
    }

    [Fact]
    [Trait("Requirement", "B7")]
    public async Task RunAsync_OnAFullQueue_RefusesAtOnce()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 2);
        var first = await BlockAsync(queue);
        var second = queue.RunAsync(() => 2, default);
        var third = queue.RunAsync(() => 3, default);
        Assert.Equal(2, queue.Waiting);

        var refused = queue.RunAsync(() => 4, default);
        Assert.True(refused.IsFaulted);
        await Assert.ThrowsAsync<HashingQueueFullException>(() => refused);
        Assert.Equal(TimeSpan.FromSeconds(1), HashingQueueFullException.RetryAfter);

        gate.Set();
        var results = await Task.WhenAll(first, second, third).WaitAsync(Bound);
        Assert.Equal([1, 2, 3], results);
        Assert.Equal(0, queue.Waiting);
        Assert.Equal(5, await queue.RunAsync(() => 5, default));
    }

    [Fact]
    public async Task TryAdmit_WhenAllPlacesAreTaken_RefusesUntilOneIsGivenBack()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 2);
        var places = Enumerable.Range(0, 3).Select(_ => queue.TryAdmit(default)!).ToList();
        Assert.All(places, Assert.NotNull);
        Assert.Null(queue.TryAdmit(default));
        Assert.Null(queue.TryAdmit(default));

        // A place is none of the turns.
        Assert.Equal(1, await queue.RunAsync(() => 1, default));

        places[0].Dispose();
        places[0].Dispose();
        Assert.NotNull(queue.TryAdmit(default));
        Assert.Null(queue.TryAdmit(default));
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task EnterAsync_ManyOfOneAddress_AddressesTakeTurns()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 32);
        var turn = await queue.EnterAsync(default);
        var order = new List<string>();
        var all = new List<Task>();
        foreach (var address in new[] { "a", "a", "a", "a", "b", "b", "c" })
        {
            all.Add(EnterAsync(queue.TryAdmit(new HashingClient(address, null))!));
        }

        turn.Dispose();
        await Task.WhenAll(all).WaitAsync(Bound);
        Assert.Equal(["a", "b", "c", "a", "b", "a", "a"], order);
        Assert.Equal(0, queue.Waiting);

        async Task EnterAsync(HashingQueue.Place place)
        {
            using (place)
            using (await queue.EnterAsync(place, default))
            {
                order.Add(place.Client.Address!);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task EnterAsync_AddressThatHadMostTurns_ComesLast()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 100);
        for (var i = 0; i < 50; i++)
        {
            await TakeTurnAsync("busy");
        }

        // Whoever else comes, and whenever, goes before all that wait there.
        var turn = await queue.EnterAsync(default);
        var order = new List<string>();
        var all = Enumerable.Range(0, 8).Select(_ => EnterAsync("busy"))
            .Concat(Enumerable.Range(0, 20).Select(i => EnterAsync($"n{i}"))).ToList();
        turn.Dispose();
        await Task.WhenAll(all).WaitAsync(Bound);
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"n{i}"), .. Enumerable.Repeat("busy", 8)], order);

        // And what was long ago is forgotten.
        for (var i = 0; i < 500; i++)
        {
            await TakeTurnAsync("other");
        }

        turn = await queue.EnterAsync(default);
        order.Clear();
        all = [EnterAsync("other"), EnterAsync("busy")];
        turn.Dispose();
        await Task.WhenAll(all).WaitAsync(Bound);
        Assert.Equal(["busy", "other"], order);

        async Task TakeTurnAsync(string address)
        {
            using var place = queue.TryAdmit(new HashingClient(address, null))!;
            (await queue.EnterAsync(place, default)).Dispose();
        }

        async Task EnterAsync(string address)
        {
            using var place = queue.TryAdmit(new HashingClient(address, null))!;
            using (await queue.EnterAsync(place, default))
            {
                order.Add(address);
            }
        }
    }

    [Fact]
    public async Task EnterAsync_CancelledInALane_LeavesTheOthersTheirTurns()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 32);
        var turn = await queue.EnterAsync(default);
        using var cancel = new CancellationTokenSource();
        var places = new[] { "a", "b", "a" }.Select(a => queue.TryAdmit(new HashingClient(a, null))!).ToList();
        var first = queue.EnterAsync(places[0], cancel.Token);
        var second = queue.EnterAsync(places[1], cancel.Token);
        var third = queue.EnterAsync(places[2], default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, queue.Waiting);
        turn.Dispose();
        (await third.WaitAsync(Bound)).Dispose();
        Assert.Equal(1, await queue.RunAsync(() => 1, default).WaitAsync(Bound));
    }

    [Fact]
    public async Task RunAsync_WithoutPlacesToWait_RunsButNeverQueues()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 0);
        var first = await BlockAsync(queue);
        await Assert.ThrowsAsync<HashingQueueFullException>(() => queue.RunAsync(() => 2, default));
        gate.Set();
        Assert.Equal(1, await first.WaitAsync(Bound));
    }

    [Fact]
    [Trait("Requirement", "B7")]
    public async Task RunAsync_OfTheConfiguredLength_HoldsThatManyWaiting()
    {
        using var queue = HashingQueues.MakeConfigured(queueLength: 3);
        var threads = Math.Max(1, Environment.ProcessorCount - 1);
        var running = new List<Task<int>>();
        for (var i = 0; i < threads; i++)
        {
            running.Add(await BlockAsync(queue));
        }

        var waiting = Enumerable.Range(0, 3).Select(i => queue.RunAsync(() => i, default)).ToList();
        await Assert.ThrowsAsync<HashingQueueFullException>(() => queue.RunAsync(() => 0, default));
        gate.Set();
        await Task.WhenAll(running.Concat(waiting)).WaitAsync(Bound);
    }

    [Fact]
    public async Task RunAsync_ThreeWaiting_AreServedInOrderOfArrival()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 8);
        var first = await BlockAsync(queue);
        var order = new List<int>();
        var rest = Enumerable.Range(0, 8).Select(i => queue.RunAsync(
            () =>
            {
                order.Add(i);
                return i;
            },
            default)).ToList();
        gate.Set();
        await Task.WhenAll(rest.Append(first)).WaitAsync(Bound);
        Assert.Equal(Enumerable.Range(0, 8), order);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_LeavesThePlaceToOthersAndNeverRuns()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 1);
        var first = await BlockAsync(queue);
        using var cancel = new CancellationTokenSource();
        var ran = false;
        var second = queue.RunAsync(() => ran = true, cancel.Token);
        Assert.Equal(1, queue.Waiting);

        await cancel.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.Equal(0, queue.Waiting);

        var third = queue.RunAsync(() => 3, default);
        gate.Set();
        Assert.Equal(1, await first.WaitAsync(Bound));
        Assert.Equal(3, await third.WaitAsync(Bound));
        Assert.False(ran);
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_NeverRuns()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 1);
        var ran = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.RunAsync(() => ran = true, new CancellationToken(true)));
        Assert.False(ran);
        Assert.Equal(1, await queue.RunAsync(() => 1, default));
    }

    [Fact]
    public async Task RunAsync_CancelledWhileRunning_EndsWithTheResult()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 1);
        using var cancel = new CancellationTokenSource();
        var first = await BlockAsync(queue, cancel.Token);
        await cancel.CancelAsync();
        gate.Set();
        Assert.Equal(1, await first.WaitAsync(Bound));
    }

    [Fact]
    [Trait("Requirement", "B7"), Trait("Requirement", "V15.4.4")]
    public async Task RunAsync_ManyInParallel_NeverExceedTheThreadsAndAllEnd()
    {
        using var queue = HashingQueues.Make(threads: 2, length: 400);
        var now = 0;
        var most = 0;
        var results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => queue.RunAsync(
            () =>
            {
                var running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                Thread.SpinWait(500);
                Interlocked.Decrement(ref now);
                return i;
            },
            default)))).WaitAsync(Bound);
        Assert.Equal(Enumerable.Range(0, 400), results);
        Assert.InRange(most, 1, 2);
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task RunAsync_CancelledAtTheMomentItsTurnComes_NeverLosesTheThread()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 1);
        for (var round = 0; round < 1000; round++)
        {
            using var open = new ManualResetEventSlim(false);
            using var cancel = new CancellationTokenSource();
            var first = queue.RunAsync(
                () =>
                {
                    open.Wait();
                    return 1;
                },
                default);
            var second = queue.RunAsync(() => 2, cancel.Token);
            await Task.WhenAll(Task.Run(open.Set), Task.Run(cancel.Cancel)).WaitAsync(Bound);
            Assert.Equal(1, await first.WaitAsync(Bound));
            await second.WaitAsync(Bound).ContinueWith(
                t => Assert.True(t.IsCanceled || t.Result == 2), CancellationToken.None, TaskContinuationOptions.None,
                TaskScheduler.Default);

            // Waits for the thread; a lost one would leave it in the queue for ever.
            Assert.Equal(3, await queue.RunAsync(() => 3, default).WaitAsync(Bound));
            Assert.Equal(0, queue.Waiting);
        }
    }

    [Fact]
    public async Task EnterAsync_TurnGivenBack_ServesTheNextOnce()
    {
        using var queue = HashingQueues.Make(threads: 1, length: 2);
        var turn = await queue.EnterAsync(default);
        var second = queue.EnterAsync(default);
        var third = queue.EnterAsync(default);
        Assert.Equal(2, queue.Waiting);

        // Given back twice by mistake, it still is one thread.
        turn.Dispose();
        turn.Dispose();
        var secondTurn = await second.WaitAsync(Bound);
        Assert.False(third.IsCompleted);
        Assert.Equal(1, queue.Waiting);

        secondTurn.Dispose();
        (await third.WaitAsync(Bound)).Dispose();
        Assert.Equal(1, await queue.RunAsync(() => 1, default));
    }

    [Fact]
    public async Task Dispose_WithWaitingCallers_FailsThemAndLetsTheRunningEnd()
    {
        var queue = HashingQueues.Make(threads: 1, length: 2);
        var first = await BlockAsync(queue);
        var second = queue.RunAsync(() => 2, default);
        queue.Dispose();
        queue.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.WaitAsync(Bound));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.RunAsync(() => 3, default));
        gate.Set();
        Assert.Equal(1, await first.WaitAsync(Bound));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>Starts work that holds a thread until the gate opens; comes back once it runs, with the task of its end.</summary>
    private async Task<Task<int>> BlockAsync(HashingQueue queue, CancellationToken cancellationToken = default)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = queue.RunAsync(
            () =>
            {
                started.SetResult();
                gate.Wait(CancellationToken.None);
                return 1;
            },
            cancellationToken);
        await started.Task.WaitAsync(Bound, CancellationToken.None);
        return task;
    }
}

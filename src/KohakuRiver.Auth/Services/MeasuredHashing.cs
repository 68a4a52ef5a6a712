using System.Diagnostics;
using KohakuRiver.Auth.Diagnostics;
using KohakuRiver.Auth.Passwords;

namespace KohakuRiver.Auth.Services;

/// <summary>The hashing queue as the services use it: how long one waits and how long a password takes is measured.</summary>
internal sealed class MeasuredHashing(HashingQueue queue, AuthMetrics metrics, TimeProvider clock)
{
    /// <inheritdoc cref="HashingQueue.TryAdmit"/>
    internal HashingQueue.Place? TryAdmit(HashingClient client) => queue.TryAdmit(client);

    /// <summary>Waits for a turn of the place. Disposing the turn gives the thread back, not the place.</summary>
    /// <exception cref="HashingQueueFullException">As many callers wait as may wait.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the turn came.</exception>
    internal async Task<Turn> EnterAsync(HashingQueue.Place place, CancellationToken ct)
    {
        var arrived = clock.GetTimestamp();
        var turn = await queue.EnterAsync(place, ct);
        var waited = clock.GetElapsedTime(arrived);
        metrics.Waited(waited);
        return new Turn(turn, waited, metrics, clock);
    }

    /// <summary>A thread of the queue; disposing gives it back.</summary>
    internal sealed class Turn(IDisposable turn, TimeSpan waited, AuthMetrics metrics, TimeProvider clock) : IDisposable
    {
        /// <summary>Runs the work on the thread pool and measures it alone.</summary>
        internal async Task<T> RunAsync<T>(HashOperation operation, Func<T> work, CancellationToken ct)
        {
            using var activity = Activities.PasswordHash.Start();
            activity?.SetTag(Instruments.Operation.Name, Instruments.Operation[operation]).SetTag(Activities.Waited, waited.TotalSeconds);
            try
            {
                return await Task.Run(() => Measure(operation, work), ct);
            }
            catch (Exception e) when (activity.Fail(e))
            {
                throw;
            }
        }

        public void Dispose() => turn.Dispose();

        private T Measure<T>(HashOperation operation, Func<T> work)
        {
            var began = clock.GetTimestamp();
            var result = work();
            metrics.Hashed(operation, clock.GetElapsedTime(began));
            return result;
        }
    }
}

using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Tests.Shared;

/// <summary>Moving a fake clock on while something real waits for it.</summary>
internal static class FakeTimeExtensions
{
    /// <summary>
    /// Moves the clock on by steps until the work is done. What waits may set its timer late on a busy machine, so one step is not enough;
    /// a clock that runs away would end sessions and other things that are not meant, so the steps are few and their pauses grow.
    /// </summary>
    internal static async Task<T> AdvanceUntilAsync<T>(this FakeTimeProvider clock, TimeSpan step, Task<T> work)
    {
        for (var i = 1; i <= 100 && !work.IsCompleted; i++)
        {
            clock.Advance(step);
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(5 * i), TimeProvider.System));
        }

        return await work;
    }
}

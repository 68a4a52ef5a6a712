namespace KohakuRiver.Auth.Stores;

/// <summary>
/// When consecutive failures lock an account for password login, and for how long: after
/// <paramref name="Threshold"/> failures one attempt per pause, the pause doubling from <paramref name="FirstPause"/>
/// to <paramref name="LongestPause"/>.
/// </summary>
/// <param name="Threshold">Failures before the first pause, at least 1.</param>
/// <param name="FirstPause">The length of the first pause.</param>
/// <param name="LongestPause">The length of the longest pause.</param>
public sealed record LockoutPolicy(int Threshold, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>The pause that follows the given number of consecutive failures; null below the threshold.</summary>
    public TimeSpan? PauseAfter(int failures)
    {
        if (failures < Threshold)
        {
            return null;
        }

        // Beyond 40 doublings any first pause has passed any sensible longest one; the cap avoids overflow.
        var doubled = FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - Threshold, 40));
        return TimeSpan.FromSeconds(Math.Min(doubled, LongestPause.TotalSeconds));
    }
}

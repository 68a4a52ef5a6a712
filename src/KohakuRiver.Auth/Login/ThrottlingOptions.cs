namespace KohakuRiver.Auth;

/// <summary>Configuration section <c>KohakuAuth:Throttling</c>. Right and wrong attempts are counted separately.</summary>
public sealed class ThrottlingOptions
{
    /// <summary>Failed logins per minute from one address. Default 60.</summary>
    public int LoginFailuresPerMinute { get; set; } = 60;

    /// <summary>
    /// Right passwords per minute from one address (logins, password confirmations), and registrations and resets, which also hash
    /// one. Default 600.
    /// </summary>
    public int LoginsPerMinute { get; set; } = 600;

    /// <summary>Unknown codes and wrong register secrets per minute from one address. Default 30.</summary>
    public int CodeFailuresPerMinute { get; set; } = 30;

    /// <summary>Wrong master secrets per minute from one address. Default 10.</summary>
    public int MasterSecretFailuresPerMinute { get; set; } = 10;

    /// <summary>
    /// Registrations without a code per hour from one address, successful or not, where registration is open. Default 20.
    /// </summary>
    public int OpenRegistrationsPerHour { get; set; } = 20;

    /// <summary>Consecutive failures that lock an account for password login. Default 100.</summary>
    public int LockoutThreshold { get; set; } = 100;

    /// <summary>The first pause of a locked account. Default 30 s.</summary>
    public TimeSpan LockoutFirstPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause of a locked account. Default 1 h.</summary>
    public TimeSpan LockoutLongestPause { get; set; } = TimeSpan.FromHours(1);
}

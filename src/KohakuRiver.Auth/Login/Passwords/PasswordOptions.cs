namespace KohakuRiver.Auth;

/// <summary>Configuration section <c>KohakuAuth:Passwords</c>.</summary>
public sealed class PasswordOptions
{
    /// <summary>The minimum number of characters (Unicode code points after NFC). Default 15, not below 8 (NIST SP 800-63B-4).</summary>
    public int MinimumLength { get; set; } = 15;

    /// <summary>The bcrypt cost: 2^n rounds. Default 12, from 10 to 16.</summary>
    public int WorkFactor { get; set; } = 12;

    /// <summary>
    /// Further words that are not accepted as a password by themselves, in addition to the product's name and the username.
    /// </summary>
    public IList<string> ContextWords { get; } = [];

    /// <summary>How many hashes may wait for a thread before the next is refused as busy. Default 32.</summary>
    public int HashingQueueLength { get; set; } = 32;
}

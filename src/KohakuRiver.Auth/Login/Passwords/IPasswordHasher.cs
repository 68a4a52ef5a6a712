namespace KohakuRiver.Auth;

/// <summary>
/// Turns passwords into what is stored, and checks them. Every call is slow on purpose (a quarter of a second and
/// more) and synchronous: services make it inside a <see cref="HashingQueue"/>. Thread-safe.
/// </summary>
public interface IPasswordHasher
{
    /// <summary>A new salted hash. The same password gives another hash each time.</summary>
    /// <param name="password">A password that <see cref="PasswordPolicy.Check"/> let pass; it is brought to NFC here.</param>
    /// <exception cref="ArgumentException">The text cannot be a password: lone surrogates, NUL, or thousands of characters.</exception>
    string Hash(string password);

    /// <summary>
    /// Checks a password. Never throws for anything a caller may send or a database may hold: what cannot be
    /// a password, and a hash that cannot be read, are <see cref="PasswordVerdict.Wrong"/>.
    /// </summary>
    PasswordVerdict Verify(string password, string storedHash);

    /// <summary>
    /// Costs what <see cref="Verify"/> costs with a wrong password, for a login name that does not exist, so that time
    /// tells nobody which names do.
    /// </summary>
    void VerifyNothing(string password);
}

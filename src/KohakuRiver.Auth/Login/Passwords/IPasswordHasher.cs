namespace KohakuRiver.Auth;

/// <summary>
/// Hashes and verifies passwords. Every call is slow on purpose (a quarter of a second and
/// more) and synchronous: services call it inside a <see cref="HashingQueue"/>. Thread-safe.
/// </summary>
public interface IPasswordHasher
{
    /// <summary>A new salted hash. The same password has a different hash each time.</summary>
    /// <param name="password">A password that <see cref="PasswordPolicy.Check"/> accepted; it is normalized to NFC here.</param>
    /// <exception cref="ArgumentException">The text cannot be a password: lone surrogates, NUL, or thousands of characters.</exception>
    string Hash(string password);

    /// <summary>
    /// Checks a password. Never throws for anything a caller may send or a database may contain: what cannot be
    /// a password, and a hash that cannot be read, are <see cref="PasswordVerdict.Wrong"/>.
    /// </summary>
    PasswordVerdict Verify(string password, string storedHash);

    /// <summary>
    /// Takes as long as <see cref="Verify"/> with a wrong password, for a login name that does not exist, so that timing
    /// does not reveal which names exist.
    /// </summary>
    void VerifyNothing(string password);
}

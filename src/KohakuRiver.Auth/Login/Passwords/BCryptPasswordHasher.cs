using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using BCryptNet = BCrypt.Net.BCrypt;

namespace KohakuRiver.Auth;

/// <summary>
/// bcrypt over a keyed hash of the password, in passlib's format <c>$bcrypt-sha256$v=2,t=2b,r=12$salt$digest</c>. bcrypt
/// alone ignores everything after 72 bytes; the 44 characters it gets here depend on the whole password, and
/// because they are keyed with the salt, hashes stolen elsewhere cannot be used directly. Plain bcrypt hashes
/// of imported accounts also verify and are then replaced.
/// </summary>
internal sealed class BCryptPasswordHasher(IOptions<KohakuAuthOptions> options) : IPasswordHasher
{
    /// <summary>The part before the salt: <c>$2b$12$</c>.</summary>
    private const int SettingsLength = 7;

    private readonly int cost = options.Value.Passwords.WorkFactor;

    /// <summary>
    /// A hash of the configured cost that no password is known to match. Assembled, not computed: the first unknown name after a start
    /// must take no longer than the others.
    /// </summary>
    internal string DummyHash { get; } =
        new StoredHash(
            false, 'b', options.Value.Passwords.WorkFactor, "KohakuRiverAuthNobodyO", "NobodyHasThisPasswordAtAll.....").ToKeyedText();

    /// <inheritdoc />
    public string Hash(string password)
    {
        if (!PasswordText.TryNormalize(password, out var text))
        {
            throw new ArgumentException("This text cannot be a password; the policy refuses it before it is hashed.", nameof(password));
        }

        var salt = BCryptNet.GenerateSalt(cost, 'b')[SettingsLength..];
        var hash = new StoredHash(IsPlain: false, 'b', cost, salt, Digest: "");
        return (hash with { Digest = Compute(hash, ToKey(text, salt)) }).ToKeyedText();
    }

    /// <inheritdoc />
    public PasswordVerdict Verify(string password, string storedHash)
    {
        // The same for every account, so it may return early.
        if (!PasswordText.TryNormalize(password, out var text))
        {
            return PasswordVerdict.Wrong;
        }

        if (!StoredHash.TryParse(storedHash, out var hash))
        {
            VerifyNothing(password);
            return PasswordVerdict.Wrong;
        }

        if (hash.IsPlain)
        {
            return MatchesPlain(hash, password, text) ? PasswordVerdict.RightNeedsRehash : PasswordVerdict.Wrong;
        }

        if (!Matches(hash, ToKey(text, hash.Salt)))
        {
            return PasswordVerdict.Wrong;
        }

        return hash.Cost == cost && hash.Revision == 'b' ? PasswordVerdict.Right : PasswordVerdict.RightNeedsRehash;
    }

    /// <inheritdoc />
    public void VerifyNothing(string password) => Verify(password, DummyHash);

    /// <summary>Older systems hashed the text as typed, in any Unicode form; that is tried first.</summary>
    private static bool MatchesPlain(StoredHash hash, string sent, string normalized) =>
        Matches(hash, sent) || (!string.Equals(sent, normalized, StringComparison.Ordinal) && Matches(hash, normalized));

    private static bool Matches(StoredHash hash, string input) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Compute(hash, input)), Encoding.ASCII.GetBytes(hash.Digest));

    /// <summary>
    /// The 31 characters bcrypt computes from the input's UTF-8. The package's own verification is not used: it does not limit the cost,
    /// refuses old hashes with stray bits in the salt, and accepts texts that the parser refuses for a reason.
    /// </summary>
    private static string Compute(StoredHash hash, string input) => BCryptNet.HashPassword(
        input, string.Create(CultureInfo.InvariantCulture, $"$2b${hash.Cost:00}${hash.Salt}"))[^StoredHash.DigestLength..];

    private static string ToKey(string password, string salt) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(salt), Encoding.UTF8.GetBytes(password)));
}

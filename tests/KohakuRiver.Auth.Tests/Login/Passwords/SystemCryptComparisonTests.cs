using System.Security.Cryptography;
using System.Text;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Two implementations, many passwords, the same answers. Skipped, saying why, where the system has no bcrypt; with
/// <c>KOHAKU_REQUIRE_ALL=1</c> that is a failure.
/// </summary>
public sealed class SystemCryptComparisonTests
{
    private const int Rounds = 300;
    private const string Salt = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly BCryptPasswordHasher hasher = new(PasswordTestOptions.With());

    // A linear congruential sequence (Knuth's MMIX): the same passwords in every run.
    private ulong state = 20240501;

    [Fact]
    public void V11_2_1_Verify_PlainHashesOfTheSystem_Match()
    {
        var crypt = Require();
        for (var i = 0; i < Rounds; i++)
        {
            var password = NextPassword();
            var revision = "aby"[i % 3];
            var stored = crypt.Crypt(password, $"$2{revision}$04${NextSalt()}")!;
            Assert.True(hasher.Verify(password, stored) == PasswordVerdict.RightNeedsRehash, $"{stored} for {Escape(password)}");
            Assert.True(hasher.Verify("\u00a7" + password, stored) == PasswordVerdict.Wrong, $"{stored} for {Escape(password)}");
        }
    }

    [Fact]
    public void V11_2_1_Hash_OfManyPasswords_IsWhatTheSystemMakesOfTheKey()
    {
        var crypt = Require();
        for (var i = 0; i < Rounds; i++)
        {
            var password = NextPassword().Normalize();
            Assert.True(StoredHash.TryParse(hasher.Hash(password), out var hash));
            var key = Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(hash.Salt), Encoding.UTF8.GetBytes(password)));
            Assert.Equal($"$2b$04${hash.Salt}{hash.Digest}", crypt.Crypt(key, $"$2b$04${hash.Salt}"));
        }
    }

    private static SystemCrypt Require()
    {
        var crypt = SystemCrypt.TryLoad(out var reason);
        if (crypt is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1", reason);
            Assert.Skip(reason);
        }

        return crypt;
    }

    private static string Escape(string password) => string.Concat(password.Select(c => $"\\u{(int)c:x4}"));

    private string NextPassword()
    {
        var length = Next(100);
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(Next(4) switch
            {
                0 => new Rune(0xA0 + Next(0x500)),
                1 => new Rune(0x1F300 + Next(0x200)),
                _ => new Rune(0x20 + Next(0x5F)),
            });
        }

        return text.ToString();
    }

    private string NextSalt() => string.Concat(Enumerable.Range(0, 21).Select(_ => Salt[Next(64)])) + ".Oeu"[Next(4)];

    private int Next(int below)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)below);
    }
}

using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Two implementations, many passwords by chance, the same answers; a failure names the seed to repeat it with. Skipped, saying
/// why, where the system has no bcrypt; with <c>KOHAKU_REQUIRE_ALL=1</c> that is a failure.
/// </summary>
public sealed class SystemCryptComparisonTests
{
    private const int Rounds = 300;
    private const string Salt = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Gen<string> Passwords = Gen
        .Frequency((1, Gen.Int[0xA0, 0x59F]), (1, Gen.Int[0x1F300, 0x1F4FF]), (2, Gen.Int[0x20, 0x7E]))
        .Select(rune => new Rune(rune).ToString())
        .Array[0, 99].Select(string.Concat);

    private static readonly Gen<string> Salts = Gen.Select(
        Gen.Char[Salt].Array[21], Gen.Char[".Oeu"], (all, last) => new string(all) + last);

    private static readonly Gen<char> Revisions = Gen.Char["aby"];

    private readonly BCryptPasswordHasher hasher = new(PasswordTestOptions.With());

    [Fact]
    [Trait("Requirement", "V11.2.1")]
    public void Verify_PlainHashesOfTheSystem_Match()
    {
        var crypt = Require();
        Gen.Select(Passwords, Revisions, Salts).Sample(
            (password, revision, salt) =>
            {
                var stored = crypt.Crypt(password, $"$2{revision}$04${salt}")!;
                Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, stored));
                Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("\u00a7" + password, stored));
            },
            iter: Rounds, threads: 1, print: sample => $"$2{sample.Item2}$04${sample.Item3} for {Escape(sample.Item1)}");
    }

    [Fact]
    [Trait("Requirement", "V11.2.1")]
    public void Hash_OfManyPasswords_IsWhatTheSystemMakesOfTheKey()
    {
        var crypt = Require();
        Passwords.Select(password => password.Normalize()).Sample(
            password =>
            {
                Assert.True(StoredHash.TryParse(hasher.Hash(password), out var hash));
                var key = Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(hash.Salt), Encoding.UTF8.GetBytes(password)));
                Assert.Equal($"$2b$04${hash.Salt}{hash.Digest}", crypt.Crypt(key, $"$2b$04${hash.Salt}"));
            },
            iter: Rounds, threads: 1, print: Escape);
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
}

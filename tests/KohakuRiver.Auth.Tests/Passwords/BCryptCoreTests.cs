using System.Numerics;
using System.Text;
using KohakuRiver.Auth.Passwords;

namespace KohakuRiver.Auth.Tests.Passwords;

public sealed class BCryptCoreTests
{
    private const int Compared = 300;

    // A linear congruential sequence (Knuth's MMIX): the same passwords in every run.
    private ulong state = 20240601;

    [Fact]
    public void Pi_ComputedAnew_IsWhatTheTablesHold()
    {
        var bits = 32 * (BlowfishTables.SubkeyCount + BlowfishTables.BoxCount);
        const int Spare = 64;

        // Machin's formula.
        var one = BigInteger.One << (bits + Spare);
        var pi = 4 * ((4 * ArcTangentOfOneOver(5, one)) - ArcTangentOfOneOver(239, one));
        var digits = (pi - (3 * one)) >> Spare;
        var bytes = digits.ToByteArray(isUnsigned: true, isBigEndian: true);
        Assert.Equal(bits / 8, bytes.Length);
        Assert.Equal(
            bytes.Chunk(4).Select(b => ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3]),
            BlowfishTables.Pi.ToArray());
    }

    [Fact]
    public void Compute_ManyPasswords_IsWhatAnotherImplementationComputes()
    {
        Span<byte> digest = stackalloc byte[BCryptCore.DigestLength];
        for (var i = 0; i < Compared; i++)
        {
            // Every length around the cut at 72 bytes, and longer ones.
            var password = string.Concat(Enumerable.Range(0, i % 100).Select(_ => (char)(1 + Next(0x5FF))));
            var salt = NextBytes(BCryptCore.SaltLength);
            var cost = 4 + (i % 3);
            BCryptCore.Compute(Encoding.UTF8.GetBytes(password), salt, cost, digest);
            var settings = $"$2b$0{cost}${BCryptBase64.Encode(salt)}";
            Assert.Equal(BCrypt.Net.BCrypt.HashPassword(password, settings), settings + BCryptBase64.Encode(digest));
        }
    }

    [Theory]
    [InlineData(15, 23, 4)]
    [InlineData(17, 23, 4)]
    [InlineData(16, 22, 4)]
    [InlineData(16, 24, 4)]
    [InlineData(16, 23, 3)]
    [InlineData(16, 23, 32)]
    public void Compute_WrongLengthOrCost_IsRefused(int salt, int digest, int cost) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BCryptCore.Compute("abc"u8, new byte[salt], cost, new byte[digest]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(23)]
    public void Base64_ThereAndBack_IsTheSame(int length)
    {
        for (var i = 0; i < 20; i++)
        {
            var bytes = NextBytes(length);
            var back = new byte[length];
            BCryptBase64.Decode(BCryptBase64.Encode(bytes), back);
            Assert.Equal(bytes, back);
        }
    }

    [Theory]
    [InlineData("CCCCCCCCCCCCCCCCCCCC")]
    [InlineData("CCCCCCCCCCCCCCCCCCCCC+")]
    [InlineData("")]
    public void Base64_TextThatIsNone_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => BCryptBase64.Decode(text, new byte[BCryptCore.SaltLength]));

    private static BigInteger ArcTangentOfOneOver(int x, BigInteger one)
    {
        BigInteger power = one / x, sum = power;
        for (var n = 3; !power.IsZero; n += 2)
        {
            power /= x * x;
            sum += n % 4 == 3 ? -(power / n) : power / n;
        }

        return sum;
    }

    private byte[] NextBytes(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)Next(256))];

    private int Next(int below)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)below);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Tests;

public sealed partial class BCryptPasswordHasherTests
{
    private const string Password = "correct horse battery staple";

    private readonly BCryptPasswordHasher hasher = new(PasswordTestOptions.With());

    [Fact]
    public void Hash_OfAPassword_IsInPasslibsFormat()
    {
        Assert.Matches(KeyedHash(), hasher.Hash(Password));
        Assert.StartsWith("$bcrypt-sha256$v=2,t=2b,r=4$", hasher.Hash(Password), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V11.4.2")]
    public void Hash_AtTheDefaultCost_SaysTwelve()
    {
        var standard = new BCryptPasswordHasher(Microsoft.Extensions.Options.Options.Create(new KohakuAuthOptions()));
        var hash = standard.Hash(Password);
        Assert.StartsWith("$bcrypt-sha256$v=2,t=2b,r=12$", hash, StringComparison.Ordinal);
        Assert.Equal(PasswordVerdict.Right, standard.Verify(Password, hash));
    }

    [Fact]
    public void Hash_OfTheSamePasswordTwice_Differs() => Assert.NotEqual(hasher.Hash(Password), hasher.Hash(Password));

    [Theory]
    [InlineData(Password)]
    [InlineData("")]
    [InlineData(" spaces are kept ")]
    [InlineData("tá\u0411\u2113\u0259")]
    [InlineData("\U0001F600\U0001F680 emoji")]
    public void Verify_OfItsOwnHash_IsRight(string password) =>
        Assert.Equal(PasswordVerdict.Right, hasher.Verify(password, hasher.Hash(password)));

    [Theory]
    [InlineData("Correct horse battery staple")]
    [InlineData("correct horse battery staple ")]
    [InlineData(" correct horse battery staple")]
    [InlineData("correct horse battery stapl")]
    [InlineData("")]
    public void Verify_OfAnotherPassword_IsWrong(string other) =>
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(other, hasher.Hash(Password)));

    [Fact]
    [Trait("Requirement", "B2"), Trait("Requirement", "V6.2.8"), Trait("Requirement", "Known_Okta2024")]
    public void Verify_BeyondSeventyTwoBytes_TheWholePasswordCounts()
    {
        var start = new string('a', 72);
        var hash = hasher.Hash(start + "X");
        Assert.Equal(PasswordVerdict.Right, hasher.Verify(start + "X", hash));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(start + "Y", hash));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(start, hash));
    }

    [Fact]
    [Trait("Requirement", "B2")]
    public void Verify_PasswordSetDecomposed_LogsInComposedAndBack()
    {
        const string decomposed = "cafe\u0301 au lait, s'il vous plai\u0302t";
        const string composed = "caf\u00e9 au lait, s'il vous pla\u00eet";
        Assert.Equal(PasswordVerdict.Right, hasher.Verify(composed, hasher.Hash(decomposed)));
        Assert.Equal(PasswordVerdict.Right, hasher.Verify(decomposed, hasher.Hash(composed)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [Trait("Requirement", "B8"), Trait("Requirement", "V11.2.2")]
    public void Verify_HashOfAnotherCost_AsksForANewOne(int otherCost)
    {
        var other = new BCryptPasswordHasher(PasswordTestOptions.With(otherCost));
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(Password, other.Hash(Password)));
        Assert.Equal(PasswordVerdict.RightNeedsRehash, other.Verify(Password, hasher.Hash(Password)));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("something else", other.Hash(Password)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("y")]
    public void Verify_KeyedHashOfAnotherRevision_AsksForANewOne(string revision)
    {
        var older = hasher.Hash(Password).Replace("t=2b", "t=2" + revision, StringComparison.Ordinal);
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(Password, older));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(Password + "!", older));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('b')]
    [InlineData('y')]
    [Trait("Requirement", "B8"), Trait("Requirement", "V11.2.2")]
    public void Verify_PlainHash_AsksForANewOne(char revision)
    {
        var plain = Plain(Password, revision);
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(Password, plain));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(Password + "!", plain));
    }

    [Fact]
    [Trait("Requirement", "B8")]
    public void Verify_PlainHashOfTheBytesAsTyped_IsTriedBeforeNfc()
    {
        const string decomposed = "cafe\u0301";
        const string composed = "caf\u00e9";
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(decomposed, Plain(decomposed)));
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(decomposed, Plain(composed)));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(composed, Plain(decomposed)));
    }

    [Fact]
    public void Verify_PlainHashBeyondSeventyTwoBytes_KeepsBcryptsOwnCut()
    {
        // Not a wish: it is what those hashes were made of. The new hash asked for ends it.
        var start = new string('a', 72);
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(start + "anything", Plain(start)));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(start[1..], Plain(start)));
    }

    [Theory]
    [InlineData("U*U\0")]
    [InlineData("U*U\0U*U")]
    [InlineData("\0")]
    [InlineData("\0U*U")]
    [Trait("Requirement", "B2")]
    public void Verify_PasswordWithNul_IsWrong(string password)
    {
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password, Plain("U*U")));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password, Plain("")));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password, hasher.Hash("U*U")));
        Assert.Throws<ArgumentException>(() => hasher.Hash(password));
    }

    [Fact]
    [Trait("Requirement", "B2")]
    public void Verify_WithLoneSurrogates_IsWrong()
    {
        foreach (var password in (string[])["\ud800", "\udc00", "abc\ud800", "\udc00\ud800", "\ud83d\ud83d\ude00", "\ufffe"])
        {
            Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password, Plain("\ufffd")));
            Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password, hasher.Hash("\ufffd")));
            Assert.Throws<ArgumentException>(() => hasher.Hash(password));
        }
    }

    [Fact]
    [Trait("Requirement", "Known_Django2013")]
    public void Verify_HugePassword_IsWrongWithoutWork()
    {
        var huge = new string('a', 50_000_000);
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(huge, hasher.Hash(Password)));
        Assert.Throws<ArgumentException>(() => hasher.Hash(huge));
    }

    [Fact]
    public void VerifyNothing_WithAnyText_OnlyTakesTime()
    {
        hasher.VerifyNothing(Password);
        hasher.VerifyNothing("\ud800\0");
        hasher.VerifyNothing("");
    }

    [Fact]
    [Trait("Requirement", "B6")]
    public void DummyHash_OfTheHasher_HasTheConfiguredCostAndStaysTheSame()
    {
        var other = new BCryptPasswordHasher(PasswordTestOptions.With(5));
        Assert.True(StoredHash.TryParse(other.DummyHash, out var hash));
        Assert.Equal(5, hash.Cost);
        Assert.False(hash.IsPlain);
        Assert.Same(other.DummyHash, other.DummyHash);
        Assert.Equal(PasswordVerdict.Wrong, other.Verify("", other.DummyHash));
    }

    [Fact]
    public void Verify_FromManyThreads_GivesTheSameAnswers()
    {
        var right = hasher.Hash(Password);
        var wrong = hasher.Hash("something else entirely");
        Parallel.For(0, 200, _ =>
        {
            Assert.Equal(PasswordVerdict.Right, hasher.Verify(Password, right));
            Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(Password, wrong));
        });
    }

    private static string Plain(string password, char revision = 'b') =>
        BCrypt.Net.BCrypt.HashPassword(password, string.Create(CultureInfo.InvariantCulture, $"$2{revision}$04$CCCCCCCCCCCCCCCCCCCCC."));

    [GeneratedRegex(@"^\$bcrypt-sha256\$v=2,t=2b,r=\d+\$[./A-Za-z0-9]{21}[.Oeu]\$[./A-Za-z0-9]{31}\z", RegexOptions.None, 1000)]
    private static partial Regex KeyedHash();
}

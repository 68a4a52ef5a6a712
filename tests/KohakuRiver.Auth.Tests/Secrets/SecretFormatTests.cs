namespace KohakuRiver.Auth.Tests;

public sealed class SecretFormatTests
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static TheoryData<SecretKind> Kinds { get; } = new(Enum.GetValues<SecretKind>());

    [Theory]
    [InlineData(SecretKind.Session, "krs_")]
    [InlineData(SecretKind.ApiToken, "krt_")]
    [InlineData(SecretKind.Invitation, "kri_")]
    [InlineData(SecretKind.Setup, "krb_")]
    [InlineData(SecretKind.PasswordReset, "krr_")]
    [Trait("Requirement", "S1"), Trait("Requirement", "V6.5.4")]
    public void Create_OfAKind_HasItsPrefixAndShape(SecretKind kind, string prefix)
    {
        var secret = SecretGenerator.Create(kind);
        Assert.Equal(kind, secret.Kind);
        Assert.Matches($"^{prefix}[0-9A-Za-z]{{49}}$", secret.Reveal());
        Assert.Equal(secret.Reveal()[..8], secret.Prefix);
    }

    [Fact]
    [Trait("Requirement", "S1"), Trait("Requirement", "V7.2.3"), Trait("Requirement", "V11.5.1")]
    public void Create_TenThousand_AreAllDifferentAndReadable()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 10_000; i++)
        {
            var secret = SecretGenerator.Create(SecretKind.Session);
            Assert.True(seen.Add(secret.Reveal()));
            prefixes.Add(secret.Reveal()[..12]);
            Assert.True(SecretText.TryParse(SecretKind.Session, secret.Reveal(), out var read));
            Assert.Equal(secret.Hash(), read.Hash());
        }

        // Eight random characters: a generator that repeats its start would show.
        Assert.Equal(10_000, prefixes.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Requirement", "S1"), Trait("Requirement", "V9.1.1")]
    public void TryParse_WithAnyOneCharacterChanged_IsRefused(SecretKind kind)
    {
        var text = SecretGenerator.Create(kind).Reveal();
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in Digits + "_-. \n\0\u0663\uff11")
            {
                if (c != text[i])
                {
                    AssertRefused(kind, text[..i] + c + text[(i + 1)..]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TryParse_WithTwoNeighboursSwapped_IsRefused(SecretKind kind)
    {
        var text = SecretGenerator.Create(kind).Reveal();
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] != text[i + 1])
            {
                AssertRefused(kind, text[..i] + text[i + 1] + text[i] + text[(i + 2)..]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Requirement", "S1"), Trait("Requirement", "V9.2.2")]
    public void TryParse_AsAnotherKind_IsRefused(SecretKind kind)
    {
        var text = SecretGenerator.Create(kind).Reveal();
        foreach (var other in Enum.GetValues<SecretKind>())
        {
            Assert.Equal(other == kind, SecretText.TryParse(other, text, out _));
        }

        // Nor with another prefix glued on: the checksum covers it.
        foreach (var other in Enum.GetValues<SecretKind>().Where(k => k != kind))
        {
            AssertRefused(other, SecretFormat.PrefixOf(other) + text[4..]);
        }
    }

    [Fact]
    public void TryParse_OfGarbage_IsRefused()
    {
        var text = SecretGenerator.Create(SecretKind.ApiToken).Reveal();
        string?[] garbage =
        [
            null, "", " ", "krt_", "bearer", text[..^1], text + "0", text + "\n", " " + text, text + " ",
            text.ToUpperInvariant(), "KRT_" + text[4..], "krt-" + text[4..], text[4..], "krt_" + text, new string('0', 53),
            "krt_" + new string('0', 49), "krt_" + new string('\ud800', 49), new string('a', 1_000_000),
        ];
        Assert.All(garbage, sent => AssertRefused(SecretKind.ApiToken, sent));
    }

    [Theory]
    [InlineData("krt_", true)]
    [InlineData("krs_garbage", true)]
    [InlineData("krT_garbage", false)]
    [InlineData("KRT_garbage", false)]
    [InlineData(" krt_garbage", false)]
    [InlineData("krt", false)]
    [InlineData("", false)]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl", false)]
    public void Text_ByItsBeginning_IsOfOurFormOrNot(string text, bool expected) =>
        Assert.Equal(expected, SecretText.HasFormOfOurs(text));

    [Fact]
    public void Prefix_OfNoKind_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SecretGenerator.Create((SecretKind)99));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SecretText.TryParse((SecretKind)99, SecretGenerator.Create(SecretKind.Setup).Reveal(), out _));
    }

    private static void AssertRefused(SecretKind kind, string? sent)
    {
        Assert.False(SecretText.TryParse(kind, sent, out var secret));
        Assert.Null(secret);
    }
}

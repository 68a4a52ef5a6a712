namespace KohakuRiver.Auth.Tests;

public sealed class StoredHashTests
{
    private const string Keyed = "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS";
    private const string Plain = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private readonly BCryptPasswordHasher hasher = new(PasswordTestOptions.With());

    [Fact]
    public void TryParse_KeyedHash_GivesItsPartsAndWritesThemBack()
    {
        Assert.True(StoredHash.TryParse(Keyed, out var hash));
        Assert.Equal(new StoredHash(false, 'b', 5, "5Hg1DKFqPE8C2aflZ5vVoe", "wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS"), hash);
        Assert.Equal(Keyed, hash.ToKeyedText());
    }

    [Fact]
    public void TryParse_PlainHash_GivesItsParts()
    {
        Assert.True(StoredHash.TryParse(Plain, out var hash));
        Assert.Equal(new StoredHash(true, 'b', 5, "CCCCCCCCCCCCCCCCCCCCC.", "E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"), hash);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("password")]
    [InlineData("*")]
    [InlineData("$")]
    [InlineData("$2b$")]
    [InlineData("$2$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2c$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$+5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$ 5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC!E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCé.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe\n")]
    [InlineData("$bcrypt-sha256$2b,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu")]
    [InlineData("$bcrypt-sha256$v=1,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=3,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2c,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=05$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=-5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPb")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKF!PE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData("$bcrypt-sha256$v=2,t=2b")]
    [InlineData("$bcrypt-sha256$v=2,t=2")]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG")]
    [Trait("Requirement", "B8"), Trait("Requirement", "V11.2.5")]
    public void Verify_WithACorruptHash_IsWrongAndNoException(string? stored)
    {
        Assert.False(StoredHash.TryParse(stored, out _));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("U*U", stored!));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("password", stored!));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(16, true)]
    [InlineData(3, false)]
    [InlineData(17, false)]
    [InlineData(31, false)]
    [InlineData(99, false)]
    public void TryParse_Costs_AreBounded(int cost, bool readable)
    {
        Assert.Equal(readable, StoredHash.TryParse(Plain.Replace("$05$", $"${cost:00}$", StringComparison.Ordinal), out _));
        Assert.Equal(readable, StoredHash.TryParse(Keyed.Replace("r=5$", $"r={cost}$", StringComparison.Ordinal), out _));
    }

    [Fact]
    public void TryParse_EveryCutAndEveryChangeOfOneCharacter_IsRefused()
    {
        foreach (var text in (string[])[Keyed, Plain])
        {
            for (var i = 0; i < text.Length; i++)
            {
                Assert.False(StoredHash.TryParse(text[..i], out _));
                foreach (var c in "$,=!\0é\ud800")
                {
                    Assert.Equal(text[i] == c, StoredHash.TryParse(text[..i] + c + text[(i + 1)..], out _));
                }
            }
        }
    }
}

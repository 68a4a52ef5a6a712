namespace KohakuRiver.Auth.Testing.Tests;

public sealed class CheapPasswordHasherTests
{
    private readonly CheapPasswordHasher hasher = new();

    [Fact]
    public void Verify_TheRightPassword_IsRightInAnyUnicodeForm()
    {
        var hash = hasher.Hash("caf\u00e9 und mehr Worte");

        Assert.Equal(PasswordVerdict.Right, hasher.Verify("cafe\u0301 und mehr Worte", hash));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("cafe und mehr Worte", hash));
        Assert.NotEqual(hash, hasher.Hash("caf\u00e9 und mehr Worte"));
    }

    [Fact]
    public void Text_ThatCannotBeAPassword_IsRefusedAndWrong()
    {
        foreach (var text in (string[])["lone \uD800 surrogate", "with \0 inside", new string('x', 5000)])
        {
            Assert.Throws<ArgumentException>(() => hasher.Hash(text));
            Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(text, hasher.Hash("a good one")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("cheap:")]
    [InlineData("cheap:zzzzzzzzzzzzzzzz")]
    [InlineData("$2b$12$KohakuRiverAuthNobodyONobodyHasThisPasswordAtAll.....")]
    public void Verify_AHashOfNobodys_IsWrong(string hash) => Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("a good one", hash));
}

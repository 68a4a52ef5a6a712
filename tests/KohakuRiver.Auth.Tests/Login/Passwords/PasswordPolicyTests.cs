namespace KohakuRiver.Auth.Tests;

public sealed class PasswordPolicyTests
{
    private readonly PasswordPolicy policy = new(PasswordTestOptions.With());

    [Fact]
    public void Check_OfAnOrdinaryPassphrase_FindsNothing() =>
        Assert.Null(policy.Check("password", "correct horse battery staple", "alice"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Check_WithoutAPassword_Refuses(string? password) =>
        AssertRefused(policy.Check("new_password", password, "alice"), "new_password", "needed");

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    [InlineData(5000, false)]
    [Trait("Requirement", "B1"), Trait("Requirement", "V6.2.1"), Trait("Requirement", "V6.2.9")]
    public void Check_Length_IsCountedInCharacters(int length, bool accepted) =>
        Assert.Equal(accepted, policy.Check("password", new string('x', length), null) is null);

    [Fact]
    [Trait("Requirement", "B1"), Trait("Requirement", "V6.2.9")]
    public void Check_CharactersOutsideTheBasicPlane_CountAsOneEach()
    {
        Assert.NotNull(policy.Check("password", Repeat("\U0001F600", 14), null));
        Assert.Null(policy.Check("password", Repeat("\U0001F600", 15), null));
        Assert.Null(policy.Check("password", Repeat("\U0001F600", 256), null));
        Assert.NotNull(policy.Check("password", Repeat("\U0001F600", 257), null));
    }

    [Fact]
    [Trait("Requirement", "B1")]
    public void Check_DecomposedCharacters_CountAfterComposition()
    {
        Assert.NotNull(policy.Check("password", Repeat("e\u0301", 14), null));
        Assert.Null(policy.Check("password", Repeat("e\u0301", 15), null));
        Assert.Null(policy.Check("password", Repeat("e\u0301", 256), null));
        Assert.NotNull(policy.Check("password", Repeat("e\u0301", 257), null));
    }

    [Fact]
    [Trait("Requirement", "B2")]
    public void Check_NulOrBrokenUnicode_IsRefused()
    {
        foreach (var broken in (string[])["\0", "\ud800", "\udc00", "\udc00\ud800", "\ufffe"])
        {
            AssertRefused(policy.Check("password", "correct horse " + broken + " battery", null), "password", "cannot be used");
        }
    }

    [Fact]
    [Trait("Requirement", "B2")]
    public void Check_SpacesOnlyAtTheEnds_CountAsCharacters() => Assert.Null(policy.Check("password", "  thirteen  chars  ", null));

    [Fact]
    [Trait("Requirement", "B1"), Trait("Requirement", "V6.2.1")]
    public void Check_ShortPassword_NamesTheConfiguredMinimum()
    {
        AssertRefused(policy.Check("password", "short", null), "password", "at least 15");
        AssertRefused(
            new PasswordPolicy(PasswordTestOptions.With(minimumLength: 8)).Check("password", "short", null), "password", "at least 8");
        Assert.Null(new PasswordPolicy(PasswordTestOptions.With(minimumLength: 8)).Check("password", "12345678", null));
    }

    [Fact]
    [Trait("Requirement", "B3"), Trait("Requirement", "V6.2.11")]
    public void Check_TheUsernameItself_IsRefused() =>
        AssertRefused(policy.Check("password", "Alice.Of.Wonderland", "alice.of.wonderland"), "password", "username");

    [Fact]
    public void Check_CommonPasswords_AreLeftToTheBlocklist() => Assert.Null(policy.Check("password", "123456789012345", "alice"));

    private static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    private static void AssertRefused(Refusal? refusal, string field, string because)
    {
        Assert.NotNull(refusal);
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Contains(because, Assert.Single(refusal.Errors![field]), StringComparison.Ordinal);
    }
}

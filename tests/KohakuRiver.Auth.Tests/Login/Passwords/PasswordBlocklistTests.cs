namespace KohakuRiver.Auth.Tests;

public sealed class PasswordBlocklistTests
{
    private readonly PasswordPolicy policy = new(PasswordTestOptions.With(minimumLength: 15, contextWords: ["Contoso", "x"]));

    [Theory]
    [InlineData("123456789987654321", "common")]
    [InlineData("1qaz2wsx3edc4rfv", "common")]
    [InlineData("MomsAnaLadventure", "common")]
    [InlineData("password", "common")]
    [InlineData("Telecommunications", "dictionary")]
    [InlineData("straightforward", "dictionary")]
    [InlineData("kohaku", "tried first")]
    [InlineData("kohakuriver-admin", "tried first")]
    [InlineData("KohakuRiver.Auth", "tried first")]
    [InlineData("Kohaku River Admin", "tried first")]
    [InlineData("kohakuriverkohak", "tried first")]
    [InlineData("kohaku_kohaku_kohaku", "tried first")]
    [InlineData("adminadminadmina", "tried first")]
    [InlineData("passwordpasswor", "tried first")]
    [InlineData("PasswordPassword", "tried first")]
    [InlineData("administrator-password", "tried first")]
    [InlineData("contosocontosoc", "tried first")]
    [InlineData("Contoso Password", "tried first")]
    [InlineData("Wonderland.Alice", "username")]
    [InlineData("ecila.dnalrednow", "username")]
    [InlineData("wonderlandalicewonderlandalice", "username")]
    [InlineData("ECILADNALREDNOW", "username")]
    [InlineData("123456789012345", "sequence")]
    [InlineData("0987654321098765", "sequence")]
    [InlineData("1234-5678-9012-345", "sequence")]
    [InlineData("abcdefghijklmno", "sequence")]
    [InlineData("zyxwvutsrqponml", "sequence")]
    [InlineData("qwertyuiopasdfg", "sequence")]
    [InlineData("QWERTYUIOP54321098", "sequence")]
    [InlineData("qwerty987654321", "sequence")]
    [InlineData("aaaaaaaaaaaaaaa", "sequence")]
    [InlineData("               ", "sequence")]
    [InlineData("aaaabbbb1111ZZZZ", "sequence")]
    [InlineData("abcabcabcabcabc", "repeated")]
    [InlineData("xkcdxkcdxkcdxkc", "repeated")]
    [InlineData("letmein letmein letmein", "repeated")]
    [InlineData("banana banana!banana", "repeated")]
    [InlineData("a rose is a rose is a rose", "repeated")]
    [InlineData("\u00e9t\u00e9\u00e9t\u00e9\u00e9t\u00e9\u00e9t\u00e9\u00e9t\u00e9", "repeated")]
    [InlineData("\U0001F600\U0001F680\U0001F600\U0001F680\U0001F600\U0001F680\U0001F600\U0001F680", "repeated")]
    [Trait("Requirement", "B3"), Trait("Requirement", "V6.2.11")]
    public void CheckBlocklist_WholePasswordOfTheKind_IsRefusedAndSaysWhy(string password, string because)
    {
        var refusal = policy.CheckBlocklist("password", password, "wonderland.alice");
        Assert.NotNull(refusal);
        Assert.Contains(because, Assert.Single(refusal.Errors!["password"]), StringComparison.Ordinal);
        Assert.Equal(0, policy.Estimate(password, "wonderland.alice").Score);
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("my password is long enough")]
    [InlineData("kohakuriver runs the cluster")]
    [InlineData("wonderland.alice likes tea")]
    [InlineData("contoso has nine lives")]
    [InlineData("1234567890 and then some")]
    [InlineData("qwertyuiop but longer now")]
    [InlineData("straightforward thing")]
    [InlineData("v8#Kz!0qLw2$Rt9x")]
    [InlineData("xxxxxxxxxxxxxxy")]
    [InlineData("one long enough piece!one long enough piece!")]
    [InlineData("\u65e5\u672c\u8a9e\u306e\u9577\u3044\u30d1\u30b9\u30ef\u30fc\u30c9\u3092\u4f7f\u3046\u3053\u3068")]
    [Trait("Requirement", "B3")]
    public void CheckBlocklist_PasswordContainingSuchWords_IsNoFault(string password) =>
        Assert.Null(policy.CheckBlocklist("password", password, "wonderland.alice"));

    [Fact]
    public void CheckBlocklist_WithoutAUsername_StillWorks()
    {
        Assert.Null(policy.CheckBlocklist("password", "wonderland.alice1", null));
        Assert.NotNull(policy.CheckBlocklist("password", "kohakuriver-admin", null));
    }

    [Fact]
    public void CheckBlocklist_VeryShortUsername_DoesNotBlockOthers()
    {
        Assert.Null(policy.CheckBlocklist("password", "v8#Kz!0qLw2$Rt9x", "..."));
        Assert.Null(policy.CheckBlocklist("password", "v8#Kz!0qLw2$Rt9x", ""));
    }

    [Fact]
    public void Estimate_OfPasswords_RisesFromZeroToFour()
    {
        Assert.Equal(0, policy.Estimate("password", null).Score);
        Assert.Equal(4, policy.Estimate("correct horse battery staple", null).Score);
        Assert.Equal("Very hard to guess.", policy.Estimate("correct horse battery staple", null).Sentence);
        Assert.True(policy.Estimate("alice.liddell9", "alice.liddell").Score < policy.Estimate("alice.liddell9", null).Score);
        Assert.Equal(0, policy.Estimate("\ud800", null).Score);
    }

    [Fact]
    public void Estimate_OfLongText_LooksAtTheFirstHundredCharacters()
    {
        var start = string.Concat(Enumerable.Range(0, 25).Select(i => (char)('a' + (i * 7 % 26)) + "x9 "));
        Assert.Equal(100, start.Length);
        Assert.Equal(
            policy.Estimate(start, null), policy.Estimate(start + string.Concat(Enumerable.Repeat("4@8({[<369&#!10|$57+%2", 150)), null));
    }

    [Fact]
    public void Estimate_OfStrangeText_NeverThrows()
    {
        // A fixed sequence over the texts that trip date, digit and letter-substitution matchers.
        const string alphabet = "0123456789\u0660\u0661\u0662\u0663\u216b/.-19@$\u0130\u0131\u017f\u00df\U0001F600";
        var state = 7u;
        for (var round = 0; round < 40; round++)
        {
            var text = new char[40];
            for (var i = 0; i < text.Length; i++)
            {
                state = unchecked((state * 1664525u) + 1013904223u);
                text[i] = alphabet[(int)(state >> 8) % alphabet.Length];
            }

            Assert.InRange(policy.Estimate(new string(text), "\u0130stanbul").Score, 0, 4);
        }
    }

    [Fact]
    [Trait("Requirement", "Known_Django2013")]
    public void CheckBlocklist_OfTheLongestText_EndsQuickly()
    {
        foreach (var piece in (string[])["a", "ab", "admin", "wonderlandalice", "1234567890", "aaaaaaaaab"])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 4000 / piece.Length));
            Assert.NotNull(policy.CheckBlocklist("password", text, "wonderland.alice"));
            Assert.Null(policy.CheckBlocklist("password", text + "~", "wonderland.alice"));
        }
    }

    [Fact]
    public void Cut_InTheMiddleOfACharacter_StopsBeforeIt()
    {
        Assert.Equal("ab", PasswordText.Cut("ab\U0001F600c", 3));
        Assert.Equal("ab\U0001F600", PasswordText.Cut("ab\U0001F600c", 4));
        Assert.Equal("ab", PasswordText.Cut("ab", 5));
    }

    [Fact]
    public void CanNormalize_InThisProcess_IsTrue() => Assert.True(PasswordText.CanNormalize);
}

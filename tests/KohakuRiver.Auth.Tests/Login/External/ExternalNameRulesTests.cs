namespace KohakuRiver.Auth.Tests;

public sealed class ExternalNameRulesTests
{
    private static readonly IdentityKey Key = new("scheme:Uni", "4711");

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("Ann.Lee@uni.edu", "ann.lee")]
    [InlineData("ann@lab@uni.edu", "ann")]
    [InlineData(@"LAB\Ann", "ann")]
    [InlineData(@"LAB\ann@uni.edu", "ann")]
    [InlineData("J\u00fcrgen Gro\u00df", "jurgen-gross")]
    [InlineData("\u00c6sir\u00d8\u0141\u0110\u00de\u0131", "aesiroldthi")]
    [InlineData("__ann__", "ann__")]
    [InlineData("-.ann", "ann")]
    [InlineData("a b\u2028c", "a-b-c")]
    [InlineData("\uff41\uff4e\uff4e", "ann")]
    public void LoginName_OfAnotherSystem_BecomesAPlainOne(string loginName, string expected) =>
        Assert.Equal(expected, ExternalNameRules.Candidates(loginName, Key).First());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("@uni.edu")]
    [InlineData("\u674e")]
    [InlineData("\u0301\u0301\u0301")]
    public void LoginName_NothingLeft_LeadsToAHashOfTheIdentity(string? loginName)
    {
        var only = Assert.Single(ExternalNameRules.Candidates(loginName, Key));
        Assert.Matches("^u-[a-z2-7]{10}$", only);
        Assert.NotEqual(only, ExternalNameRules.Candidates(loginName, Key with { Subject = "4712" }).Single());
    }

    [Fact]
    public void Candidates_OfAnyText_AreValidAndDifferent()
    {
        string[] names = [new string('x', 300), "a--------------------------------------------------b", "\ud83d\ude00ann", "\ud83d", "ann\0"];
        foreach (var name in names)
        {
            var all = ExternalNameRules.Candidates(name, Key).ToList();
            Assert.All(all, candidate => Assert.Null(FieldRules.Username(candidate)));
            Assert.Equal(all.Count, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }

        Assert.Equal(100, ExternalNameRules.Candidates("ann", Key).Count());
        Assert.Equal("ann-2", ExternalNameRules.Candidates("ann", Key).ElementAt(1));
        Assert.Equal("ann-99", ExternalNameRules.Candidates("ann", Key).ElementAt(98));
    }

    [Theory]
    [InlineData("  Ann Lee ", "Ann Lee")]
    [InlineData(null, "ann")]
    [InlineData(" ", "ann")]
    [InlineData("Ann\u202eeeL", "ann")]
    public void DisplayName_OfAnotherSystem_IsCleanOrTheUsername(string? name, string expected) =>
        Assert.Equal(expected, ExternalNameRules.DisplayName(name, "ann"));

    [Fact]
    public void DisplayName_TooLong_IsCutBetweenCharacters()
    {
        var name = ExternalNameRules.DisplayName(new string('x', FieldRules.NameMaximum - 1) + "\U0001F30A", "ann");
        Assert.Equal(new string('x', FieldRules.NameMaximum - 1), name);
    }
}

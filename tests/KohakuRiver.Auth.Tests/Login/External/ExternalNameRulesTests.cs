namespace KohakuRiver.Auth.Tests;

public sealed class ExternalNameRulesTests
{
    private const string Last = "u-abcdefghij";

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
        Assert.Equal(expected, ExternalNameRules.Candidates(loginName, Last)[0]);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("@uni.edu")]
    [InlineData("\u674e")]
    [InlineData("\u0301\u0301\u0301")]
    public void LoginName_NothingLeft_LeadsToTheLastName(string? loginName) =>
        Assert.Equal([Last], ExternalNameRules.Candidates(loginName, Last));

    [Fact]
    public void LastName_OfAnIdentity_IsValidAndItsOwn()
    {
        var names = Enumerable.Range(0, 1000).Select(i => IdentityService.NameOf(new IdentityKey("scheme:Uni", $"{i}"))).ToList();
        Assert.All(names, name => Assert.Null(FieldRules.Username(name)));
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.NotEqual(names[0], IdentityService.NameOf(new IdentityKey("scheme:Lab", "0")));
    }

    [Fact]
    public void Candidates_OfAnyText_AreValidAndDifferent()
    {
        string[] names =
            [new string('x', 300), "a--------------------------------------------------b", "\ud83d\ude00ann", "\ud83d", "ann\0"];
        foreach (var name in names)
        {
            var all = ExternalNameRules.Candidates(name, Last).ToList();
            Assert.All(all, candidate => Assert.Null(FieldRules.Username(candidate)));
            Assert.Equal(all.Count, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }

        Assert.Equal(100, ExternalNameRules.Candidates("ann", Last).Count);
        Assert.Equal("ann-2", ExternalNameRules.Candidates("ann", Last)[1]);
        Assert.Equal("ann-99", ExternalNameRules.Candidates("ann", Last)[98]);
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

namespace KohakuRiver.Auth.Tests;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("0ab")]
    [InlineData("Alice.B_c-d")]
    [InlineData("a23456789012345678901234567890123456789012345678-0")]
    [Trait("Requirement", "R3")]
    public void Username_OfTheAllowedForm_IsFine(string value) => Assert.Null(FieldRules.Username(value));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("a23456789012345678901234567890123456789012345678-01")]
    [InlineData("_system")]
    [InlineData(".abc")]
    [InlineData("-abc")]
    [InlineData("a b c")]
    [InlineData("abc ")]
    [InlineData("abc\n")]
    [InlineData("abc\0")]
    [InlineData("ab/c")]
    [InlineData("al\u0131ce")]
    [InlineData("\u0430lice")]
    [InlineData("\u0661\u0662\u0663")]
    [Trait("Requirement", "R3"), Trait("Requirement", "V1.3.3")]
    public void Username_OfAnotherForm_IsRefused(string? value) => Assert.NotNull(FieldRules.Username(value));

    [Theory]
    [InlineData("A")]
    [InlineData("Alice Liddell \U0001F600")]
    [InlineData("\u65e5\u672c\u8a9e")]
    [InlineData("<script>alert(1)</script>")]
    public void Names_OfOrdinaryText_AreFine(string value)
    {
        Assert.Null(FieldRules.DisplayName(value));
        Assert.Null(FieldRules.GroupName(value));
        Assert.Null(FieldRules.TokenName(value));
    }

    [Fact]
    [Trait("Requirement", "R3"), Trait("Requirement", "V1.3.3")]
    public void Names_LengthAndForbiddenCharacters_AreRefused()
    {
        Assert.Null(FieldRules.DisplayName(new string('x', 100)));
        string?[] wrong =
        [
            null, "", " ", "\u2003", new string('x', 101), "a\nb", "a\tb", "a\0b", "a\u001bb", "a\u007fb", "a\u0085b",
            "a\u202eb", "a\u202ab", "a\u2066b", "a\u2069b", "a\u200eb", "a\u200fb", "a\u061cb", "a\u2028b", "a\u2029b", "a\ud800b",
        ];
        foreach (var value in wrong)
        {
            Assert.NotNull(FieldRules.DisplayName(value));
            Assert.NotNull(FieldRules.GroupName(value));
            Assert.NotNull(FieldRules.TokenName(value));
        }
    }

    [Fact]
    public void FreeText_WithLineBreaks_IsFineAndBounded()
    {
        Assert.Null(FieldRules.FreeText(null));
        Assert.Null(FieldRules.FreeText(""));
        Assert.Null(FieldRules.FreeText("two\r\nlines\tand a tab"));
        Assert.Null(FieldRules.FreeText(new string('x', 1000)));
        Assert.NotNull(FieldRules.FreeText(new string('x', 1001)));
        foreach (var value in (string[])["a\0b", "a\u001bb", "a\u202eb", "a\ud800"])
        {
            Assert.NotNull(FieldRules.FreeText(value));
        }
    }

    [Theory]
    [InlineData("7", true)]
    [InlineData("task-1.2_3:4", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    public void HostId_Form_IsALimitedSet(string? value, bool fine) => Assert.Equal(fine, FieldRules.HostId(value) is null);

    [Fact]
    public void Limits_KeysAndValues_AreBounded()
    {
        Assert.Null(FieldRules.Limits(null));
        Assert.Null(Limits(("max_tasks", 0), ("a", FieldRules.LargestInteger)));
        Assert.Null(FieldRules.Limits(Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", _ => 1L)));
        Assert.NotNull(FieldRules.Limits(Enumerable.Range(0, 51).ToDictionary(i => $"k{i}", _ => 1L)));
        Assert.NotNull(Limits(("max_tasks", -1)));
        Assert.NotNull(Limits(("max_tasks", FieldRules.LargestInteger + 1)));
        foreach (var key in (string[])["", "Max", "1st", "_x", "a-b", "a b", "\u00e9", new string('a', 51)])
        {
            Assert.NotNull(Limits((key, 1)));
        }
    }

    [Fact]
    public void FieldFaults_OfSeveralFields_AreToldAtOnce()
    {
        Assert.Null(new FieldFaults().Add("username", null).Add((Refusal?)null).ToRefusal());
        var refusal = new FieldFaults()
            .Add("username", "Too short.")
            .Add(Refusal.Field("password", "Too common."))
            .Add("username", "Wrong letters.")
            .ToRefusal();
        Assert.NotNull(refusal);
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Equal(["Too short.", "Wrong letters."], refusal.Errors!["username"]);
        Assert.Equal(["Too common."], refusal.Errors["password"]);
    }

    private static string? Limits(params (string Key, long Value)[] limits) =>
        FieldRules.Limits(limits.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal));
}

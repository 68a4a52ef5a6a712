using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.Tests;

public sealed class VisibleTextTests
{
    /// <summary>One of each sort that cannot be seen, or that hides and turns its neighbours.</summary>
    public static TheoryData<int> Hidden =>
    [
        0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B, // controls
        0xA0, 0x1680, 0x2000, 0x200A, 0x202F, 0x205F, // blanks of other widths
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
        0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2061, 0x2064, 0x2066, 0x2069, 0x206A, 0x206F, 0x2800, 0x3164, 0xFE00, 0xFE0E, 0xFE0F,
        0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB, 0x13441, 0x16FE4, 0x1BCA0, 0x1D159, 0x1D173, 0x1D17A,
        0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF, // tags and the supplement of variation selectors
        0xE000, 0xF8FF, 0xF0000, 0x10FFFD, // private use
        0x0378, 0x2065, 0xFFFE, 0xFFFFF, // nobody's
    ];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Show_OfWhatCannotBeSeen_IsAMarkInEveryKind(int value)
    {
        var text = "a" + char.ConvertFromUtf32(value) + "b";
        var mark = string.Create(CultureInfo.InvariantCulture, $"a\u27E8U+{value:X4}\u27E9b");
        foreach (var kind in Enum.GetValues<TextKind>())
        {
            Assert.Equal(mark, VisibleText.Show(text, kind));
            Assert.True(VisibleText.HasHidden(text, kind));
        }

        Assert.NotNull(FieldRules.DisplayName(text));
        Assert.NotNull(FieldRules.GroupName(text));
        Assert.NotNull(FieldRules.TokenName(text));
        Assert.NotNull(FieldRules.Username(text + "cd"));
    }

    // No inline data: attributes are kept as UTF-8, which has no halves.
    [Fact]
    public void Show_OfHalvesOfPairs_IsAMark()
    {
        Assert.Equal("a\u27E8U+D800\u27E9b", VisibleText.Show("a\ud800b"));
        Assert.Equal("a\u27E8U+DC00\u27E9", VisibleText.Show("a\udc00", TextKind.Lines));
        Assert.Equal("\u27E8U+DBFF\u27E9\u27E8U+10FFFF\u27E9", VisibleText.Show("\udbff\udbff\udfff", TextKind.Code));
        Assert.True(VisibleText.HasHidden("a\ud800b"));
        Assert.NotNull(FieldRules.DisplayName("a\ud800b"));
    }

    [Fact]
    public void Show_OfAllCodePoints_LeavesNoneThatIsInvisible()
    {
        var marks = 0;
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            var text = value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value);
            foreach (var kind in (TextKind[])[TextKind.Line, TextKind.Code])
            {
                var shown = VisibleText.Show(text, kind);
                marks += shown == text ? 0 : 1;
                foreach (var rune in shown.EnumerateRunes())
                {
                    var category = Rune.GetUnicodeCategory(rune);
                    Assert.True(
                        category is not (
                            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                        && (category != UnicodeCategory.SpaceSeparator || rune.Value is ' ' or 0x3000),
                        $"U+{value:X4} shows U+{rune.Value:X4}");
                }
            }
        }

        Assert.True(marks > 900_000, "Most code points are nobody's or private.");
    }

    [Theory]
    [InlineData("plain text, 100 % of it: <b>\"'&\\u202e{}[]~")]
    [InlineData("\u65e5\u672c\u8a9e \u041f\u0440\u0438\u0432\u0435\u0442 \u00e9e\u0301 \u05e9\u05dc\u05d5\u05dd \U0001F600")]
    public void Show_OfWhatIsSeen_IsTheSameInstance(string text)
    {
        Assert.Same(text, VisibleText.Show(text));
        Assert.Same(text, VisibleText.Show(text, TextKind.Code));
        Assert.False(VisibleText.HasHidden(text, TextKind.Code));
    }

    [Fact]
    public void Show_OfNothing_IsEmpty()
    {
        Assert.Equal("", VisibleText.Show(null));
        Assert.Equal("", VisibleText.Show(""));
        Assert.False(VisibleText.HasHidden(null));
        Assert.Empty(VisibleText.Split(null));
    }

    [Fact]
    public void Show_OfAMarkThatWasTyped_IsNoMark()
    {
        Assert.Equal("\u27E8U+27E8\u27E9U+202E\u27E9", VisibleText.Show("\u27E8U+202E\u27E9"));
        Assert.False(VisibleText.HasHidden("\u27E8U+202E\u27E9"));
        Assert.Null(FieldRules.GroupName("\u27E8x\u27E9"));

        // Two texts that differ are shown differently.
        string[] texts = ["\u202e", "\u27E8U+202E\u27E9", "\u27E8\u202e\u27E9", "U+202E", "\u27E8U+27E8\u27E9U+202E\u27E9"];
        Assert.Equal(texts.Length, texts.Select(t => VisibleText.Show(t)).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("a\nb\tc\r\nd", TextKind.Lines, "a\nb\tc\r\nd")]
    [InlineData("a\rb\r", TextKind.Lines, "a\u27E8U+000D\u27E9b\u27E8U+000D\u27E9")]
    [InlineData("a\nb\tc\r\n", TextKind.Line, "a\u27E8U+000A\u27E9b\u27E8U+0009\u27E9c\u27E8U+000D\u27E9\u27E8U+000A\u27E9")]
    [InlineData("a\nb", TextKind.Code, "a\u27E8U+000A\u27E9b")]
    public void Show_OfLineBreaks_KeepsThemOnlyInLines(string text, TextKind kind, string expected) =>
        Assert.Equal(expected, VisibleText.Show(text, kind));

    [Theory]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", true)]
    [InlineData("\u0915\u094d\u200d\u0937", true)]
    [InlineData("\u0dc1\u0dca\u200d\u0dbb\u0dd3", true)]
    [InlineData("adm\u200cin", false)]
    [InlineData("\u200c\u0645\u06cc", false)]
    [InlineData("\u0645\u06cc\u200d", false)]
    [InlineData("\u0645\u200c\u200c\u06cc", false)]
    [InlineData("\u0645\u200cA", false)]
    [InlineData("\u17b4\u200c\u0645", false)]
    [InlineData("\u0661\u200c\u0662", false)]
    public void Joiners_BetweenLettersThatNeedThem_AreFineInNamesAndProse(string name, bool isFine)
    {
        Assert.Equal(isFine, FieldRules.DisplayName(name) is null);
        Assert.Equal(isFine, FieldRules.GroupName(name) is null);
        Assert.Equal(isFine, FieldRules.TokenName(name) is null);
        Assert.Equal(isFine, VisibleText.Show(name) == name);
        Assert.True(VisibleText.HasHidden(name, TextKind.Code));
    }

    [Theory]
    [InlineData("I \u2764\uFE0F it", true)]
    [InlineData("\u5c71\u7530\u3000\u592a\u90ce", true)]
    [InlineData("a\uFE0F", false)]
    [InlineData("\u2764\uFE0F\uFE0F", false)]
    [InlineData("\u2800\uFE0F", false)]
    [InlineData("\uFE0F", false)]
    public void LookOfEmojiAndWideBlanks_InNames_AreFineAndInCodeMarked(string name, bool isFine)
    {
        Assert.Equal(isFine, FieldRules.DisplayName(name) is null);
        Assert.Equal(isFine, VisibleText.Show(name) == name);
        Assert.True(VisibleText.HasHidden(name, TextKind.Code));
    }

    [Fact]
    public void Split_OfAnyText_IsItsShownFormInPieces()
    {
        Assert.Equal(
            [("rm ", false), ("\u27E8U+202E\u27E9", true), ("\u27E8U+200B\u27E9", true), ("x", false)],
            VisibleText.Split("rm \u202e\u200bx"));
        Assert.Equal([("\u27E8U+27E8\u27E9", true), ("U+202E\u27E9", false)], VisibleText.Split("\u27E8U+202E\u27E9"));
        Assert.Equal([("plain \u27E9", false)], VisibleText.Split("plain \u27E9"));
    }

    [Fact]
    public void Prose_WithBlanksAndEmojiOfAllSorts_IsNoFault() =>
        Assert.Null(FieldRules.FreeText("Pr\u00e9nom\u00a0: \U0001F469\u200d\U0001F4BB"));
}

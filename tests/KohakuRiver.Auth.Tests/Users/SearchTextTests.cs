using System.Text;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests.Users;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Ann", "ANN")]
    [InlineData("  Ann \t\r\n Lee\u3000", "ANN LEE")]
    [InlineData("Ärger im Fluß", "ARGER IM FLUSS")]
    [InlineData("Łukasz Ðorđe Øystein Ħal", "LUKASZ DORDE OYSTEIN HAL")]
    [InlineData("Æsir œuvre Þór", "AESIR OEUVRE THOR")]
    [InlineData("Nguyễn Đức", "NGUYEN DUC")]
    [InlineData("İstanbul ılık I i", "ISTANBUL ILIK I I")]
    [InlineData("Οδυσσεύς", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("ὈΔΥΣΣΕΎΣ", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("Алёна Андрей", "АЛЕНА АНДРЕИ")]
    [InlineData("Ｆｕｌｌ１", "FULL1")]
    [InlineData("がぎ 한글 變更", "がぎ 한글 變更")]
    [InlineData("hid\u200Bden\u00AD", "HIDDEN")]
    [InlineData("\u0301\u200B", "")]
    [InlineData("%_\\[a]*'", "%_\\[A]*'")]
    [InlineData("\U0001F986\U00010428", "\U0001F986\U00010400")]
    [Trait("Requirement", "V1.2.9")]
    public void Fold_OfText_IsCapitalsWithoutAccents(string text, string expected)
    {
        Assert.Equal(expected, SearchText.Fold(text));
        Assert.Equal(expected, SearchText.Fold(expected));

        // Letters with their accents apart are the same text.
        Assert.Equal(expected.Normalize(), SearchText.Fold(text.Normalize(NormalizationForm.FormD)).Normalize());
    }

    [Fact]
    public void Fold_OfHalfACharacter_IsOneThatNobodyCanRead() => Assert.Equal("A\uFFFDB", SearchText.Fold("a\uD83Eb"));

    [Fact]
    public void Fold_OfEveryCharacter_IsTheSameFoldedAgain()
    {
        for (var value = 0; value <= char.MaxValue; value++)
        {
            if (Rune.IsValid(value))
            {
                var once = SearchText.Fold("x" + (char)value + "y");
                Assert.Equal(once, SearchText.Fold(once));
                Assert.InRange(once.Length, 2, 4);
            }
        }
    }

    [Fact]
    public void Fold_OfLettersThatHaveAccents_IsTheLetterWithoutThem()
    {
        var wrong = new List<string>();

        // What the table says is what Unicode says, for the scripts that it covers.
        for (var value = 0xC0; value < 0x2000; value++)
        {
            if (value is (>= 0x250 and < 0x370) or (>= 0x530 and < 0x1E00) || !Rune.IsValid(value) || !char.IsLetter((char)value))
            {
                continue;
            }

            var apart = ((char)value).ToString().Normalize(NormalizationForm.FormD);
            if (SearchText.Fold(apart) != SearchText.Fold(((char)value).ToString()))
            {
                wrong.Add($"{value:X4} {(char)value}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Of_TwoNames_HoldsNoneThatRunsOverTheirBorder()
    {
        var text = SearchText.Of("ann", "Ann\nLee");
        Assert.Equal("ANN\nANN LEE", text);
        Assert.DoesNotContain(SearchText.Fold("ann\nann"), text, StringComparison.Ordinal);
    }
}

using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosts;

public sealed partial class AccentColorTests
{
    private static readonly Rgb[][] Surfaces =
        [[new(0xff, 0xff, 0xff), new(0xf4, 0xf6, 0xf7)], [new(0x1a, 0x22, 0x26), new(0x12, 0x18, 0x1b)]];

    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#000000")]
    [InlineData("#ffff00")]
    [InlineData("#ff8800")]
    [InlineData("#0000ff")]
    [InlineData("#808080")]
    [InlineData("#146069")]
    [InlineData("#e91e63")]
    public void Accent_OfAnyColour_IsReadableOnEverySurfaceOfBothThemes(string color)
    {
        Assert.True(Rgb.TryParse(color, out var accent));
        var pairs = Pairs().Matches(AccentColors.Css(accent))
            .Select(m => new[] { Of(m.Groups["light"].Value), Of(m.Groups["dark"].Value) })
            .ToList();
        Assert.Equal(3, pairs.Count);
        for (var theme = 0; theme < 2; theme++)
        {
            var (text, on, soft) = (pairs[0][theme], pairs[1][theme], pairs[2][theme]);
            Assert.All(Surfaces[theme].Append(soft), s => Assert.InRange(text.ContrastTo(s), 4.5, 21));
            Assert.InRange(text.ContrastTo(on), 4.5, 21);
        }
    }

    [Fact]
    public void Accent_ThatIsReadableAsItIs_StaysAsItIs() =>
        Assert.Contains("--accent: light-dark(#146069, ", AccentColors.Css(new Rgb(0x14, 0x60, 0x69)), StringComparison.Ordinal);

    [Fact]
    public void Contrast_OfBlackAndWhite_IsTheOneOfTheStandard() => Assert.Equal(21, Rgb.Black.ContrastTo(Rgb.White), 6);

    private static Rgb Of(string text) => Rgb.TryParse(text, out var color) ? color : throw new FormatException(text);

    [GeneratedRegex(@"light-dark\((?<light>#\w{6}), (?<dark>#\w{6})\)", RegexOptions.None, 1000)]
    private static partial Regex Pairs();
}

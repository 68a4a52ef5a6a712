using QRCoder;

namespace KohakuRiver.Auth.AdminPanel.Tests.Components;

/// <summary>The codes that the panel draws, against those of a library that many use.</summary>
public sealed class QrCodeTests
{
    private const int QuietZone = 4;

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Code_OfEverySizeAndMask_IsTheOneOfAnotherLibrary(int number)
    {
        var longest = QrVersion.All[number - 1].LongestText;
        var shortest = number == 1 ? 1 : QrVersion.All[number - 2].LongestText + 1;
        foreach (var length in new[] { shortest, (shortest + longest) / 2, longest })
        {
            var text = TextOf(length);
            using var theirs = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
            Assert.Equal(17 + (4 * number) + (2 * QuietZone), theirs.ModuleMatrix.Count);

            // Which mask is best is a matter of taste in details; one of them is theirs.
            Assert.Contains(Enumerable.Range(0, QrGrid.Masks), mask => AreSame(QrCode.Of(text, mask), theirs));
            Assert.Contains(Enumerable.Range(0, QrGrid.Masks), mask => AreSame(QrCode.Of(text, mask), QrCode.Of(text)));
        }
    }

    [Fact]
    public void Code_OfManyTexts_MeetsEveryMaskOfAnotherLibrary()
    {
        var met = new HashSet<int>();
        for (var length = 10; length < 110; length++)
        {
            var text = TextOf(length);
            using var theirs = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
            met.Add(Assert.Single(Enumerable.Range(0, QrGrid.Masks), mask => AreSame(QrCode.Of(text, mask), theirs)));
        }

        Assert.Equal(Enumerable.Range(0, QrGrid.Masks), met.Order());
    }

    [Fact]
    public void Code_OfMoreThanFits_IsRefused()
    {
        Assert.Equal(2331, QrVersion.All[^1].LongestText);
        Assert.Throws<ArgumentException>("text", () => QrCode.Of(TextOf(2332)));
    }

    // As links are; small letters cannot be written in fewer bits.
    private static string TextOf(int length)
    {
        const string Link = "https://cluster.example.org/admin/register?token=";
        return string.Concat(Enumerable.Range(0, length).Select(i => i < Link.Length ? Link[i] : (char)('a' + (i * i * 7 % 26))));
    }

    private static bool AreSame(QrGrid ours, QRCodeData theirs) => SameModules(
        ours, theirs.ModuleMatrix.Count - (2 * QuietZone), (row, column) => theirs.ModuleMatrix[row + QuietZone][column + QuietZone]);

    private static bool AreSame(QrGrid ours, QrGrid other) => SameModules(ours, other.Size, (row, column) => other[row, column]);

    private static bool SameModules(QrGrid ours, int size, Func<int, int, bool> isDark) => ours.Size == size
        && Enumerable.Range(0, size).All(row => Enumerable.Range(0, size).All(column => ours[row, column] == isDark(row, column)));
}

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

public sealed class AuditCsvTests
{
    // What spreadsheets of all countries take for the end of a cell.
    private static readonly char[] Separators = [',', ';', '|', '\t', '\n', '\r'];
    private static readonly char[] Formulas = ['=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'];
    private static readonly string[] Before = ["", " ", "\"", "\"\"", " \" ", "\u3000", "\u00A0", "\u200B", "\uFEFF", "\0"];

    [Fact]
    [Trait("Requirement", "V1.2.10")]
    public void Cell_SplitAtAnySeparator_BeginsNoFormula()
    {
        var looked = 0;
        foreach (var formula in Formulas)
        {
            foreach (var before in Before)
            {
                foreach (var text in Separators.Select(s => "x" + s + before + formula + "1").Append(before + formula + "1"))
                {
                    var cell = CsvCell.Of(text);
                    foreach (var separator in Separators)
                    {
                        // Split as by somebody for whom quotes that do not stand at the start of a cell are letters, and by somebody who
                        // reads them.
                        foreach (var part in cell.Split(separator).Append(cell[1..^1]))
                        {
                            Assert.False(Formulas.Contains(First(part)), $"{text} has the cell {part}");
                            looked++;
                        }
                    }
                }
            }
        }

        Assert.True(looked > 5_000);
        static char First(string part) =>
            part.FirstOrDefault(c => c is not ('"' or ' ' or '\u3000' or '\u00A0' or '\u200B' or '\uFEFF' or '\0'));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "\"\"")]
    [InlineData("12", "\"12\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\" - c = d", "\"a \"\"b\"\" - c = d\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("=1", "\"'=1\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a; b", "\"a; b\"")]
    [InlineData("\uFF1D1", "\"'\uFF1D1\"")]
    [InlineData("'=1", "\"'=1\"")]
    public void Cell_OfText_IsQuotedAndOtherwiseAsItIs(string? text, string expected) => Assert.Equal(expected, CsvCell.Of(text));
}

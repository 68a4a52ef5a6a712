namespace KohakuRiver.Auth.Tests;

/// <summary>Rows about the fields people fill in.</summary>
public sealed class FieldRowTests
{
    [Fact]
    [Trait("Requirement", "V1.3.12")]
    public void Names_OfAHundredKilobytes_CostNothing()
    {
        string[] hostile =
        [
            new('a', 100_000), new string('a', 99_999) + "!", string.Concat(Enumerable.Repeat("a.", 50_000)), string
                .Concat(Enumerable.Repeat("-_", 50_000)), new(' ', 100_000), new('\u202e', 100_000),
        ];
        var start = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < 100; round++)
        {
            foreach (var text in hostile)
            {
                Assert.NotNull(FieldRules.Username(text));
                Assert.NotNull(FieldRules.DisplayName(text));
                Assert.NotNull(FieldRules.HostId(text));
                Assert.NotNull(FieldRules.FreeText(text));
            }
        }

        // 2 400 checks of 100 KB each; one pattern that backtracks would take minutes for the first.
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(24));
    }
}

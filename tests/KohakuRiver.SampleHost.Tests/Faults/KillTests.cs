namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>The host is killed (SIGKILL) in the middle of many writes, again and again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 200 : 20;

    [Fact]
    [Trait("Requirement", "D1"), Trait("Requirement", "D8")]
    public async Task Kill9UnderLoad_LosesNothingAcknowledgedAndLeavesNothingHalf()
    {
        // Most of the time goes into starting processes, so two databases are worn down side by side.
        using var one = new KilledHost(first: 0);
        using var two = new KilledHost(first: 1);
        await Task.WhenAll(one.KillAgainAndAgainAsync(Kills), two.KillAgainAndAgainAsync(Kills));

        var (sent, acknowledged) = (one.Record.Sent + two.Record.Sent, one.Record.Acknowledged + two.Record.Acknowledged);
        output.WriteLine($"{Kills} kills, {acknowledged} writes acknowledged, 0 of them lost, {sent - acknowledged} without an answer, "
            + $"whole or absent.");
    }
}

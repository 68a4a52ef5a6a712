using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>Unit tests of somebody's own rule, with the testing package as they get it.</summary>
public sealed class PolicyConsumerTests(Feed feed)
{
    [Fact]
    public async Task PolicyTests_FromPackages_PassForASoundRuleAndNameWhatABrokenOneLetsThrough()
    {
        var tests = await feed.Local.BuildConsumerAsync("PolicyTests");
        var folder = Path.GetDirectoryName(tests)!;

        var sound = await LocalFeed.RunAsync("dotnet", [tests, "-noColor"], folder);
        sound.Expect(0);
        Assert.Contains("Total: 6, Errors: 0, Failed: 0, Skipped: 0", sound.Output, StringComparison.Ordinal);

        var broken = await LocalFeed.RunAsync("dotnet", [tests, "-noColor"], folder, ("BREAK_THE_POLICY", "1"));
        broken.Expect(1);
        Assert.Contains("Total: 6, Errors: 0, Failed: 1,", broken.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Cancel_OfAnother_IsForOperatorsAndAbove(role: User, allowed: False) [FAIL]", broken.Output, StringComparison.Ordinal);
    }
}

using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>The suite as a store's author gets it: from packages, for a store of their own.</summary>
public sealed class ConsumerTests
{
    [Fact]
    public async Task Suite_FromPackages_PassesForASoundStoreAndNamesTheCaseForABrokenOne()
    {
        using var feed = await LocalFeed.PackAsync(
            "KohakuRiver.Auth", "KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth.Testing", "KohakuRiver.Auth.Testing.Stores");
        var suite = await feed.BuildConsumerAsync("StoreSuite", ("SqlStoreSources", Path.Combine(LocalFeed.Root, "samples", "SqlStore")));
        var folder = Path.GetDirectoryName(suite)!;

        // Half of the cases are about who acts; those run where the same stores are tested as a project.
        var sound = await LocalFeed.RunAsync("dotnet", [suite, "-noColor", "-preEnumerateTheories", "-trait-", "Subject=Acting"], folder);
        sound.Expect(0);
        Assert.Matches("Total: [1-9][0-9]{2,}, Errors: 0, Failed: 0, Skipped: 0", sound.Output);

        // Only the subject the broken verb belongs to: the others have just been seen to pass.
        var broken = await LocalFeed.RunAsync(
            "dotnet", [suite, "-noColor", "-preEnumerateTheories", "-trait", "Subject=Throttle"], folder, ("BREAK_A_VERB", "1"));
        broken.Expect(1);
        Assert.Contains("Throttle.Take_UpToTheLimit_PassesAndThenCountsNothing [FAIL]", broken.Output, StringComparison.Ordinal);
        Assert.Contains("Throttle.Take_ManyAtOnce_ExactlyTheRoomPasses [FAIL]", broken.Output, StringComparison.Ordinal);
        Assert.Matches("Total: 6, Errors: 0, Failed: [2-6], Skipped: 0", broken.Output);
    }
}

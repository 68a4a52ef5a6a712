using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>The suite as a store's author gets it: from packages, for a store of their own.</summary>
public sealed class ConsumerTests
{
    [Fact]
    public async Task Suite_FromPackages_PassesForASoundStoreAndNamesTheFactForABrokenOne()
    {
        using var feed = await LocalFeed.PackAsync(
            "KohakuRiver.Auth", "KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth.Testing", "KohakuRiver.Auth.Testing.Stores");
        var suite = await feed.BuildConsumerAsync("StoreSuite");
        var folder = Path.GetDirectoryName(suite)!;

        var sound = await LocalFeed.RunAsync("dotnet", [suite, "-noColor"], folder);
        sound.Expect(0);
        Assert.Matches("Total: [1-9][0-9]{2,}, Errors: 0, Failed: 0, Skipped: 0", sound.Output);

        // Only the class the broken verb belongs to: the others have just been seen to pass.
        var broken = await LocalFeed.RunAsync("dotnet", [suite, "-noColor", "-class", "StoreSuite.JournalThrottleStore"], folder, ("BREAK_A_VERB", "1"));
        broken.Expect(1);
        Assert.Contains("StoreSuite.JournalThrottleStore.Take_UpToTheLimit_PassesAndThenCountsNothing [FAIL]", broken.Output, StringComparison.Ordinal);
        Assert.Contains("StoreSuite.JournalThrottleStore.Take_ManyAtOnce_ExactlyTheRoomPasses [FAIL]", broken.Output, StringComparison.Ordinal);
    }
}

using KohakuRiver.Cli.Tests.Support;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The tool as people get it: packed, installed into an empty folder, and run from there.</summary>
public sealed class PackageTests(RunningHost host)
{
    [Fact]
    public async Task Package_InstalledIntoAnEmptyFolder_LogsInAndLists()
    {
        var name = await host.NewUserAsync();
        using var cli = new TestCli(await host.AddressAsync());
        using var feed = await LocalFeed.PackAsync("KohakuRiver.Cli");
        var tools = cli.TempPath("tools");
        string[] install =
            ["tool", "install", "KohakuRiver.Cli", "--tool-path", tools, "--add-source", feed.Packages, "--version", feed.Version];
        (await LocalFeed.RunAsync("dotnet", install, feed.Packages)).Expect(0);
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "kohakuriver.exe" : "kohakuriver");

        (await CliProcess.RunProgramAsync(cli, tool, RunningHost.Password + "\n", "auth", "login", "--username", name, "--password-stdin"))
            .Expect(ExitCodes.Done);
        Assert.Contains(
            name,
            (await CliProcess.RunProgramAsync(cli, tool, "", "auth", "whoami")).Expect(ExitCodes.Done).Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "kohakuriver [command]",
            (await CliProcess.RunProgramAsync(cli, tool, "", "--help")).Expect(ExitCodes.Done).Output,
            StringComparison.Ordinal);
    }
}

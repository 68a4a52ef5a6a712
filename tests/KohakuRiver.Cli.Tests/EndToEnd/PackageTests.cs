using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The tool as people get it: packed, installed into an empty folder, and run from there.</summary>
public sealed class PackageTests(RunningHost host)
{
    [Fact]
    public async Task Package_InstalledIntoAnEmptyFolder_LogsInAndLists()
    {
        var name = await host.NewUserAsync();
        using var cli = new TestCli(await host.AddressAsync());
        var packages = cli.TempPath("packages");
        var tools = cli.TempPath("tools");
        var built = new DirectoryInfo(Path.GetDirectoryName(Built.PathOf("Cli"))!);
        var project = Path.Combine(built.Parent!.Parent!.Parent!.FullName, "KohakuRiver.Cli.csproj");
        var configuration = built.Parent.Name;

        await DotnetAsync(cli, "pack", project, "--no-build", "--configuration", configuration, "--output", packages);
        var package = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(packages, "*.nupkg")));
        await DotnetAsync(cli, "tool", "install", "KohakuRiver.Cli", "--tool-path", tools, "--add-source", packages, "--version", package["KohakuRiver.Cli.".Length..]);
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "kohakuriver.exe" : "kohakuriver");

        (await CliProcess.RunProgramAsync(cli, tool, RunningHost.Password + "\n", "auth", "login", "--username", name, "--password-stdin")).Expect(ExitCodes.Done);
        Assert.Contains(name, (await CliProcess.RunProgramAsync(cli, tool, "", "auth", "whoami")).Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
        Assert.Contains("kohakuriver [command]", (await CliProcess.RunProgramAsync(cli, tool, "", "--help")).Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
    }

    private static async Task DotnetAsync(TestCli cli, params string[] arguments) => (await CliProcess.RunProgramAsync(cli, "dotnet", "", arguments)).Expect(0);
}

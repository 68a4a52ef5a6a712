using System.IO.Compression;
using System.Reflection.PortableExecutable;
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
        var tool = await InstallAsync(feed, feed.Packages, cli.TempPath("tools"));

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
        Assert.Equal(feed.Version, (await CliProcess.RunProgramAsync(cli, tool, "", "--version")).Expect(ExitCodes.Done).Output.Trim());
        Assert.Equal(LocalFeed.ToolPlatforms.Count > 1, IsCompiledAhead(cli.TempPath("tools")));

        // Elsewhere, where there is no package for the platform, it is the one that runs everywhere.
        var others = WithoutThisPlatform(feed, cli.TempPath("others"));
        var portable = await InstallAsync(feed, others, cli.TempPath("portable"));
        Assert.False(IsCompiledAhead(cli.TempPath("portable")));
        Assert.Contains(
            name,
            (await CliProcess.RunProgramAsync(cli, portable, "", "auth", "whoami", "--json")).Expect(ExitCodes.Done).Output,
            StringComparison.Ordinal);
    }

    private static async Task<string> InstallAsync(LocalFeed feed, string packages, string tools)
    {
        string[] install =
            ["tool", "install", "KohakuRiver.Cli", "--tool-path", tools, "--add-source", packages, "--version", feed.Version];
        (await LocalFeed.RunAsync("dotnet", install, packages)).Expect(0);
        return Path.Combine(tools, OperatingSystem.IsWindows() ? "kohakuriver.exe" : "kohakuriver");
    }

    private static bool IsCompiledAhead(string tools)
    {
        var program = Directory.EnumerateFiles(Path.Combine(tools, ".store"), "kohakuriver.dll", SearchOption.AllDirectories).Single();
        using var image = new PEReader(File.OpenRead(program));
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    // The same packages, but this machine's is said to be for another platform.
    private static string WithoutThisPlatform(LocalFeed feed, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var package in Directory.EnumerateFiles(feed.Packages, "*.nupkg"))
        {
            File.Copy(package, Path.Combine(folder, Path.GetFileName(package)));
        }

        using var named = ZipFile.Open(Path.Combine(folder, $"KohakuRiver.Cli.{feed.Version}.nupkg"), ZipArchiveMode.Update);
        var entry = named.GetEntry("tools/any/any/DotnetToolSettings.xml")!;
        string settings;
        using (var reader = new StreamReader(entry.Open()))
        {
            settings = reader.ReadToEnd();
        }

        using var writer = new StreamWriter(entry.Open());
        writer.BaseStream.SetLength(0);
        writer.Write(settings.Replace(
            $"RuntimeIdentifier=\"{LocalFeed.ToolPlatforms[0]}\"",
            LocalFeed.ToolPlatforms.Count > 1 ? "RuntimeIdentifier=\"freebsd-x64\"" : "RuntimeIdentifier=\"any\"",
            StringComparison.Ordinal));
        return folder;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>The command line as people have it: packed from this repository and installed from the package.</summary>
internal static class InstalledTool
{
    private const string Package = "KohakuRiver.Cli";

    /// <summary>Packs and installs it.</summary>
    /// <param name="folder">Where to; anything below it is made anew.</param>
    /// <param name="isCompiledAhead">Whether this machine gets what is compiled for its platform, or what runs everywhere.</param>
    /// <returns>The path of the program.</returns>
    public static async Task<string> InstallAsync(string folder, bool isCompiledAhead)
    {
        var packages = Path.Combine(folder, "packages");
        var tools = Path.Combine(folder, "tools");
        await RunAsync(
            "pack", Path.Combine(SampleHost.Root, "src", Package), "-c", "Release", "-o", packages, "-v", "q", "-nologo",
            $"-p:ToolPlatform={(isCompiledAhead ? RuntimeInformation.RuntimeIdentifier : "any")}");

        // A version is a version: the one that was packed just now, and no other that is published somewhere.
        var name = Directory.EnumerateFiles(packages, Package + ".*.nupkg").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Single(f => char.IsAsciiDigit(f[Package.Length + 1]));
        await RunAsync(
            "tool", "install", Package, "--tool-path", tools, "--add-source", packages, "--version", name[(Package.Length + 1)..]);
        return Path.Combine(tools, OperatingSystem.IsWindows() ? "kohakuriver.exe" : "kohakuriver");
    }

    /// <summary>Builds a program that says one word: what every program of .NET needs to start.</summary>
    /// <returns>The path of the program.</returns>
    public static async Task<string> BuildOneWordAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"hello\");");
        await File.WriteAllTextAsync(Path.Combine(folder, "Hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        var output = Path.Combine(folder, "out");
        await RunAsync("publish", folder, "-c", "Release", "-o", output, "-v", "q", "-nologo");
        return Path.Combine(output, OperatingSystem.IsWindows() ? "Hello.exe" : "Hello");
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {arguments[0]} failed:\n{output}");
        }
    }
}

using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>What a package holds and asks for, beside what all have in common.</summary>
/// <param name="Id">Its id, and the name of its project.</param>
/// <param name="Dependencies">The packages it depends on; what those bring along is not listed.</param>
internal sealed record ExpectedPackage(string Id, params string[] Dependencies)
{
    private const string Cli = "KohakuRiver.Cli";

    /// <summary>Everything the repository publishes.</summary>
    internal static IReadOnlyDictionary<string, ExpectedPackage> All { get; } = new ExpectedPackage[]
    {
        new("KohakuRiver.Auth",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.Options",
            "Microsoft.Extensions.Options.ConfigurationExtensions", "Microsoft.Extensions.Hosting.Abstractions", "zxcvbn-core",
            "BCrypt.Net-Next")
        {
            Files = ["ConfigurationSchema.json"],
            IsForTrimming = true,
        },
        new("KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth") { NeedsAspNetCore = true },
        new("KohakuRiver.Auth.AdminPanel", "KohakuRiver.Auth.AspNetCore")
        {
            Files =
            [
                "lib/net10.0/ja/KohakuRiver.Auth.AdminPanel.resources.dll",
                "lib/net10.0/zh-Hant/KohakuRiver.Auth.AdminPanel.resources.dll",
            ],
            NeedsAspNetCore = true,
        },
        new("KohakuRiver.Auth.EntityFrameworkCore", "KohakuRiver.Auth", "Microsoft.EntityFrameworkCore.Relational"),
        new("KohakuRiver.Auth.EntityFrameworkCore.Sqlite",
            "KohakuRiver.Auth.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3",
            "SQLitePCLRaw.core"),
        new(
            "KohakuRiver.Auth.EntityFrameworkCore.PostgreSql",
            "KohakuRiver.Auth.EntityFrameworkCore",
            "Npgsql.EntityFrameworkCore.PostgreSQL"),
        new(
            "KohakuRiver.Auth.Import",
            "KohakuRiver.Auth.EntityFrameworkCore",
            "Microsoft.Data.Sqlite.Core",
            "SQLitePCLRaw.bundle_e_sqlite3"),
        new("KohakuRiver.Auth.Testing", "KohakuRiver.Auth", "KohakuRiver.Auth.AspNetCore", "Microsoft.Extensions.TimeProvider.Testing")
        {
            NeedsAspNetCore = true,
        },
        new("KohakuRiver.Auth.Testing.Stores", "KohakuRiver.Auth.Testing", "xunit.v3.assert", "xunit.v3.extensibility.core")
        {
            Files =
            [
                "build/net10.0/KohakuRiver.Auth.Testing.Stores.targets", "build/net10.0/StoreSuiteOfThisProject.cs",
            ],
        },
        new(Cli) { Files = ["tools/any/any/DotnetToolSettings.xml"] },
    }.Concat(LocalFeed.ToolPlatforms.Select(ToolFor)).ToDictionary(p => p.Id, StringComparer.Ordinal);

    /// <summary>Files beside those of every package.</summary>
    internal string[] Files { get; init; } = [];

    /// <summary>Whether a program with it may be trimmed and compiled ahead of time; a package that is not for it refuses.</summary>
    internal bool IsForTrimming { get; init; }

    internal bool NeedsAspNetCore { get; init; }

    /// <summary>The package that people name to install the tool: it only says which platforms there are packages for.</summary>
    internal bool IsToolItself => Id == Cli;

    /// <summary>The platform of a package with the tool in it, which nobody names; null for every other package.</summary>
    internal string? ToolPlatform { get; private init; }

    /// <summary>The id that a reader of the package is told.</summary>
    internal string NamedId => ToolPlatform is null ? Id : Cli;

    /// <summary>The assembly's path without its extension; null where there is none.</summary>
    internal string? Assembly => IsToolItself ? null
        : ToolPlatform is null ? "lib/net10.0/" + Id
        : ToolFolder + "kohakuriver";

    /// <summary>All files, except those in which the package format notes its own structure.</summary>
    internal IEnumerable<string> Entries =>
    [
        Id + ".nuspec", "README.md", "icon.png", .. Files,
        .. (string[])(Assembly is null ? []
            : ToolPlatform is null ? [Assembly + ".dll", Assembly + ".xml", .. Targets]
            : [Assembly + ".dll"]),
    ];

    // Of the core for editors; of the others, to refuse trimming. The suite's are its own, and it asks for packages that refuse.
    private IEnumerable<string> Targets =>
        Files.Any(f => f.EndsWith(".targets", StringComparison.Ordinal)) ? [] : [$"buildTransitive/net10.0/{Id}.targets"];

    private string ToolFolder => $"tools/net10.0/{ToolPlatform}/";

    private static ExpectedPackage ToolFor(string platform)
    {
        var package = new ExpectedPackage($"{Cli}.{platform}") { ToolPlatform = platform };
        return package with
        {
            Files =
            [
                .. new[]
                {
                    "DotnetToolSettings.xml", "JmePath.Net.Parser.dll", "JmesPath.Net.dll", "Newtonsoft.Json.dll", "Scriban.Signed.dll",
                    "Spectre.Console.Ansi.dll", "Spectre.Console.dll", "System.CommandLine.dll", "YamlDotNet.dll",
                    "jmespath.net.interop.dll", "kohakuriver.deps.json", "kohakuriver.pdb", "kohakuriver.runtimeconfig.json",
                }.Select(f => package.ToolFolder + f),
            ],
        };
    }

    /// <summary>The same for the package with the symbols.</summary>
    internal IEnumerable<string> SymbolEntries => [Id + ".nuspec", Assembly + ".pdb"];
}

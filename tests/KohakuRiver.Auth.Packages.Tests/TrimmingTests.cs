using System.Runtime.InteropServices;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>Programs that are trimmed or compiled ahead of time: the core works in them, the other packages say that they do not.</summary>
public sealed class TrimmingTests(Feed feed)
{
    private const string Web = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")).AddAspNetCore();
        builder.Build().Run();
        """;

    private const string Nothing = "System.Console.WriteLine();";

    [Theory]
    [InlineData("PublishTrimmed")]
    [InlineData("PublishAot")]
    public async Task Core_InAProgramThatIsTrimmed_WorksAndReadsItsConfiguration(string property)
    {
        var compiler = Array.Find(["clang", "gcc"], IsOnThePath);
        Assert.SkipWhen(property == "PublishAot" && compiler is null, "Compiling ahead of time needs clang or gcc.");
        var program = await feed.Local.PublishConsumerAsync(
            "TrimmedWorker",
            (property, "true"), ("CppCompilerAndLinker", compiler ?? ""),
            ("SqlStoreSources", Path.Combine(LocalFeed.Root, "samples", "SqlStore")));
        var folder = Path.GetDirectoryName(program)!;

        // Neither the rest of the framework nor, ahead of time, any assembly.
        Assert.False(File.Exists(Path.Combine(folder, "System.Linq.Queryable.dll")));
        Assert.Equal(property == "PublishTrimmed", File.Exists(Path.Combine(folder, "KohakuRiver.Auth.dll")));
        var run = await LocalFeed.RunAsync(program, [], folder);
        run.Expect(0);
        Assert.Contains("ada may manage users: True", run.Output, StringComparison.Ordinal);

        var wrong = await LocalFeed.RunAsync(program, ["--KohakuAuth:Passwords:MinimumLength=3", "--KohakuAuth:Nonsense=1"], folder);
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("KohakuAuth:Passwords:MinimumLength must be between", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("KohakuAuth:Nonsense", wrong.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublishTrimmed", "KohakuRiver.Auth.AspNetCore", Web)]
    [InlineData("PublishAot", "KohakuRiver.Auth.AspNetCore", Web)]
    [InlineData("PublishTrimmed", "KohakuRiver.Auth.AdminPanel", Nothing)]
    [InlineData("PublishAot", "KohakuRiver.Auth.AdminPanel", Nothing)]
    [InlineData("PublishTrimmed", "KohakuRiver.Auth.EntityFrameworkCore.Sqlite", Nothing)]
    [InlineData("PublishAot", "KohakuRiver.Auth.EntityFrameworkCore.Sqlite", Nothing)]
    [InlineData("PublishAot", "KohakuRiver.Auth.EntityFrameworkCore.PostgreSql", Nothing)]
    [InlineData("PublishTrimmed", "KohakuRiver.Auth.Import", Nothing)]
    [InlineData("PublishTrimmed", "KohakuRiver.Auth.Testing", Nothing)]
    [InlineData("PublishTrimmed", "KohakuRiver.Auth.Testing.Stores", Nothing)]
    public async Task Package_InAProgramThatIsTrimmed_RefusesInOneSentence(string property, string package, string code)
    {
        var project = Project(package, code);
        var publish = await feed.Local.RunDotnetAsync(
            project, ["publish", "-nologo", $"-p:{property}=true", "-r", RuntimeInformation.RuntimeIdentifier]);
        publish.Expect(1);
        var faults = publish.Output.Split('\n').Where(l => l.Contains(": error ", StringComparison.Ordinal)).ToList();
        Assert.All(faults, fault => Assert.Contains(
            $"error KRA0003: Program has {property} set and would fail at its start, because these packages use reflection: ",
            fault,
            StringComparison.Ordinal));
        Assert.Contains(package == "KohakuRiver.Auth.Testing.Stores" ? "KohakuRiver.Auth.Testing" : package, Assert.Single(
            faults.Select(f => f.Trim()).Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_InAProgramThatIsTrimmed_StepsAsideWhenTold()
    {
        var told = Project("KohakuRiver.Auth.AspNetCore", Web);
        (await feed.Local.RunDotnetAsync(told, ["build", "-p:PublishTrimmed=true", "-p:KohakuRiverAllowTrimming=true"])).Expect(0);

        // A property for all projects of a solution concerns its programs only.
        var library = Project("KohakuRiver.Auth.AspNetCore", "public sealed class Part;", "<OutputType>Library</OutputType>");
        (await feed.Local.RunDotnetAsync(library, ["build", "-p:PublishTrimmed=true"])).Expect(0);

        // Nor does anybody who does not trim.
        var usual = Project("KohakuRiver.Auth.AspNetCore", Web, "<PublishTrimmed>false</PublishTrimmed>");
        (await feed.Local.RunDotnetAsync(usual, ["publish", "-nologo"])).Expect(0);
    }

    private DirectoryInfo Project(string package, string code, string more = "")
    {
        var folder = feed.Local.CreateFolder(package);
        File.WriteAllText(Path.Combine(folder.FullName, "Program.cs"), code);
        File.WriteAllText(Path.Combine(folder.FullName, "Program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <IsTestProject>false</IsTestProject>
                {more}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="[{feed.Local.Version}]" />
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    private static bool IsOnThePath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, program)));
}

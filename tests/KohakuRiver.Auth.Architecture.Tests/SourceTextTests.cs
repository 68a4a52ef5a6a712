using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Rules about the text of the repository.</summary>
public sealed partial class SourceTextTests
{
    private const int LongestFile = 350;
    private const int LongestLine = 140;
    private const int FullestFolder = 33;

    [Fact]
    public void Files_OfTheLibraries_StaySmall() => ArchitectureRules.Holds(
        from file in Repository.CSharp("src")
        where !Repository.IsGenerated(file)
        let lines = File.ReadLines(file).Count()
        where lines > LongestFile
        select $"{Repository.Show(file)}: {lines} lines");

    [Fact]
    public void Folders_OfTheLibraries_HoldOneRoomEach() => ArchitectureRules.Holds(
        from file in Repository.Texts()
        where Repository.Show(file).StartsWith("src/", StringComparison.Ordinal) && !Repository.IsGenerated(file)
        group file by Path.GetDirectoryName(file) into folder
        where folder.Count() > FullestFolder
        select $"{Repository.Show(folder.Key!)}: {folder.Count()} files");

    [Fact]
    public void Lines_OfCode_EndBeforeTheLimit() => ArchitectureRules.Holds(
        from file in Repository.Texts()
        where Path.GetExtension(file) is ".cs" or ".razor" && !Repository.IsGenerated(file)
        from line in File.ReadLines(file).Index()
        where line.Item.Length > LongestLine
        select $"{Repository.Show(file)}:{line.Index + 1}: {line.Item.Length} characters");

    [Fact]
    public void SwitchedOffWarnings_Everywhere_SayWhy() => ArchitectureRules.Holds(
        from folder in (string[])["src", "tests", "samples"]
        from file in Repository.CSharp(folder)
        where !Repository.IsGenerated(file)
        from line in File.ReadLines(file)
        where SilentPragma().IsMatch(line) || SilentSuppression().IsMatch(line)
        select $"{Repository.Show(file)}: {line.Trim()}");

    [Fact]
    public void UnfinishedWork_InTheLibraries_IsNone() => ArchitectureRules.Holds(
        from folder in (string[])["src", "samples"]
        from file in Repository.CSharp(folder)
        from line in File.ReadLines(file)
        where Unfinished().IsMatch(line)
        select $"{Repository.Show(file)}: {line.Trim()}");

    [Fact]
    public void Texts_OfTheRepository_NameNoRegistryAndNoMachine() => ArchitectureRules.Holds(
        from file in Repository.Texts()
        where Path.GetFileName(file) != "SourceTextTests.cs"
        from line in File.ReadLines(file)
        where Registry().IsMatch(line) || MachinePath().IsMatch(line)
        select $"{Repository.Show(file)}: {line.Trim()}");

    [Theory]
    [InlineData("#pragma warning disable CA1000", true)]
    [InlineData("  #pragma warning disable CA1000, CA2000 ", true)]
    [InlineData("#pragma warning disable", true)]
    [InlineData("#pragma warning disable CA1000 //", true)]
    [InlineData("#pragma warning disable CA1000 // The provider asks for it.", false)]
    [InlineData("#pragma warning restore CA1000", false)]
    public void PragmaRule_OnSamples_TellsThemApart(string line, bool silent) => Assert.Equal(silent, SilentPragma().IsMatch(line));

    // In two pieces, so that this file needs no exception from its own rules.
    [Theory]
    [InlineData("<add key=\"x\" value=\"https://api.nu" + "get.org/v3/index.json\" />", true)]
    [InlineData("registry=https://registry.np" + "mjs.org/", true)]
    [InlineData("http://10.0.0.5:8081/repository/nuget-all/", true)]
    [InlineData("<Project Sdk=\"Microsoft.NET.Sdk\">", false)]
    [InlineData("https://www.w3.org/2000/svg", false)]
    [InlineData("https://github.com/dotnet/efcore/issues/38958", false)]
    public void RegistryRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, Registry().IsMatch(line));

    [Theory]
    [InlineData("/ro" + "ot/.nuget/packages", true)]
    [InlineData("file:///home/alice/src", true)]
    [InlineData("path = \"/wo" + "rk/wt/x\"", true)]
    [InlineData("C:\\Users\\alice\\x", true)]
    [InlineData("/Users/alice/x", true)]
    [InlineData("../../src/KohakuRiver.Auth", false)]
    [InlineData("/api/auth/users/{id}", false)]
    [InlineData("docs/root/x", false)]
    public void MachineRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, MachinePath().IsMatch(line));

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable\b(?!.*//\s*\S)", RegexOptions.None, 60_000)]
    private static partial Regex SilentPragma();

    [GeneratedRegex(@"\[(assembly: |module: )?SuppressMessage\((?!.*Justification = ""[^""]+"")", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex SilentSuppression();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"https?://[^\s""'<>]*(nuget|npmjs|pypi|artifactory|jfrog|nexus|goproxy|/repository/|crates\.io|pkgs\.dev)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 60_000)]
    private static partial Regex Registry();

    [GeneratedRegex(@"(?<![\w.}])(/root/|/work/|/home/\w+/|/Users/\w+/)|[A-Za-z]:\\Users\\", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex MachinePath();
}

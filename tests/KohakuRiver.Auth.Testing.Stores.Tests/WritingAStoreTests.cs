using System.Text.RegularExpressions;
using KohakuRiver.Tests.Packing;

namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>
/// <c>docs/writing-a-store.md</c> as an author follows it: the project file and the code are taken from the document, the stores are those
/// of the example, the libraries are packages.
/// </summary>
public sealed partial class WritingAStoreTests(WritingAStoreTests.Packages packages) : IClassFixture<WritingAStoreTests.Packages>
{
    private const string ProjectFile = "SqlStore.Tests.csproj";

    private static readonly string Document = File.ReadAllText(Path.Combine(LocalFeed.Root, "docs", "writing-a-store.md"));

    private static readonly string ReleasedVersion = Regex.Match(
        File.ReadAllText(Path.Combine(LocalFeed.Root, "Directory.Build.props")),
        "<VersionPrefix>(?<version>.*?)</VersionPrefix>",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)).Groups["version"].Value;

    [Fact]
    public async Task Project_AsPrinted_RunsTheSuiteAndFailsForABrokenStore()
    {
        var project = Folder("printed");
        var sound = await packages.Feed.RunDotnetAsync(project, ["test", "--logger", "console;verbosity=normal"]);
        sound.Expect(0);
        Assert.Matches(@"Total tests: [1-9][0-9]{2,}", sound.Output);
        Assert.Matches(@"Passed SqlStore\.Tests\.SqlStoreTests\.Case|Passed Faults\.Registration_FailingAtAnyPoint_IsAbsent", sound.Output);
        Assert.Contains("Suite_OfThisProject_IsDerivedWhereTheRunnerFindsIt", sound.Output, StringComparison.Ordinal);

        var broken = await packages.Feed.RunDotnetAsync(
            project, ["test", "--no-build", "--filter", "Subject=Throttle"], ("BREAK_A_VERB", "1"));
        broken.Expect(1);
        Assert.Contains("Throttle.Take_UpToTheLimit_PassesAndThenCountsNothing [FAIL]", broken.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xunit.v3.mtp-off", "error KRA0001: Nothing would run the cases of KohakuRiver.Auth.Testing.Stores in SqlStore.Tests")]
    [InlineData("OutputType, and Microsoft.NET.Test.Sdk", "error KRA0002: dotnet test would pass over SqlStore.Tests and end with 0")]
    [InlineData("Microsoft.NET.Test.Sdk", "error KRA0002: dotnet test would pass over SqlStore.Tests and end with 0")]
    [InlineData("xunit.runner.visualstudio", "No test is available in")]
    [InlineData(
        "xunit.v3.mtp-off, and xunit.runner.visualstudio, and Microsoft.NET.Test.Sdk",
        "error KRA0001: Nothing would run the cases")]
    public async Task Project_WithoutAPartOfIt_FailsAndSaysWhatIsMissing(string parts, string message)
    {
        var project = Folder("without " + parts);
        var file = Path.Combine(project.FullName, ProjectFile);
        var lines = File.ReadAllLines(file);
        var kept = lines.Where(l => !parts.Split(", and ").Any(p => l.Contains($"<{p}>", StringComparison.Ordinal)
            || l.Contains($"Include=\"{p}\"", StringComparison.Ordinal))).ToList();
        Assert.Equal(lines.Length - parts.Split(", and ").Length, kept.Count);
        File.WriteAllLines(file, kept);

        var run = await packages.Feed.RunDotnetAsync(project, ["test"]);

        run.Expect(1);
        Assert.Contains(message, run.Output, StringComparison.Ordinal);
    }

    /// <summary>An author who refers to the suite and stops there, or hides it from the runner.</summary>
    [Fact]
    public async Task Project_WhoseSuiteNobodyRuns_FailsAndNamesIt()
    {
        var project = Folder("underived");
        foreach (var code in project.EnumerateFiles("*.cs", SearchOption.TopDirectoryOnly).Where(f => f.Name != "Fault.cs"))
        {
            code.Delete();
        }

        await File.WriteAllTextAsync(Path.Combine(project.FullName, "OtherTests.cs"), """
            public sealed class OtherTests
            {
                [Xunit.Fact]
                public void Nothing_OfTheSuite_Passes()
                {
                }
            }
            """);
        var none = await packages.Feed.RunDotnetAsync(project, ["test"]);
        none.Expect(1);
        Assert.Contains("No class of SqlStore.Tests derives from StoreSuite, so none of its", none.Output, StringComparison.Ordinal);
        Assert.Contains("Faults", none.Output, StringComparison.Ordinal);
        Assert.Contains("Failed:     1, Passed:     1", none.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(project.FullName, "HiddenTests.cs"), """
            using KohakuRiver.Auth.Stores;
            using KohakuRiver.Auth.Testing.Stores;

            internal sealed class HiddenTests : StoreSuite
            {
                protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken) =>
                    throw new NotSupportedException();
            }
            """);
        var hidden = await packages.Feed.RunDotnetAsync(project, ["test"]);
        hidden.Expect(1);
        Assert.Contains("no case runs for HiddenTests.", hidden.Output, StringComparison.Ordinal);
    }

    /// <summary>A suite whose author gave no way to make the database fail: the cases about that are there, and fail.</summary>
    [Fact]
    public async Task Project_WhoseSuiteImplementsTheRequiredSeamOnly_FailsTheCasesAboutFaults()
    {
        var project = Folder("half");
        var suite = Path.Combine(project.FullName, "SqlStoreTests.cs");
        var lines = File.ReadAllLines(suite);
        File.WriteAllLines(suite, lines.Where(l => !l.Contains("override IDisposable FailAfter", StringComparison.Ordinal)));

        var run = await packages.Feed.RunDotnetAsync(project, ["test", "--filter", "Subject=Faults"]);

        run.Expect(1);
        Assert.Contains("Faults.Registration_FailingAtAnyPoint_IsAbsent [FAIL]", run.Output, StringComparison.Ordinal);
        Assert.Contains("SqlStoreTests does not implement how its database can be made to fail", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_ThatSharesASuite_BuildsWithoutARunner()
    {
        var project = Folder("library");
        var file = Path.Combine(project.FullName, ProjectFile);
        File.WriteAllText(
            file,
            File.ReadAllText(file)
                .Replace("<OutputType>Exe</OutputType>", "<IsTestProject>false</IsTestProject>", StringComparison.Ordinal));
        File.WriteAllLines(
            file,
            File.ReadAllLines(file).Where(l => !l.Contains("\"xunit", StringComparison.Ordinal)
                && !l.Contains("\"Microsoft.NET.Test.Sdk", StringComparison.Ordinal)));

        (await packages.Feed.RunDotnetAsync(project, ["build"])).Expect(0);
    }

    /// <summary>A folder with what the document prints, and the stores of the example.</summary>
    private DirectoryInfo Folder(string name)
    {
        var folder = packages.Feed.CreateFolder(name);
        var file = Printed(ProjectMark().Match(Document));
        Assert.Equal(ProjectFile, file.Name);
        var released = $"\"KohakuRiver.Auth.Testing.Stores\" Version=\"{ReleasedVersion}\"";
        Assert.Contains(released, file.Text, StringComparison.Ordinal);
        Write(
            file.Name,
            file.Text.Replace(
                released, $"\"KohakuRiver.Auth.Testing.Stores\" Version=\"{packages.Feed.Version}\"", StringComparison.Ordinal));
        var printed = SnippetMark().Matches(Document).Select(Printed).ToList();
        Assert.Equal(
            ["BrokenStoreSet.cs", "UnguardedThrottleStore.cs", "SqlStoreTests.cs", "Fault.cs", "Parallel.cs"], printed.Select(p => p.Name));
        printed.ForEach(p => Write(p.Name, p.Text));
        foreach (var store in Directory.EnumerateFiles(Path.Combine(LocalFeed.Root, "samples", "SqlStore"), "*.cs"))
        {
            File.Copy(store, Path.Combine(folder.CreateSubdirectory("Stores").FullName, Path.GetFileName(store)));
        }

        return folder;

        static (string Name, string Text) Printed(Match match) => (match.Groups["name"].Value, match.Groups["text"].Value);

        void Write(string path, string text) => File.WriteAllText(Path.Combine(folder.FullName, path), text);
    }

    [GeneratedRegex(
        "<!-- file: (?<name>[^ ]+) -->\n```xml\n(?<text>.*?)```\n", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProjectMark();

    [GeneratedRegex(
        "<!-- snippet: samples/consumers/StoreSuite/(?<name>[^ #]+)#[^ ]+ -->\n```csharp\n(?<text>.*?)```\n",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex SnippetMark();

    /// <summary>The packages that the suite consists of, packed once.</summary>
    public sealed class Packages : IAsyncLifetime
    {
        private LocalFeed? feed;

        internal LocalFeed Feed => feed!;

        public async ValueTask InitializeAsync() => feed = await LocalFeed.PackAsync(
            "KohakuRiver.Auth", "KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth.Testing", "KohakuRiver.Auth.Testing.Stores");

        public ValueTask DisposeAsync()
        {
            feed?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

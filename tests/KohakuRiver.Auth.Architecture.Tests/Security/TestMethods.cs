using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>A test as its source shows it.</summary>
/// <param name="File">Where it stands.</param>
/// <param name="Name">The name of its method.</param>
/// <param name="Rows">The rows about security that it shows, by its attributes.</param>
internal sealed record TestMethod(string File, string Name, IReadOnlyList<string> Rows);

/// <summary>All tests of the repository, read from the sources, so that no test project needs to be loaded.</summary>
internal static partial class TestMethods
{
    /// <summary>Also the suite for stores, whose cases run in the test project of every store.</summary>
    private static readonly string[] Folders = ["tests", "src/KohakuRiver.Auth.Testing.Stores"];

    internal static IReadOnlyList<TestMethod> ReadAll() =>
    [
        .. from folder in Folders
           from file in Repository.CSharp(folder)
           from test in In(File.ReadAllText(file))
           select new TestMethod(Repository.Show(file), test.Name, test.Rows),
    ];

    /// <summary>The tests in a source text with the rows they show; those switched off by a fixed <c>Skip</c> are none.</summary>
    internal static IEnumerable<(string Name, IReadOnlyList<string> Rows)> In(string source) =>
        from match in Method().Matches(source)
        let attributes = match.Groups["attributes"].Value
        let name = match.Groups["name"].Value
        where !FixedSkip().IsMatch(attributes)
        select (name, (IReadOnlyList<string>)[.. OfAttributes(attributes)]);

    private static IEnumerable<string> OfAttributes(string attributes) =>
        Requirements().Matches(attributes).SelectMany(m => m.Groups["row"].Captures).Select(c => c.Value);

    [GeneratedRegex(
        @"^[ \t]*\[(\w*(Fact|Theory)|Case(Rows)?)\b(?<attributes>[^\n]*\n([ \t]*((\[|//)[^\n]*)?\n)*)"
            + @"[ \t]*public (virtual |static |async )*(void|Task|ValueTask) (?<name>\w+)\(",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 60_000)]
    private static partial Regex Method();

    // A trait names one row, the attribute of the suite for stores any number.
    [GeneratedRegex(@"\b(Trait\(""Requirement"", |Requirement\()(""(?<row>[^""\n]+)""(, )?)+\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Requirements();

    [GeneratedRegex(@"\bSkip\s*=", RegexOptions.None, 60_000)]
    private static partial Regex FixedSkip();
}

using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>A test as its source shows it.</summary>
internal sealed record TestMethod(string File, string Name)
{
    internal IReadOnlyList<string> Rows { get; } = SecurityRow.OfName(Name);
}

/// <summary>All tests of the repository, read from the sources, so that no test project needs to be loaded.</summary>
internal static partial class TestMethods
{
    /// <summary>Also the conformance suite, whose facts run in the test project of every store.</summary>
    private static readonly string[] Folders = ["tests", "src/KohakuRiver.Auth.Testing.Stores"];

    internal static IReadOnlyList<TestMethod> ReadAll() =>
    [
        .. from folder in Folders
           from file in Repository.CSharp(folder)
           from name in NamesIn(File.ReadAllText(file))
           select new TestMethod(Repository.Show(file), name),
    ];

    /// <summary>The tests in a source text; those switched off by a fixed <c>Skip</c> are none.</summary>
    internal static IEnumerable<string> NamesIn(string source) =>
        from match in Method().Matches(source)
        where !FixedSkip().IsMatch(match.Groups["attributes"].Value)
        select match.Groups["name"].Value;

    [GeneratedRegex(@"^[ \t]*\[\w*(Fact|Theory)\b(?<attributes>[^\n]*\n([ \t]*((\[|//)[^\n]*)?\n)*)[ \t]*public (virtual |static |async )*(void|Task|ValueTask) (?<name>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 60_000)]
    private static partial Regex Method();

    [GeneratedRegex(@"\bSkip\s*=", RegexOptions.None, 60_000)]
    private static partial Regex FixedSkip();
}

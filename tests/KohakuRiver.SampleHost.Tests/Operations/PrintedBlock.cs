using System.Text.RegularExpressions;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>
/// A block of a document for operators. A comment before it says how it is tested: <c>&lt;!-- run: NAME --&gt;</c>, with the test that has
/// the trait <see cref="Trait"/> with that name, or <c>&lt;!-- not run: REASON --&gt;</c>. C# is compiled and has a comment of its own.
/// </summary>
/// <param name="Language">What its fence says.</param>
/// <param name="Comment">The comment's kind: <c>run</c>, <c>not run</c> or <c>snippet</c>; empty without one.</param>
/// <param name="Name">What follows the kind.</param>
/// <param name="Code">The lines between the fences.</param>
internal sealed partial record PrintedBlock(string Language, string Comment, string Name, string Code)
{
    /// <summary>The trait of a test that runs a block: its value is the block's name.</summary>
    internal const string Trait = "Printed";

    /// <summary>The documents whose blocks are run.</summary>
    internal static IReadOnlyList<string> Documents { get; } = ["docs/operations.md", "docs/observability.md"];

    /// <summary>The block of this name in one of the documents.</summary>
    internal static PrintedBlock Get(string name) =>
        Documents.SelectMany(d => In(ReadDocument(d))).Single(b => b.Comment == "run" && b.Name == name);

    /// <summary>The text of a document.</summary>
    internal static string ReadDocument(string document) => File.ReadAllText(Path.Combine(HostProcess.Root, document));

    /// <summary>The blocks of a document, from the first to the last.</summary>
    internal static IEnumerable<PrintedBlock> In(string document) => Blocks().Matches(document).Select(m => new PrintedBlock(
        m.Groups["language"].Value, m.Groups["comment"].Value, m.Groups["name"].Value, m.Groups["code"].Value));

    /// <summary>The commands that a document shows outside of its blocks, where no test finds them.</summary>
    internal static IEnumerable<string> CommandsOutsideOfBlocks(string document) =>
        InlineCommands().Matches(Blocks().Replace(document, "")).Select(m => m.Value);

    /// <summary>The lines, with what is particular to a machine replaced; what is to be replaced has to be there.</summary>
    internal string With(params IEnumerable<(string Printed, string Here)> replaced)
    {
        var code = Code;
        foreach (var (printed, here) in replaced)
        {
            Assert.Contains(printed, code, StringComparison.Ordinal);
            code = code.Replace(printed, here, StringComparison.Ordinal);
        }

        return code;
    }

    [GeneratedRegex(
        @"(?:^<!-- (?<comment>run|not run|snippet): (?<name>[^\n]+) -->\n)?^```(?<language>\w*)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Blocks();

    [GeneratedRegex(
        @"`(?:(?:sudo|sqlite3|psql|pg_dump|pg_dumpall|pg_restore|createdb|dropdb|cp|mv|rm|install|systemctl|nginx|openssl|curl"
        + @"|kohakuriver|dotnet-counters monitor|dotnet tool|dotnet run) -?\w"
        + @"|(?:UPDATE|DELETE|INSERT|GRANT|REVOKE|CREATE|ALTER|DROP|VACUUM) \w)"
        + @"[^`]*`",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex InlineCommands();
}

using System.Text.Json;

namespace KohakuRiver.Cli.Tests.Support;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Errors)
{
    private const string Start = "error: ";

    /// <summary>The error it ended with, also where that is JSON; fails the test unless it is one line.</summary>
    internal string Error
    {
        get
        {
            var line = ErrorLine;
            return line.StartsWith(Start, StringComparison.Ordinal)
                ? line[Start.Length..]
                : JsonDocument.Parse(line).RootElement.GetProperty("detail").GetString()!;
        }
    }

    /// <summary>The line with it.</summary>
    internal string ErrorLine
    {
        get
        {
            var lines = Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsError).ToList();
            Assert.True(lines.Count == 1, ToString());
            return lines[0];
        }
    }

    private static bool IsError(string line) =>
        line.StartsWith(Start, StringComparison.Ordinal) || line.StartsWith("{\"error\":", StringComparison.Ordinal);

    internal CliRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}: {this}");
        return this;
    }
}

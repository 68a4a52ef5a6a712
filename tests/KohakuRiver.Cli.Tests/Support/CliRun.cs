namespace KohakuRiver.Cli.Tests.Support;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The error it ended with; fails the test unless it is one line.</summary>
    internal string Error
    {
        get
        {
            var lines = Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(l => l.StartsWith("error: ", StringComparison.Ordinal))
                .ToList();
            Assert.True(lines.Count == 1, ToString());
            return lines[0]["error: ".Length..];
        }
    }

    internal CliRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}: {this}");
        return this;
    }
}

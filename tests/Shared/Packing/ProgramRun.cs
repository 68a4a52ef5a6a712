namespace KohakuRiver.Tests.Packing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, the errors last.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>Fails with the output when it ended otherwise.</summary>
    internal ProgramRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}:\n{Output}");
        return this;
    }
}

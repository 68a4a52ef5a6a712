namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver version</c>, which is <c>--version</c> for those who look for a command.</summary>
internal static class VersionCommand
{
    internal static CliCommand Build() => new CliCommand("version", "Show the version of this program.", "kohakuriver version")
        .Does((run, _) =>
    {
        run.Output.Value(new VersionShown(ApiClient.Version), () => run.Output.Line(ApiClient.Version));
        return Task.CompletedTask;
    });

    /// <param name="Version">The version.</param>
    private sealed record VersionShown(string Version);
}

namespace KohakuRiver.SampleHost;

/// <summary>One process to run.</summary>
/// <param name="Executable">An absolute path of <see cref="ExecutableList"/>.</param>
/// <param name="Arguments">Passed one by one, never through a shell.</param>
/// <param name="Environment">All it gets to see, beside a search path, a home and a language.</param>
/// <param name="TimeLimit">It is stopped after this.</param>
/// <param name="OutputLimit">Bytes kept of each output stream.</param>
internal sealed record RunRequest(
    string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, TimeSpan TimeLimit, int OutputLimit);

namespace KohakuRiver.SampleHost;

/// <summary>What became of a process.</summary>
internal sealed record RunResult(RunEnd End, int? ExitCode, string Stdout, string Stderr);

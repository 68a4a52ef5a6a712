namespace KohakuRiver.SampleHost;

internal sealed record ExecBody(int? ExitCode, string Stdout, string Stderr);

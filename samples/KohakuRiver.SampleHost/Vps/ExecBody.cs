namespace KohakuRiver.SampleHost.Vps;

internal sealed record ExecBody(int? ExitCode, string Stdout, string Stderr);

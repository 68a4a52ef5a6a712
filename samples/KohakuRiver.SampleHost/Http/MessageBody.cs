namespace KohakuRiver.SampleHost;

internal sealed record MessageBody(string Message);

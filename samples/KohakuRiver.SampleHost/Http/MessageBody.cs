namespace KohakuRiver.SampleHost.Http;

internal sealed record MessageBody(string Message);

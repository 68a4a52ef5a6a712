namespace KohakuRiver.SampleHost;

internal sealed record SubmitBody(string Message, IReadOnlyList<string> TaskIds, string Status);

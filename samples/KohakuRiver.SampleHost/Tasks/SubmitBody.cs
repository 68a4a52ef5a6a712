namespace KohakuRiver.SampleHost.Tasks;

internal sealed record SubmitBody(string Message, IReadOnlyList<string> TaskIds, string Status);

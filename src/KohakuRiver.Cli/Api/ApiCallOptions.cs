namespace KohakuRiver.Cli;

/// <summary>How calls are made.</summary>
/// <param name="Timeout">For one call with its answer.</param>
/// <param name="Clock">For time-outs and pauses.</param>
/// <param name="Note">Is told what is worth a line while one waits.</param>
internal sealed record ApiCallOptions(TimeSpan Timeout, TimeProvider Clock, Action<string> Note);

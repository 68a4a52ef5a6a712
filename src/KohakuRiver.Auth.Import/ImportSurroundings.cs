namespace KohakuRiver.Auth.Import;

/// <summary>What an import needs to know of the host, as far as its options ask for it.</summary>
/// <param name="KnownVps">The instances whose assignments are imported; null = all.</param>
/// <param name="Tasks">Where the history of tasks goes; null = nowhere.</param>
internal sealed record ImportSurroundings(IReadOnlySet<string>? KnownVps = null, IImportedTaskStore? Tasks = null);

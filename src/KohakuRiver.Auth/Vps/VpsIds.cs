namespace KohakuRiver.Auth;

/// <summary>The instances somebody may use.</summary>
/// <param name="Ids">Ordinal order, each once.</param>
public sealed record VpsIds(IReadOnlyList<string> Ids);

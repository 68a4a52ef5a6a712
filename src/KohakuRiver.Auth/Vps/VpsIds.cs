namespace KohakuRiver.Auth;

/// <summary>The instances a user may use.</summary>
/// <param name="Ids">Their ids in ordinal order, each once.</param>
public sealed record VpsIds(IReadOnlyList<string> Ids);

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: refusals in addition to those that every endpoint of its kind may give.</summary>
internal sealed record RefusalStatuses(IReadOnlyList<int> Statuses);

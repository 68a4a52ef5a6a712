namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: refusals beside those that every endpoint of its kind may give.</summary>
internal sealed record RefusalStatuses(IReadOnlyList<int> Statuses);

namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Instances">Instances with whom they are given to; null where the host has no directory.</param>
internal sealed record VpsListModel(IReadOnlyList<(VpsInfo Vps, IReadOnlyList<VpsAssignment> Access)>? Instances);

internal sealed record VpsModel(
    VpsInfo Vps, IReadOnlyList<VpsAssignment> Access, IReadOnlyList<Group> Groups, string? Search, IReadOnlyList<UserDetails>? Found);

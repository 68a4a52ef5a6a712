using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The host's names of VPS instances.</summary>
internal static class VpsNames
{
    /// <summary>Shown as the state of an instance that the host does not have.</summary>
    internal const string Unknown = "unknown to this host";

    /// <summary>What the host says about these instances; of those it does not know, and without a directory, the id alone.</summary>
    internal static async Task<IReadOnlyList<VpsInfo>> FindAsync(PanelContext panel, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        return Describe(await AllAsync(panel), ids);
    }

    /// <summary>The same from what was asked already.</summary>
    /// <param name="all">All instances; null where the host has no directory.</param>
    /// <param name="ids">Those that are wanted.</param>
    internal static IReadOnlyList<VpsInfo> Describe(IReadOnlyList<VpsInfo>? all, IReadOnlyList<string> ids)
    {
        var known = (all ?? []).ToDictionary(v => v.VpsId, StringComparer.Ordinal);
        return [.. ids.Select(id => known.GetValueOrDefault(id) ?? new VpsInfo(id, id, Status: all is null ? null : Unknown))];
    }

    /// <summary>All instances; null where the host has no directory.</summary>
    internal static async Task<IReadOnlyList<VpsInfo>?> AllAsync(PanelContext panel) =>
        panel.Http.RequestServices.GetService<IVpsDirectory>() is { } directory ? await directory.ListAsync(panel.Ct) : null;
}

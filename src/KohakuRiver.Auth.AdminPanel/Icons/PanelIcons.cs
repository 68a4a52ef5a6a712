namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The panel's icons: lines on a square of 16, drawn for it. Each page holds them once and uses them by name.</summary>
internal static class PanelIcons
{
    /// <summary>What each name draws.</summary>
    internal static IReadOnlyDictionary<string, string> Paths { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["approvals"] = "M14 8a6 6 0 1 1-3.2-5.3M5.5 7.5 8 10l6-6.5",
        ["audit"] = "M3.5 2h7L13 4.5V14H3.5zM6 6h4M6 8.5h4M6 11h2.5",
        ["back"] = "M13.5 8h-11M6.5 4l-4 4 4 4",
        ["check"] = "m3 8.5 3.5 3.5L13 4.5",
        ["copy"] = "M5.5 5.5h8v8h-8zM10.5 3v-.5h-8v8H3",
        ["download"] = "M8 2v7.5M4.5 6.5 8 10l3.5-3.5M2.5 13.5h11",
        ["groups"] = "M8 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M4.5 13c0-2.5 1.5-3.5 3.5-3.5s3.5 1 3.5 3.5M2.8 8.8a1.5 1.5 0 1 1 0-3"
            + "M1 12.5c0-1 .3-1.8 1-2.3M13.2 8.8a1.5 1.5 0 1 0 0-3M15 12.5c0-1-.3-1.8-1-2.3",
        ["invitations"] = "M2 3.5h12v9H2zM2 4l6 5 6-5",
        ["key"] = "M6 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8.2 7.8 13.5 2.5M11 5l2 2",
        ["link"] = "M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3 3 0 0 1 3 8.5L4.5 7",
        ["log-out"] = "M6.5 2.5H3v11h3.5M7 8h6.5M10.5 5l3 3-3 3",
        ["menu"] = "M2.5 4h11M2.5 8h11M2.5 12h11",
        ["moon"] = "M13.5 9.5A6 6 0 1 1 6.5 2.5a5 5 0 0 0 7 7z",
        ["nodes"] = "M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.75h.01M5 11.25h.01M8 4.75h3M8 11.25h3",
        ["overview"] = "M2.5 2.5h4.5v6H2.5zM9 2.5h4.5v3H9zM9 7.5h4.5v6H9zM2.5 10.5h4.5v3H2.5z",
        ["page"] = "M3.5 2h6L12.5 5v9h-9zM9.5 2v3h3",
        ["plus"] = "M8 3v10M3 8h10",
        ["search"] = "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.5 10.5 14 14",
        ["settings"] = "M2 4.5h5M11 4.5h3M9 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M2 11.5h2M8 11.5h6M6 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
        ["sun"] = "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 1v1.2M8 13.8V15M1 8h1.2M13.8 8H15M3 3l.9.9M12.1 12.1l.9.9M3 13l.9-.9M12.1 3.9 13 3",
        ["system"] = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 2v12M8 5h2.5M8 8h3.5M8 11h2.5",
        ["tasks"] = "M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10H11",
        ["trash"] = "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
        ["users"] = "M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 13.5C3 11 5 9.5 8 9.5s5 1.5 5 4",
        ["vps"] = "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
        ["warning"] = "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.75h.01",
    };
}

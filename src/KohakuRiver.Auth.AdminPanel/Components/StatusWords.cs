namespace KohakuRiver.Auth.AdminPanel;

/// <summary>States in words, and how they look. A host's own states are shown as it calls them, unless its resources know better.</summary>
internal static class StatusWords
{
    private const string Waits = "wait";
    private const string IsGood = "good";
    private const string IsBad = "bad";
    private const string Calm = "calm";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        // Tasks and their approvals.
        ["pending_approval"] = Waits,
        ["pending"] = Waits,
        ["assigning"] = Waits,
        ["paused"] = Waits,
        ["approved"] = IsGood,
        ["running"] = IsGood,
        ["completed"] = IsGood,
        ["rejected"] = IsBad,
        ["failed"] = IsBad,
        ["killed"] = IsBad,
        ["killed_oom"] = IsBad,
        ["lost"] = IsBad,
        ["stopped"] = Calm,
        ["withdrawn"] = Calm,

        // Nodes and VPS instances.
        ["online"] = IsGood,
        ["offline"] = IsBad,
        [VpsNames.Unknown] = Calm,

        // Accounts, tokens, invitations.
        ["active"] = IsGood,
        ["disabled"] = IsBad,
        ["locked"] = Waits,
        ["must_change_password"] = Waits,
        ["open"] = IsGood,
        ["used up"] = Calm,
        ["expired"] = Calm,

        // Entries of the audit log.
        ["success"] = IsGood,
        ["failure"] = IsBad,
        ["refused"] = IsBad,
    };

    /// <summary>The English words for those that the library knows.</summary>
    internal static IEnumerable<string> All => Kinds.Keys.Select(Words);

    /// <summary>How it looks: the class of its mark without the beginning.</summary>
    internal static string KindOf(string status) => Kinds.GetValueOrDefault(status, Calm);

    /// <summary>A state in words.</summary>
    internal static string Say(PanelTexts texts, string status) => texts[Words(status)];

    private static string Words(string status) => status.Replace('_', ' ');
}

namespace KohakuRiver.Auth;

/// <summary>Which tasks are wanted; newest first. All conditions hold together.</summary>
public sealed record TaskListQuery
{
    /// <summary>Only those in this state, in the host's words; null for all.</summary>
    public string? Status { get; init; }

    /// <summary>Only those on this node; null for all.</summary>
    public string? Node { get; init; }

    /// <summary>Only those of this submitter; null for all.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The page. The cursor is one the host made; its order is the host's choice.</summary>
    public required PageRequest Page { get; init; }
}

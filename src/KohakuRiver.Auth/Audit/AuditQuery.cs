namespace KohakuRiver.Auth;

/// <summary>Which audit entries are wanted; newest first. All conditions hold together; text compares regardless of case.</summary>
public sealed record AuditQuery
{
    /// <summary>The acting user's whole name.</summary>
    public string? Actor { get; init; }

    /// <summary>The whole action, or its beginning up to a dot (<c>user</c> finds <c>user.create</c>).</summary>
    public string? Action { get; init; }

    /// <summary>The whole name or id of the target.</summary>
    public string? Target { get; init; }

    /// <summary>Only this outcome.</summary>
    public AuditOutcome? Outcome { get; init; }

    /// <summary>At or after, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The page; ignored when streaming.</summary>
    public PageRequest Page { get; init; } = new(100);
}

namespace KohakuRiver.Auth;

/// <summary>Selects audit entries, newest first. All conditions must hold; text is compared regardless of case.</summary>
public sealed record AuditQuery
{
    /// <summary>The acting user's full name.</summary>
    public string? Actor { get; init; }

    /// <summary>The full action, or its beginning up to a dot (<c>user</c> finds <c>user.create</c>).</summary>
    public string? Action { get; init; }

    /// <summary>The full name or id of the target.</summary>
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

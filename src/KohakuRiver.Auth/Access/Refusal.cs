namespace KohakuRiver.Auth;

/// <summary>Why something was refused: a value, not an exception.</summary>
public sealed record Refusal
{
    /// <summary>Creates a refusal.</summary>
    public Refusal(RefusalKind kind, string message)
    {
        Kind = kind;
        Message = message;
    }

    /// <summary>What sort of refusal it is.</summary>
    public RefusalKind Kind { get; }

    /// <summary>One readable sentence for the caller; holds no secret.</summary>
    public string Message { get; }

    /// <summary>
    /// Field → messages; null unless the fault lies in fields. A field is named like the property of the command, or like the parameter
    /// with a capital: <c>DisplayName</c>, <c>CurrentPassword</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>One lower-case word by which a client may act, next to the sentence; null for most refusals.</summary>
    public string? Reason { get; init; }

    /// <summary>The name the account has now; null unless <see cref="Reason"/> is <see cref="Refusals.RenamedReason"/>.</summary>
    public string? Username { get; init; }

    /// <summary>When to try again; null where trying again does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A fault in one field, named as in <see cref="Errors"/>.</summary>
    public static Refusal Field(string field, string message) => new(RefusalKind.Invalid, message)
    {
        Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] },
    };
}

namespace KohakuRiver.Auth;

/// <summary>Why something was refused: a value, not an exception. Two are equal when they say the same.</summary>
public sealed record Refusal
{
    /// <summary>Creates a refusal.</summary>
    public Refusal(RefusalKind kind, string message)
    {
        Kind = kind;
        Message = message;
    }

    /// <summary>Creates a refusal whose sentence has values in it, so that <see cref="TextOf"/> knows how it was composed.</summary>
    public Refusal(RefusalKind kind, RefusalText text)
        : this(kind, (text ?? throw new ArgumentNullException(nameof(text))).ToString())
    {
        Composed = [text];
    }

    /// <summary>What sort of refusal it is.</summary>
    public RefusalKind Kind { get; }

    /// <summary>One readable sentence for the caller, in English; holds no secret.</summary>
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

    /// <summary>The sentences with values in them, of the message and of the fields.</summary>
    internal IReadOnlyList<RefusalText> Composed { get; init; } = [];

    /// <summary>
    /// How a message of this refusal was composed, for whoever says it in another language. The message of several faults of fields is
    /// all of theirs in a row: say theirs instead.
    /// </summary>
    /// <param name="message"><see cref="Message"/>, or one of <see cref="Errors"/>.</param>
    /// <returns>The template and its values; a message that was written as it is, is a template without any.</returns>
    public RefusalText TextOf(string message) =>
        Composed.FirstOrDefault(t => t.ToString() == message) ?? new RefusalText(message);

    /// <summary>A fault in one field, named as in <see cref="Errors"/>.</summary>
    public static Refusal Field(string field, string message) => new(RefusalKind.Invalid, message) { Errors = Only(field, message) };

    /// <summary>A fault in one field whose sentence has values in it.</summary>
    public static Refusal Field(string field, RefusalText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Refusal(RefusalKind.Invalid, text) { Errors = Only(field, text.ToString()) };
    }

    /// <inheritdoc />
    public bool Equals(Refusal? other) =>
        other is not null && Kind == other.Kind && Message == other.Message && Equals(Errors, other.Errors) && Reason == other.Reason
        && Username == other.Username && RetryAfter == other.RetryAfter;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, Message, Errors, Reason, Username, RetryAfter);

    private static Dictionary<string, string[]> Only(string field, string message) => new(StringComparer.Ordinal) { [field] = [message] };
}

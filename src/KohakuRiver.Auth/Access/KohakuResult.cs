using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>
/// The result of a service call without a value: done, or a refusal. An outage or a bug is an exception instead
/// (<see cref="StoreUnavailableException"/>).
/// </summary>
public sealed record KohakuResult
{
    private KohakuResult(Refusal? refusal) => Refusal = refusal;

    /// <summary>It is done.</summary>
    public static KohakuResult Success { get; } = new(null);

    /// <summary>The refusal; null when it succeeded.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True when it is done.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsSuccess => Refusal is null;

    /// <summary>A refusal.</summary>
    public static KohakuResult Refused(Refusal refusal) => new(refusal);

    /// <summary>A refusal.</summary>
    public static implicit operator KohakuResult(Refusal refusal) => Refused(refusal);

    /// <summary>Nothing, when it is done.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message is the refusal's.</exception>
    public void Require()
    {
        if (!IsSuccess)
        {
            throw new InvalidOperationException(Refusal.Message);
        }
    }
}

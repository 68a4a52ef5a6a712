using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>
/// The result of a service call: a value, or a refusal. An outage or a bug is an exception instead
/// (<see cref="StoreUnavailableException"/>).
/// </summary>
/// <typeparam name="T">The value.</typeparam>
public sealed record KohakuResult<T>
    where T : notnull
{
    private KohakuResult(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The value; default when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when it succeeded.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsSuccess => Refusal is null;

    /// <summary>A success.</summary>
    public static KohakuResult<T> Success(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static KohakuResult<T> Refused(Refusal refusal) => new(default, refusal);

    /// <summary>A success.</summary>
    public static implicit operator KohakuResult<T>(T value) => Success(value);

    /// <summary>A refusal.</summary>
    public static implicit operator KohakuResult<T>(Refusal refusal) => Refused(refusal);

    /// <summary>The same without its value.</summary>
    public static implicit operator KohakuResult(KohakuResult<T> result) =>
        result.IsSuccess ? KohakuResult.Success : KohakuResult.Refused(result.Refusal);

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message is the refusal's.</exception>
    public T Require() => IsSuccess ? Value : throw new InvalidOperationException(Refusal.Message);
}

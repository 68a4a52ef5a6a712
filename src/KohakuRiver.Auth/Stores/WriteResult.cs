using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth.Stores;

/// <summary>The status of a contested write and, where it was done, its result.</summary>
/// <typeparam name="T">What the write yields.</typeparam>
public readonly record struct WriteResult<T>
    where T : class
{
    private WriteResult(WriteStatus status, T? value)
    {
        Status = status;
        Value = value;
    }

    /// <summary>How it ended.</summary>
    public WriteStatus Status { get; }

    /// <summary>The result; null exactly when it was not done.</summary>
    public T? Value { get; }

    /// <summary>True when it was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsDone => Status == WriteStatus.Done;

    /// <summary>Done, yielding <paramref name="value"/>.</summary>
    public static WriteResult<T> Done(T value) => new(WriteStatus.Done, value);

    /// <summary>Not done.</summary>
    /// <exception cref="ArgumentException">The status is <see cref="WriteStatus.Done"/>.</exception>
    public static WriteResult<T> Lost(WriteStatus status) => status == WriteStatus.Done
        ? throw new ArgumentException("A write that was done has a value.", nameof(status))
        : new WriteResult<T>(status, null);
}

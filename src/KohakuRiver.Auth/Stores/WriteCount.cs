namespace KohakuRiver.Auth.Stores;

/// <summary>How a write over any number of rows ended, and how many it changed.</summary>
/// <param name="Status"><see cref="WriteStatus.Done"/>, even for no row at all, unless the actor is gone.</param>
/// <param name="Count">The number of rows; 0 when it was not done.</param>
public readonly record struct WriteCount(WriteStatus Status, int Count)
{
    /// <summary>Done, with this many rows.</summary>
    public static WriteCount Done(int count) => new(WriteStatus.Done, count);
}

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Pseudo-random numbers that are the same for the same seed on every machine and version (SplitMix64).</summary>
internal sealed class SeededSequence(int seed)
{
    private ulong state = (ulong)(uint)seed;

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }

    /// <summary>True once in <paramref name="times"/> times on average.</summary>
    public bool OneIn(int times) => Next(times) == 0;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}

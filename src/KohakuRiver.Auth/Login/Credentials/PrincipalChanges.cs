using System.Runtime.InteropServices;

namespace KohakuRiver.Auth.Stores;

/// <summary>The result of one read of an <see cref="IChangeEpoch"/>.</summary>
/// <param name="Epoch">The epoch as of the read; never negative.</param>
/// <param name="Touched">
/// The users touched by changes after the epoch requested; possibly more than necessary. Null when this is
/// no longer known: then everything resolved before is invalid.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PrincipalChanges(long Epoch, IReadOnlyList<PrincipalChange>? Touched)
{
    /// <summary>Nothing has changed since <paramref name="epoch"/>.</summary>
    public static PrincipalChanges None(long epoch) => new(epoch, []);

    /// <summary>Anything may have changed up to <paramref name="epoch"/>.</summary>
    public static PrincipalChanges Unknown(long epoch) => new(epoch, Touched: null);
}

using System.Runtime.InteropServices;

namespace KohakuRiver.Auth.Stores;

/// <summary>What one read of an <see cref="IChangeEpoch"/> gives.</summary>
/// <param name="Epoch">The epoch as of the read; never negative.</param>
/// <param name="Touched">
/// The users touched by changes after the epoch that was asked for; more may be named than needed. Null when nobody can
/// say any more: then everything resolved before is void.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PrincipalChanges(long Epoch, IReadOnlyList<PrincipalChange>? Touched)
{
    /// <summary>Nothing has changed since <paramref name="epoch"/>.</summary>
    public static PrincipalChanges None(long epoch) => new(epoch, []);

    /// <summary>Anything may have changed up to <paramref name="epoch"/>.</summary>
    public static PrincipalChanges Unknown(long epoch) => new(epoch, Touched: null);
}

using System.Runtime.InteropServices;

namespace KohakuRiver.Auth.Stores;

/// <summary>One user whose resolved credentials may be outdated.</summary>
/// <param name="Epoch">The epoch of the change; above the epoch requested.</param>
/// <param name="UserId">The user whose credentials must be looked up again.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PrincipalChange(long Epoch, long UserId);

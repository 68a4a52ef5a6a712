using System.Runtime.InteropServices;

namespace KohakuRiver.Auth.Stores;

/// <summary>One user whose credentials, once resolved, may say something else now.</summary>
/// <param name="Epoch">Which change it was; above the epoch that was asked for.</param>
/// <param name="UserId">Whose credentials are to be looked up again.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PrincipalChange(long Epoch, long UserId);

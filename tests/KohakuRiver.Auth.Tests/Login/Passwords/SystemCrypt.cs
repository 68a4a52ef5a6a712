using System.Runtime.InteropServices;
using System.Text;

namespace KohakuRiver.Auth.Tests;

/// <summary>The system's <c>crypt(3)</c>, where there is one. Not thread-safe, like the function itself.</summary>
internal sealed class SystemCrypt
{
    private static readonly string[] Names = ["libcrypt.so.2", "libcrypt.so.1", "libcrypt.so"];

    private readonly CryptFunction function;

    private SystemCrypt(CryptFunction function) => this.function = function;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr CryptFunction(byte[] key, byte[] setting);

    /// <summary>The function, or null with the reason.</summary>
    internal static SystemCrypt? TryLoad(out string reason)
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "crypt", out var address))
            {
                var found = new SystemCrypt(Marshal.GetDelegateForFunctionPointer<CryptFunction>(address));
                reason = "The system's crypt(3) knows no bcrypt.";
                return found.Crypt("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.") is { Length: 60 } ? found : null;
            }
        }

        reason = "There is no libcrypt on this machine.";
        return null;
    }

    internal string? Crypt(string password, string setting) =>
        Marshal.PtrToStringAnsi(function(Encoding.UTF8.GetBytes(password + "\0"), Encoding.ASCII.GetBytes(setting + "\0")));
}

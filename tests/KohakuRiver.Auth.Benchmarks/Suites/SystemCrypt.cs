using System.Runtime.InteropServices;
using System.Text;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The system's <c>crypt_r(3)</c>, where there is one. For one thread at a time.</summary>
internal sealed class SystemCrypt : IDisposable
{
    // The size that both glibc's and libxcrypt's headers give, with room to spare.
    private const int StateSize = 256 * 1024;

    private static readonly string[] Names = ["libcrypt.so.2", "libcrypt.so.1", "libcrypt.so"];

    private readonly CryptFunction function;
    private readonly IntPtr state = Marshal.AllocHGlobal(StateSize);

    private SystemCrypt(CryptFunction function) => this.function = function;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate IntPtr CryptFunction(byte[] key, byte[] setting, IntPtr state);

    /// <summary>The function, or null where the system has none that knows bcrypt.</summary>
    public static SystemCrypt? TryLoad()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "crypt_r", out var address))
            {
                var found = new SystemCrypt(Marshal.GetDelegateForFunctionPointer<CryptFunction>(address));
                if (found.Crypt("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.") is { Length: 60 })
                {
                    return found;
                }

                found.Dispose();
            }
        }

        return null;
    }

    public string? Crypt(string password, string setting)
    {
        Marshal.Copy(new byte[StateSize], 0, state, StateSize);
        return Marshal.PtrToStringAnsi(function(Encoding.UTF8.GetBytes(password + "\0"), Encoding.ASCII.GetBytes(setting + "\0"), state));
    }

    public void Dispose() => Marshal.FreeHGlobal(state);
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace KohakuRiver.SampleHost;

/// <summary>The name under which this process holds tasks: machine, process id, and a random part because process ids are reused.</summary>
internal static class RunnerIdentity
{
    public static string Current { get; } =
        $"{Environment.MachineName}:{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}:"
        + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>
    /// True for a process of this machine that is certainly gone. False also means "unknown": then its silence decides.
    /// </summary>
    public static bool IsGone(string runner)
    {
        var parts = runner.Split(':');
        if (parts.Length != 3
            || parts[0] != Environment.MachineName
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
        {
            return false;
        }

        // Our own process id under another name: an earlier life, as in a container, where the first process is always number 1.
        return pid == Environment.ProcessId ? runner != Current : !IsAlive(pid);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

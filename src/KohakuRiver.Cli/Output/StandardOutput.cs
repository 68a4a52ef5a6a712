using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace KohakuRiver.Cli;

/// <summary>
/// Standard output that notices when its reader is gone. The framework's own stream drops what nobody reads, and a program that follows
/// something would go on for ever.
/// </summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;

    /// <summary>
    /// Pipes and sockets fail when their reader is gone. Everything else is the framework's stream: in a file, for one, that keeps the
    /// position which other writers of the same file share.
    /// </summary>
    internal static Stream Open() => IsPipe(out var pipe) ? pipe : Console.OpenStandardOutput();

    /// <summary>Whether this is the fault of a reader that is gone.</summary>
    internal static bool IsClosed(Exception fault) => fault is IOException { HResult: BrokenPipe } && !OperatingSystem.IsWindows();

    /// <summary>
    /// Calls back as soon as the reader of a pipe is gone, also while nothing is written; never for anything else. The framework cannot
    /// wait for that, and this program calls no foreign code; GNU <c>tail</c> can, and shares our output. Where there is none, the next
    /// write notices.
    /// </summary>
    internal static IDisposable? WhenClosed(Action callback)
    {
        if (!IsPipe(out var pipe) || Programs.Find("tail") is not { } tail)
        {
            return null;
        }

        pipe.Dispose();
        try
        {
            var sentinel = Process.Start(new ProcessStartInfo(
                tail, [$"--pid={Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", "-f", "/dev/null"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
            _ = WaitAsync(sentinel, callback);
            return new Watch(sentinel);
        }
        catch (Win32Exception)
        {
            // It cannot be started.
            return null;
        }
    }

    private static async Task WaitAsync(Process sentinel, Action callback)
    {
        // One that does not know these options says so; it ends in silence, by the signal or, where that is ignored, with 1.
        var complaint = await sentinel.StandardError.ReadToEndAsync();
        await sentinel.WaitForExitAsync();
        if (complaint.Length == 0 && sentinel.ExitCode is (ExitCodes.OutputClosed or ExitCodes.Failed))
        {
            callback();
        }
    }

    private static bool IsPipe(out Stream pipe)
    {
        pipe = Stream.Null;
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return false;
        }

        try
        {
            var opened = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            pipe = opened;
            return !opened.CanSeek;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Closed from the start, or something that cannot be opened once more.
            return false;
        }
    }

    // It holds our output open: whoever reads would wait for it, too.
    private sealed class Watch(Process sentinel) : IDisposable
    {
        public void Dispose()
        {
            sentinel.Kill();
            sentinel.WaitForExit();
        }
    }
}

using System.Runtime.InteropServices;
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
    private const int Interrupted = 4;
    private const short ErrorOrHangUp = 0x08 | 0x10 | 0x20;

    /// <summary>
    /// Pipes and sockets fail when their reader is gone. Everything else is the framework's stream: in a file, for one, that keeps the
    /// position which other writers of the same file share.
    /// </summary>
    internal static Stream Open() => IsPipe(out var pipe) ? pipe : Console.OpenStandardOutput();

    /// <summary>Whether this is the fault of a reader that is gone.</summary>
    internal static bool IsClosed(Exception fault) => fault is IOException { HResult: BrokenPipe } && !OperatingSystem.IsWindows();

    /// <summary>Calls back, on a thread of its own, as soon as the reader of a pipe is gone; never for anything else.</summary>
    internal static void WhenClosed(Action callback)
    {
        if (!IsPipe(out var pipe))
        {
            return;
        }

        pipe.Dispose();
        var watcher = new Thread(() =>
        {
            var target = new PollTarget { Descriptor = Descriptor };
            int found;
            while ((found = Poll(ref target, 1, -1)) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
                // A signal came in between.
            }

            if (found > 0 && (target.Found & ErrorOrHangUp) != 0)
            {
                callback();
            }
        })
        {
            IsBackground = true,
            Name = "Reader of standard output",
        };
        watcher.Start();
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

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollTarget target, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollTarget
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Found;
    }
}

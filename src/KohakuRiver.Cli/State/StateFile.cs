using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>
/// <c>auth.json</c>. It contains tokens, so it is readable by its owner only from the start; a change is read, applied and written
/// under an operating-system lock and replaces the file in one step, so that parallel logins lose nothing and readers never see half a
/// file.
/// </summary>
/// <param name="folder">The folder of the file; created with mode 0700 when needed.</param>
/// <param name="clock">The clock for pauses while another process holds the lock.</param>
/// <param name="warnings">Where warnings are written, such as about a file that others could read.</param>
internal sealed class StateFile(string folder, TimeProvider clock, TextWriter warnings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Kept = ".original";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(25);

    internal string Path { get; } = System.IO.Path.Combine(folder, "auth.json");

    /// <summary>The host whose login a file of the original command line holds: such a file does not name it.</summary>
    internal Func<string> FormerHost { get; init; } = () => HostAddress.Default;

    /// <summary>The path as shown to the user: <c>~</c> for the home directory.</summary>
    internal string ShownPath =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 1 } home
            && Path.StartsWith(home + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? "~" + Path[home.Length..]
        : Path;

    /// <summary><c>KOHAKU_HOME</c>, or <c>.kohakuriver</c> in the user's home.</summary>
    internal static string FolderOf(Func<string, string?> environment) =>
        environment("KOHAKU_HOME") is { Length: > 0 } own
            ? own
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kohakuriver");

    /// <summary>The stored state; an empty one where there is no file.</summary>
    internal AuthState Read()
    {
        try
        {
            WarnOfOpenModes();
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var json = JsonDocument.Parse(file);
            if (FormerState.IsOne(json.RootElement))
            {
                return FormerState.Read(json.RootElement, FormerHost());
            }

            var state = json.Deserialize<AuthState>(ApiJson.Stored) ?? throw new JsonException("empty");
            return state.Version == AuthState.CurrentVersion
                ? state
                : throw CliException.Failed(
                    $"{Path} has another version ({state.Version}); use the kohakuriver that wrote it, or delete it and log in again.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new AuthState();
        }
        catch (JsonException broken)
        {
            throw new CliException(ExitCodes.Failed, $"{Path} is not valid JSON; delete it and log in again.", null, broken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"{Path} cannot be read: {fault.Message}", null, fault);
        }
    }

    /// <summary>Changes the state under the lock.</summary>
    /// <returns>The state as it was just before.</returns>
    internal async Task<AuthState> UpdateAsync(Func<AuthState, AuthState> change, CancellationToken cancellationToken)
    {
        try
        {
            MakeFolder();
            await using var held = await LockAsync(cancellationToken);
            var before = Read();
            var after = change(before);
            if (before.IsFormer)
            {
                KeepFormer();
            }

            Write(after);
            return before;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"{Path} cannot be written: {fault.Message}", null, fault);
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    // The lock file stays: deleting it would let a third process lock a new file while a second waits for the old one.
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Create(Path + ".lock", FileMode.OpenOrCreate);
            }
            catch (IOException) when (clock.GetElapsedTime(started) < LockPatience)
            {
                await Task.Delay(LockPause, clock, cancellationToken);
            }
        }
    }

    private void Write(AuthState state)
    {
        // A name unique to this process: under the lock nobody else writes, and what a killed process left is overwritten later.
        var temporary = Path + ".new";
        File.Delete(temporary);
        using (var file = Create(temporary, FileMode.CreateNew))
        {
            JsonSerializer.Serialize(file, state, ApiJson.Stored);
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path, overwrite: true);
    }

    // Whoever still needs the original command line moves it back.
    private void KeepFormer()
    {
        var content = File.ReadAllBytes(Path);
        File.Delete(Path + Kept);
        using (var file = Create(Path + Kept, FileMode.CreateNew))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        warnings.WriteLine(
            $"note: {ShownPath} was written by the original kohakuriver, which cannot read what replaces it; it is kept, with its token, "
            + $"as {ShownPath}{Kept}.");
    }

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    private void WarnOfOpenModes()
    {
        if (OperatingSystem.IsWindows() || !File.Exists(Path))
        {
            return;
        }

        if ((File.GetUnixFileMode(Path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
        {
            File.SetUnixFileMode(Path, OwnerOnly);
            warnings.WriteLine(
                $"warning: {Path} was readable by other users; this is fixed now. If this machine has other users, log in again.");
        }
    }
}

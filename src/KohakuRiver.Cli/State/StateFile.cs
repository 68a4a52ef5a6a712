using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>
/// <c>auth.json</c>. It contains tokens, so it is readable by its owner only from the start; a change is read, applied and written
/// under an operating-system lock and replaces the file in one step, so that parallel logins lose nothing and readers never see half a
/// file.
/// </summary>
/// <param name="folder">
/// The folder of the file, created with mode 0700 when needed; null where the user has none, so that nothing can be read or stored.
/// </param>
/// <param name="clock">The clock for pauses while another process holds the lock.</param>
/// <param name="warnings">Where warnings are written, such as about a file that others could read.</param>
internal sealed class StateFile(string? folder, TimeProvider clock, TextWriter warnings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ReadOnlyFileSystem = 30;
    private const string Former = ".original";
    private const string Broken = ".broken";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(25);
    private bool hasWarned;

    /// <summary>Where it is. Throws a usage error where there is no place for it.</summary>
    internal string Path => System.IO.Path.Combine(Folder, "auth.json");

    /// <summary>The host whose login a file of the original command line holds: such a file does not name it.</summary>
    internal Func<string> FormerHost { get; init; } = () => HostAddress.Default;

    /// <summary>Whether there is a place for it.</summary>
    internal bool HasPlace => folder is not null;

    private string Folder => folder ?? throw CliException.Usage(
        "You have no home folder, so there is no place for the state file: set KOHAKU_HOME to a folder of yours. Where KOHAKU_HOST and "
        + "KOHAKU_TOKEN are set, none is needed.");

    /// <summary>The path as shown to the user: <c>~</c> for the home directory.</summary>
    internal string ShownPath =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 1 } home
            && Path.StartsWith(home + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? "~" + Path[home.Length..]
        : Path;

    /// <summary>
    /// <c>KOHAKU_HOME</c>, or <c>.kohakuriver</c> in the user's home; null where that does not exist. The current directory never takes its
    /// place: what lies there may be somebody else's.
    /// </summary>
    internal static string? FolderOf(Func<string, string?> environment) =>
        environment("KOHAKU_HOME") is { Length: > 0 } own ? System.IO.Path.GetFullPath(own)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is var home && System.IO.Path.IsPathFullyQualified(home)
                ? System.IO.Path.Combine(home, ".kohakuriver")
            : null;

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

            var state = ApiJson.Read<AuthState>(json.RootElement) ?? throw new JsonException("empty");
            return state.Version == AuthState.CurrentVersion
                ? state.Usable()
                : throw CliException.Failed(
                    $"{Path} has another version ({state.Version}); use the kohakuriver that wrote it, or delete it and log in again.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new AuthState();
        }
        catch (JsonException broken)
        {
            throw new CliException(
                ExitCodes.Failed, $"{Path} is not valid JSON. Log in again, which replaces it: kohakuriver auth login", null, broken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"{Path} cannot be read: {fault.Message}", null, fault);
        }
    }

    /// <summary>As <see cref="Read"/>, for a login: a file that was cut off holds nothing that could be lost.</summary>
    internal AuthState ReadOrEmpty()
    {
        try
        {
            return Read();
        }
        catch (CliException broken) when (broken.InnerException is JsonException)
        {
            return new AuthState();
        }
    }

    /// <summary>Throws where nothing can be stored, before anybody is asked for anything.</summary>
    internal async Task RequireWritableAsync(CancellationToken cancellationToken) => await LockedAsync(() => true, cancellationToken);

    /// <summary>Changes the state under the lock.</summary>
    /// <returns>The state as it was just before.</returns>
    internal Task<AuthState> UpdateAsync(Func<AuthState, AuthState> change, CancellationToken cancellationToken) =>
        LockedAsync(() => Replace(Read(), change), cancellationToken);

    /// <summary>Stores a login under the lock. A file that is not valid JSON does not stand in its way: it is kept under another
    /// name.</summary>
    /// <returns>The state as it was just before.</returns>
    internal Task<AuthState> StoreAsync(string host, HostLogin login, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            var before = ReadOrEmpty();
            KeepBroken();
            return Replace(before, state => state.With(host, login));
        },
        cancellationToken);

    private async Task<T> LockedAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            MakeFolder();
            await using var held = await LockAsync(cancellationToken);
            return work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"{Path} cannot be written: {fault.Message}", null, fault);
        }
    }

    private AuthState Replace(AuthState before, Func<AuthState, AuthState> change)
    {
        var after = change(before);
        if (before.IsFormer)
        {
            Keep(Former);
            warnings.WriteLine(
                $"note: {ShownPath} was written by the original kohakuriver, which cannot read what replaces it; it is kept, with its "
                    + $"token, "
                + $"as {ShownPath}{Former}.");
        }

        Write(after);
        return before;
    }

    private void KeepBroken()
    {
        try
        {
            Read();
        }
        catch (CliException broken) when (broken.InnerException is JsonException)
        {
            if (new FileInfo(Path).Length > 0)
            {
                Keep(Broken);
                warnings.WriteLine($"note: {ShownPath} was not valid JSON; it is kept as {ShownPath}{Broken}.");
            }
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
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
            catch (IOException fault) when (fault.HResult != ReadOnlyFileSystem && clock.GetElapsedTime(started) < LockPatience)
            {
                await Task.Delay(LockPause, clock, cancellationToken);
            }
        }
    }

    private void Write(AuthState state)
    {
        // A name unique to this process: under the lock nobody else writes, and what a killed process left is overwritten later.
        // A link, as people have who keep such files elsewhere, stays one: what it leads to is replaced.
        var target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
        var temporary = target + ".new";
        File.Delete(temporary);
        using (var file = Create(temporary, FileMode.CreateNew))
        {
            file.Write(ApiJson.Bytes(state));
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
    }

    private void Keep(string suffix)
    {
        var content = File.ReadAllBytes(Path);
        File.Delete(Path + suffix);
        using var file = Create(Path + suffix, FileMode.CreateNew);
        file.Write(content);
        file.Flush(flushToDisk: true);
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

        if ((File.GetUnixFileMode(Path) & ~(OwnerOnly | UnixFileMode.UserExecute)) == UnixFileMode.None)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(Path, OwnerOnly);
            warnings.WriteLine(
                $"warning: {Path} was readable by other users; this is fixed now. If this machine has other users, log in again.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A mounted secret, for one: it cannot be changed, and it can be read. Once is enough, however often it is read.
            if (!hasWarned)
            {
                hasWarned = true;
                warnings.WriteLine($"warning: {Path} is readable by other users, and its mode cannot be changed: {fault.Message}");
            }
        }
    }
}

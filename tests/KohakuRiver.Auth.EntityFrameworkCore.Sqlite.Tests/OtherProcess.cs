using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>A second process on a database file: runs one statement a line, on one connection, and can be killed.</summary>
internal sealed class OtherProcess : IAsyncDisposable
{
    public const string Argument = "--other-process";

    private const string Done = "=";
    private const string Failed = "!";
    private const string Tear = "tear";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private OtherProcess(Process process) => this.process = process;

    public static OtherProcess Start(TempDatabase database)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(OtherProcess).Assembly.Location, Argument, database.Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new OtherProcess(Process.Start(info)!);
    }

    /// <summary>Runs statements there, and gives the first value of the first of them that has one.</summary>
    /// <exception cref="InvalidOperationException">SQLite refused; with its words.</exception>
    public async Task<string> ExecuteAsync(string sql)
    {
        await process.StandardInput.WriteLineAsync(sql.AsMemory(), TempDatabase.Ct);
        var answer = await process.StandardOutput.ReadLineAsync(TempDatabase.Ct).AsTask().WaitAsync(Patience, TempDatabase.Ct);
        return answer?.StartsWith(Done, StringComparison.Ordinal) == true
            ? answer[1..]
            : throw new InvalidOperationException(answer ?? "It has ended.");
    }

    /// <summary>
    /// Leaves the wal-index as a process does that dies between its two copies of the header. For one that has run no statement, since it
    /// closes the file.
    /// </summary>
    public Task TearIndexAsync() => ExecuteAsync(Tear);

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TempDatabase.Ct).WaitAsync(Patience, TempDatabase.Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    /// <summary>The other side.</summary>
    public static async Task<int> ServeAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=1");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await Console.Out.WriteLineAsync(line == Tear ? TearIndex(file) : Run(connection, line));
        }

        return 0;
    }

    private static string Run(SqliteConnection connection, string sql)
    {
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Done + Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        catch (SqliteException e)
        {
            return Failed + e.Message;
        }
    }

    // The second copy is written first: that of a commit with one more frame and one more change.
    private static string TearIndex(string file)
    {
        using var index = new FileStream(file + "-shm", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        foreach (var field in (ReadOnlySpan<int>)[8, 16])
        {
            index.Position = WalIndex.HeaderLength + field;
            var low = index.ReadByte();
            index.Position--;
            index.WriteByte((byte)(low + 1));
        }

        return Done;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>How the SQLite stores are opened.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>
    /// The connection string; its <c>Data Source</c> is a file path. Relative paths are resolved against the current directory.
    /// In-memory databases and <c>file:</c> addresses are refused: the former would vanish with the last connection, the
    /// latter would hide which file writers must take turns on.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Whether the start of the host creates the file and brings its schema up to date. When false, a schema that
    /// does not match fails the start. Default true.
    /// </summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>
    /// How long a statement waits for other processes that lock the file; rounded up to whole seconds. Default 5 s.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a write waits for the writes of the same process that came before it. Default 15 s.
    /// </summary>
    public TimeSpan WriteQueueTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Observes or intercepts every statement; for the library's own tests.</summary>
    internal IReadOnlyList<IInterceptor> Interceptors { get; set; } = [];

    /// <summary>Configures contexts last; for the library's own tests.</summary>
    internal Action<DbContextOptionsBuilder>? ConfigureContexts { get; set; }

    /// <summary>The clock for pauses while another instance migrates; for the library's own tests.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;
}

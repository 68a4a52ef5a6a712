using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.Import;

/// <summary>Reads the SQLite file of an original KohakuRiver host. The file is never written to.</summary>
internal static class KohakuRiverFile
{
    /// <summary>Everything that can be imported, at one moment; the old host may be running.</summary>
    /// <param name="path">The file.</param>
    /// <param name="zone">The time zone of the old host, which stores local times without a zone.</param>
    /// <param name="withTasks">Whether to read the tasks, of which there may be many.</param>
    /// <exception cref="ImportSourceException">The file does not exist, cannot be read, or is not a KohakuRiver database.</exception>
    public static async Task<ImportSource> ReadAsync(string path, TimeZoneInfo zone, bool withTasks, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(zone);
        if (!File.Exists(path))
        {
            throw new ImportSourceException($"There is no file '{Path.GetFullPath(path)}'.");
        }

        try
        {
            var connectionString = new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(path),
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
                DefaultTimeout = 30,
            };
            await using var connection = new SqliteConnection(connectionString.ToString());
            await connection.OpenAsync(cancellationToken);

            // Deferred: a reader's transaction, which sees one state and takes no lock that a writer would need.
            await using var transaction = connection.BeginTransaction(deferred: true);
            return Read(new KohakuRiverTables(connection, transaction, zone, cancellationToken), withTasks);
        }
        catch (SqliteException e)
        {
            throw new ImportSourceException(
                $"The file '{path}' cannot be read as a SQLite database ({e.Message}). If the old host stopped abruptly, start and "
                + "stop it once, or copy the file together with its -wal or -journal file to a writable folder.",
                e);
        }
    }

    private static ImportSource Read(KohakuRiverTables tables, bool withTasks)
    {
        // Without these columns it is another program's file, or from a version before there were users.
        tables.Require("users", "id", "username", "password_hash", "role");
        return new ImportSource
        {
            Users = tables.Read("users", r => new ImportSource.User(
                r.Id,
                r.Text("username"),
                r.Text("display_name"),
                r.Text("password_hash"),
                r.Text("role"),
                r.Flag("is_active"),
                r.Instant("created_at"))),
            Groups = tables.Read("groups", r => new ImportSource.Group(
                r.Id, r.Text("name"), r.Small("tier"), r.Text("limits_json"), r.Instant("created_at"))),
            Memberships = tables.Read("user_groups", r => new ImportSource.Membership(
                r.Id, r.Number("user_id"), r.Number("group_id"), r.Text("role_override"), r.Instant("created_at"))),
            Tokens = tables.Read("tokens", r => new ImportSource.Token(
                r.Id,
                r.Number("user_id"),
                r.Text("token_hash"),
                r.Text("name"),
                r.Instant("last_used"),
                r.Expiry("expires_at"),
                r.Instant("created_at"))),
            Invitations = tables.Read("invitations", r => new ImportSource.Invitation(
                r.Id,
                r.Text("token"),
                r.Text("role"),
                r.Number("group_id"),
                r.Number("max_usage") ?? 0,
                r.Number("usage_count") ?? 0,
                r.Expiry("expires_at"),
                r.Number("created_by_id"),
                r.Instant("created_at"))),
            VpsAssignments = tables.Read("vps_assignments", r => new ImportSource.VpsAssignment(
                r.Id, r.Text("vps_task_id"), r.Number("user_id"), r.Instant("created_at"))),
            Tasks = withTasks ? tables.Read("tasks", ReadTask) : [],
            Sessions = tables.Count("sessions"),
        };
    }

    private static ImportSource.Task ReadTask(KohakuRiverRow row) => new(
        row.Number("task_id") ?? 0,
        row.Text("task_type"),
        row.Number("batch_id"),
        row.Text("command"),
        row.Text("arguments"),
        row.Text("status"),
        row.Number("owner_id"),
        row.Text("assigned_node"),
        row.Small("required_cores"),
        row.Number("required_memory_bytes"),
        row.Number("exit_code"),
        row.Text("error_message"),
        row.Instant("submitted_at"),
        row.Instant("started_at"),
        row.Instant("completed_at"));
}

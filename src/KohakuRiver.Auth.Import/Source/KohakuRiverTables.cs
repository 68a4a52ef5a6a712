using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.Import;

/// <summary>The tables of an original host's file; a missing one is empty, and so is a column.</summary>
internal sealed class KohakuRiverTables(
    SqliteConnection connection, SqliteTransaction transaction, TimeZoneInfo zone, CancellationToken cancellationToken)
{
    /// <summary>Refuses a file without the table or one of the columns.</summary>
    /// <exception cref="ImportSourceException">The table or a column is missing.</exception>
    public void Require(string table, params string[] columns)
    {
        var missing = columns.Except(Columns(table), StringComparer.OrdinalIgnoreCase).ToList();
        if (missing.Count > 0)
        {
            throw new ImportSourceException(
                "The file is not a KohakuRiver database with users: "
                + $"it has no table {table} with the columns {string.Join(", ", missing)}.");
        }
    }

    /// <summary>All rows, by their ids.</summary>
    public IReadOnlyList<T> Read<T>(string table, Func<KohakuRiverRow, T> make)
    {
        var found = new List<T>();
        if (Columns(table).Count == 0)
        {
            return found;
        }

        using var command = Command($"SELECT * FROM \"{table}\" ORDER BY rowid");
        using var reader = command.ExecuteReader();
        var row = new KohakuRiverRow(reader, zone);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(make(row));
        }

        return found;
    }

    /// <summary>The number of rows.</summary>
    public int Count(string table)
    {
        if (Columns(table).Count == 0)
        {
            return 0;
        }

        using var command = Command($"SELECT COUNT(*) FROM \"{table}\"");
        return checked((int)(long)command.ExecuteScalar()!);
    }

    private List<string> Columns(string table)
    {
        using var command = Command("SELECT name FROM pragma_table_info($table)");
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command;
    }
}

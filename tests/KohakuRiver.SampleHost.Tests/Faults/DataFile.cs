using Microsoft.Data.Sqlite;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>A SQLite file looked at past the host: what is really in it.</summary>
internal sealed class DataFile(string path)
{
    internal IReadOnlyList<string> List(string sql)
    {
        // Not read-only: a journal left by a killed process has to be rolled back before anybody can read.
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    internal HashSet<string> Set(string sql) => List(sql).ToHashSet(StringComparer.Ordinal);

    internal long Count(string sql) => long.Parse(List($"SELECT CAST(({sql}) AS TEXT)")[0], null);

    /// <summary>SQLite's own check of the whole file, and of every reference between rows.</summary>
    internal void AssertSound()
    {
        Assert.Equal(["ok"], List("PRAGMA integrity_check"));
        Assert.Empty(List("PRAGMA foreign_key_check"));
    }
}

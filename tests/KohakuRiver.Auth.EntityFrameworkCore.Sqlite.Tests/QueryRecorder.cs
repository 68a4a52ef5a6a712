using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>Notes the statements of a set and asks SQLite how it answers them.</summary>
internal sealed class QueryRecorder(TempDatabase database) : DbCommandInterceptor
{
    private readonly ConcurrentQueue<(string Sql, List<(string Name, object? Value)> Parameters)> seen = new();

    /// <summary>Forgets what was noted so far.</summary>
    public void Clear() => seen.Clear();

    /// <summary>The statements, each with its plan, one line a step.</summary>
    public IReadOnlyList<(string Sql, IReadOnlyList<string> Plan)> Plans()
    {
        using var connection = database.OpenRaw();
        var plans = new List<(string, IReadOnlyList<string>)>();
        foreach (var (sql, parameters) in seen)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + sql;
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            using var reader = command.ExecuteReader();
            var steps = new List<string>();
            while (reader.Read())
            {
                steps.Add(reader.GetString(3));
            }

            plans.Add((sql, steps));
        }

        return plans;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    private void Note(DbCommand command) =>
        seen.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
}

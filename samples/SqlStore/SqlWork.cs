using System.Data.Common;
using System.Globalization;
using KohakuRiver.Auth;

namespace SqlStore;

/// <summary>
/// The statements of one verb, in one transaction. An expression in braces becomes a parameter, so that no value is ever part of a
/// statement; a <see cref="SqlText"/> or a further interpolated text is inserted.
/// </summary>
internal sealed class SqlWork(DbConnection connection, DbTransaction transaction, Action beforeAccess, CancellationToken cancellationToken)
{
    /// <summary>The id of what the verb created, for an audit entry without a target.</summary>
    public long? MadeId { get; set; }

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public async Task<int> RunAsync(FormattableString sql)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first column of the first row; null where there is none.</summary>
    public async Task<long?> NumberAsync(FormattableString sql)
    {
        await using var command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is long number ? number : null;
    }

    /// <summary>The result of a statement that begins with <c>SELECT EXISTS</c>.</summary>
    public async Task<bool> IsAsync(FormattableString sql) => await NumberAsync(sql) is 1;

    /// <summary>The first row, or null.</summary>
    public async Task<T?> FindAsync<T>(FormattableString sql, Func<DbDataReader, T> read)
        where T : class => (await ListAsync(sql, read)).FirstOrDefault();

    /// <summary>All rows.</summary>
    public async Task<List<T>> ListAsync<T>(FormattableString sql, Func<DbDataReader, T> read)
    {
        await using var command = Command(sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private DbCommand Command(FormattableString sql)
    {
        beforeAccess();
        cancellationToken.ThrowIfCancellationRequested();
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Values are parameters; the rest is text of this assembly.
        command.CommandText = Write(command, sql);
#pragma warning restore CA2100
        return command;
    }

    private static string Write(DbCommand command, FormattableString sql) => string.Format(
        CultureInfo.InvariantCulture,
        sql.Format,
        [.. sql.GetArguments().Select(argument => argument switch
        {
            SqlText text => text.Text,
            FormattableString part => Write(command, part),
            _ => Parameter(command, argument),
        })]);

    private static string Parameter(DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@p" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset at => Instants.ToMicroseconds(at),
            SecretHash hash => hash.Bytes,
            Guid id => id.ToString("D", CultureInfo.InvariantCulture),
            Enum choice => Convert.ToInt32(choice, CultureInfo.InvariantCulture),
            bool flag => flag ? 1 : 0,

            // Lists are passed as JSON: one parameter for any number of values, as engines limit parameters.
            IEnumerable<long> ids => SqlJson.Write(ids),
            IEnumerable<string> texts => SqlJson.Write(texts),
            _ => value,
        };
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}

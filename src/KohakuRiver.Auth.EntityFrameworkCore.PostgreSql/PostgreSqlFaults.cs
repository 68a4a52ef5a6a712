using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>What the driver's exceptions mean to the stores.</summary>
internal static class PostgreSqlFaults
{
    /// <summary>The server, its disk or the network; a constraint violation or a wrong statement is a bug instead.</summary>
    public static bool IsOutage(Exception e) => FindState(e) is { } state
        ? state == PostgresErrorCodes.ReadOnlySqlTransaction || state[..2] is
            "08" // connection
            or "28" or "3D" // login, missing database
            or "40" // deadlocks and similar, after all retries
            or "53" // disk, memory, connections
            or "55" // locks
            or "57" // shutting down, statement cancelled
            or "58" or "XX" // the system under it, corruption
        : Has<NpgsqlException>(e) || IsCut(e) || Has<TimeoutException>(e);

    /// <summary>A unique index refused a row.</summary>
    public static bool IsUniqueViolation(Exception e) => FindState(e) == PostgresErrorCodes.UniqueViolation;

    /// <summary>
    /// A parallel writer was faster: it inserted or removed the row that this one relied on, or it was chosen to continue
    /// in a deadlock. The next attempt sees what the other did.
    /// </summary>
    public static bool IsConflict(Exception e) => e is DbUpdateConcurrencyException || FindState(e) is
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation;

    /// <summary>
    /// The connection was lost during the statement. Not for a timeout: the caller has waited long enough.
    /// </summary>
    public static bool IsCut(Exception e) => FindState(e) is { } state
        ? state.StartsWith("08", StringComparison.Ordinal)
            || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        : !Has<TimeoutException>(e)
            && (Has<IOException>(e) || Has<SocketException>(e) || Find<NpgsqlException>(e) is { IsTransient: true });

    private static string? FindState(Exception e) => Find<PostgresException>(e)?.SqlState;

    private static bool Has<T>(Exception e)
        where T : Exception => Find<T>(e) is not null;

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}

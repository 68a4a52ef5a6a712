// <snippet:fault>
using Microsoft.Data.Sqlite;

namespace SqlStore.Tests;

/// <summary>Lets a number of statements and commits succeed, and fails all later ones until it is disposed.</summary>
internal sealed class Fault : IDisposable
{
    private const int Full = 13;

    private readonly SqlDatabase database;

    public Fault(SqlDatabase database, int accesses)
    {
        this.database = database;
        var left = accesses;
        database.BeforeAccess = () =>
        {
            if (left-- <= 0)
            {
                throw new SqliteException("database or disk is full", Full);
            }
        };
    }

    public void Dispose() => database.BeforeAccess = () => { };
}
// </snippet:fault>

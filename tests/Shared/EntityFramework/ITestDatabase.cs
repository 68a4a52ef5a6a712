using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>A throw-away database of either engine, for tests that say the same of both.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    /// <summary>A further set over the same data, not yet ready for use; disposed of with the database.</summary>
    Task<KohakuStoreSet> OpenSetAsync();

    /// <summary>A statement past the library, in SQL that both engines understand.</summary>
    Task ExecuteAsync(string sql);

    /// <summary>One value past the library.</summary>
    Task<T> ScalarAsync<T>(string sql);

    /// <summary>All rows of all tables of the library, as text.</summary>
    Task<IReadOnlyList<string>> DumpAsync();
}

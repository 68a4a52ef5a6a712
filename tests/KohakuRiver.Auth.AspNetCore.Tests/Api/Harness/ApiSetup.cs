using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>What one test wants different in its host.</summary>
internal sealed record ApiSetup
{
    internal StoreKind Store { get; init; }

    /// <summary>The host whose data and clock this one shares, as a second instance does.</summary>
    internal ApiHost? Beside { get; init; }

    /// <summary>Whether passwords are really hashed, at the lowest cost.</summary>
    internal bool RealHashing { get; init; }

    internal Action<KohakuAuthOptions>? Options { get; init; }

    /// <summary>How the SQLite file is opened.</summary>
    internal Action<SqliteStoreOptions>? Sqlite { get; init; }

    internal Action<KohakuAuthBuilder>? Auth { get; init; }

    internal Action<WebApplication>? Map { get; init; }
}

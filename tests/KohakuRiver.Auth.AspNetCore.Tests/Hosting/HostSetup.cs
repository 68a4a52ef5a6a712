using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>What a test's host has of its own.</summary>
internal sealed record HostSetup
{
    /// <summary>Whether the whole API, its description and a scheduler are there; set by <c>StartApiAsync</c>.</summary>
    internal bool HasApi { get; init; }

    internal Action<WebApplication>? Map { get; init; }

    /// <summary>In place of a plain <c>UseKohakuAuth()</c>.</summary>
    internal Action<WebApplication>? Pipeline { get; init; }

    /// <summary>Whether the host starts without the look at its pipeline and endpoints, to see what requests meet behind it.</summary>
    internal bool IsUnchecked { get; init; }

    internal Action<KohakuAuthOptions>? Options { get; init; }

    internal Action<IServiceCollection>? Services { get; init; }

    internal Action<KohakuAuthBuilder>? Auth { get; init; }

    /// <summary>What the data is kept in.</summary>
    internal StoreKind Store { get; init; }

    /// <summary>Puts something before the stores in memory.</summary>
    internal Func<InMemoryStoreSet, KohakuStoreSet>? Stores { get; init; }

    /// <summary>How the SQLite file is opened.</summary>
    internal Action<SqliteStoreOptions>? Sqlite { get; init; }

    /// <summary>The host whose data and clock this one shares, as a second instance does.</summary>
    internal TestHost? Beside { get; init; }

    /// <summary>The data in memory that it begins with; null = none.</summary>
    internal InMemoryDatabase? Database { get; init; }

    /// <summary>Whether passwords are really hashed, at the lowest cost.</summary>
    internal bool RealHashing { get; init; }

    /// <summary>Whether it listens on real sockets: one for HTTP/1.1, one for HTTP/2 without TLS.</summary>
    internal bool OnSockets { get; init; }

    /// <summary>What a real server listens on, as in a host's configuration; null = the test server, or <see cref="OnSockets"/>.</summary>
    internal string? Urls { get; init; }

    /// <summary>Whether time passes, for clients that look at it.</summary>
    internal bool OnRealClock { get; init; }

    internal Dictionary<string, string?> Configuration { get; init; } = [];

    /// <summary>Whether the address is set before everything else of the pipeline, as a server does it.</summary>
    internal bool PeerFirst { get; init; }

    /// <summary>The deployment's id in the stores; null = the host makes one.</summary>
    internal string? Deployment { get; init; }

    /// <summary>The address requests come from; null = none, as the test server has it, but for those that say one.</summary>
    internal string? Peer { get; init; }
}

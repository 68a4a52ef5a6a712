using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>What a test's host has of its own.</summary>
internal sealed record HostSetup
{
    internal Action<WebApplication>? Map { get; init; }

    /// <summary>In place of a plain <c>UseKohakuAuth()</c>.</summary>
    internal Action<WebApplication>? Pipeline { get; init; }

    internal Action<KohakuAuthOptions>? Options { get; init; }

    internal Action<IServiceCollection>? Services { get; init; }

    internal Action<KohakuAuthBuilder>? Auth { get; init; }

    /// <summary>Puts something before the stores.</summary>
    internal Func<InMemoryStoreSet, KohakuStoreSet>? Stores { get; init; }

    /// <summary>Whether it listens on real sockets: one for HTTP/1.1, one for HTTP/2 without TLS.</summary>
    internal bool OnSockets { get; init; }

    /// <summary>Whether the address is set before everything else of the pipeline, as a server does it.</summary>
    internal bool PeerFirst { get; init; }

    /// <summary>The deployment's id in the stores; null = the host makes one.</summary>
    internal string? Deployment { get; init; }

    /// <summary>The address requests come from; null = none, as the test server has it.</summary>
    internal string? Peer { get; init; }
}

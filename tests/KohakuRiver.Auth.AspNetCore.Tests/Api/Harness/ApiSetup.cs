using Microsoft.AspNetCore.Builder;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>What one test wants different in its host.</summary>
internal sealed record ApiSetup
{
    internal StoreKind Store { get; init; }

    internal Action<KohakuAuthOptions>? Options { get; init; }

    internal Action<KohakuAuthBuilder>? Auth { get; init; }

    internal Action<WebApplication>? Map { get; init; }
}

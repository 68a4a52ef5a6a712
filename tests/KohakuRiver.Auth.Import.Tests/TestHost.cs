using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Import.Tests;

/// <summary>One host process over a database file, with a clock that stands still.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    internal const string OldToken = "7777777777777777777777777777777777777777777777777777777777777777";

    private readonly ServiceProvider provider;

    internal TestHost(KohakuStoreSet stores, FakeTimeProvider? clock = null)
    {
        Stores = stores;
        Clock = clock ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = 10).UseStores(_ => stores).AddKohakuRiverImport().AddKohakuRiverImport();
        provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    internal KohakuStoreSet Stores { get; }

    internal FakeTimeProvider Clock { get; }

    internal DateTimeOffset Now => Clock.GetUtcNow();

    internal ImportedTokenGate Gate => Get<ImportedTokenGate>();

    internal IServiceProvider Services => provider;

    internal T Get<T>()
        where T : notnull => provider.GetRequiredService<T>();

    /// <summary>Whom a bearer belongs to. The question it may set off is answered before this returns.</summary>
    internal async Task<string?> FindAsync(string bearer)
    {
        var actor = await Get<ICredentialService>().FindTokenActorAsync(bearer, null, TestContext.Current.CancellationToken);
        await Gate.Asking;
        return actor?.Username;
    }

    /// <summary>Imports what a file would hold.</summary>
    internal Task<ImportReport> ImportAsync(ImportSource source, params (string Old, string New)[] renames) =>
        ImportAsync(source, new ImportSurroundings(), renames);

    internal Task<ImportReport> ImportAsync(
        ImportSource source, ImportSurroundings surroundings, params (string Old, string New)[] renames) =>
        new ImportService((EntityFrameworkCore.EfStoreSet)Stores, Gate, Clock).RunAsync(
            source,
            NamePlan.Make(source.Users, renames.ToDictionary(r => r.Old, r => r.New, StringComparer.Ordinal)),
            surroundings,
            TestContext.Current.CancellationToken);

    internal static string Hash(string token) => Convert.ToHexStringLower(SHA3_512.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>A hash as the original host stores it, of no password anybody knows.</summary>
    internal static string PasswordHash { get; } = "$2b$04$......................" + new string('.', 31);

    /// <summary>One user with one token.</summary>
    internal static ImportSource OneToken() => new()
    {
        Users = [new ImportSource.User(1, "old.hand", "Old hand", PasswordHash, "user", true, null)],
        Tokens = [new ImportSource.Token(1, 1, Hash(OldToken), "ci", null, null, null)],
    };

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}

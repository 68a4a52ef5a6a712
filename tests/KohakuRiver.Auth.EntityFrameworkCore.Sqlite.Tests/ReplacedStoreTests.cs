using System.Collections.Concurrent;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>A host that keeps one kind of rows elsewhere, by overriding one property of the engine's set.</summary>
public sealed class ReplacedStoreTests
{
    private const string Password = "seven grey herons over the weir";

    [Fact]
    public async Task Host_WithInvitationsOfItsOwn_IsToldAtStartWhatTheyAreBoundTo()
    {
        await using var database = new TempDatabase();
        using var host = HostOn(() => new OwnInvitations(database));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TempDatabase.Ct));

        Assert.StartsWith(
            $"Invitations ({typeof(KeptInvitations).FullName}) cannot be replaced alone in OwnInvitations. The stores Users, Accounts, ",
            refused.Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(database.Path));
    }

    [Fact]
    public async Task Host_WithAThrottleOfItsOwn_CountsThere()
    {
        await using var database = new TempDatabase();
        var throttle = new KeptCounters();
        using var host = HostOn(() => new OwnThrottle(database, throttle));
        await host.StartAsync(TempDatabase.Ct);

        var wrong = await host.Services.GetRequiredService<ILoginService>()
            .LogInAsync("nobody", Password, new ClientInfo("127.0.0.1"), TempDatabase.Ct);

        Assert.Equal(RefusalKind.Unauthenticated, wrong.Refusal?.Kind);
        Assert.NotEmpty(throttle.Counts);
        await host.StopAsync(TempDatabase.Ct);
    }

    private static IHost HostOn(Func<KohakuStoreSet> make)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddKohakuAuth().UseStores(_ => make());
        return builder.Build();
    }

    private static SqliteStoreOptions Options(TempDatabase database) =>
        new() { ConnectionString = database.ConnectionString + ";Pooling=False" };

    private sealed class OwnInvitations(TempDatabase database) : SqliteStoreSet(Options(database))
    {
        private KeptInvitations? own;

        public override IInvitationStore Invitations => own ??= new KeptInvitations(base.Invitations.TransactionDomain);
    }

    private sealed class OwnThrottle(TempDatabase database, KeptCounters counters) : SqliteStoreSet(Options(database))
    {
        public override IThrottleStore Throttle => counters;
    }

    /// <summary>Keeps invitations itself, and claims the database of the others: it lists and creates, and nobody can register.</summary>
    private sealed class KeptInvitations(object domain) : IInvitationStore
    {
        private readonly ConcurrentDictionary<SecretHash, Invitation> rows = new();

        public object TransactionDomain => domain;

        public Task<Invitation?> FindAsync(SecretHash code, CancellationToken cancellationToken) =>
            Task.FromResult(rows.GetValueOrDefault(code));

        public Task<Invitation?> FindAsync(long id, CancellationToken cancellationToken) =>
            Task.FromResult(rows.Values.FirstOrDefault(r => r.Id == id));

        public Task<Page<Invitation>> ListAsync(long? createdById, PageRequest page, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<WriteResult<Invitation>> TryCreateAsync(
            NewInvitation invitation, AuthorizedWrite write, CancellationToken cancellationToken)
        {
            var row = new Invitation
            {
                Id = rows.Count + 1,
                Prefix = invitation.Prefix,
                Role = invitation.Role,
                MaxUses = invitation.MaxUses,
                Uses = 0,
                ExpiresAt = invitation.ExpiresAt,
                CreatedBy = invitation.CreatedBy,
                CreatedAt = invitation.CreatedAt,
            };
            rows[invitation.Hash] = row;
            return Task.FromResult(WriteResult<Invitation>.Done(row));
        }

        public Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(0);
    }

    /// <summary>Counters outside the database, as in a cache that several hosts share.</summary>
    private sealed class KeptCounters : IThrottleStore
    {
        public ConcurrentDictionary<(string Bucket, DateTimeOffset Window), int> Counts { get; } = new();

        public object TransactionDomain => this;

        public Task<bool> TryTakeAsync(string bucket, DateTimeOffset window, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(Counts.AddOrUpdate((bucket, window), 1, (_, count) => count + 1) <= limit);

        public Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken)
        {
            Counts.AddOrUpdate((bucket, window), 0, (_, count) => Math.Max(0, count - 1));
            return Task.CompletedTask;
        }

        public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
            Task.FromResult(Counts.Keys.Count(k => k.Window < before && Counts.TryRemove(k, out _)));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>An instance in use while its database stops and starts again.</summary>
public class RestartTests(ITestOutputHelper output)
{
    private const int Restarts = 3;
    private const int TokensARound = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("Requirement", "S3"), Trait("Requirement", "V16.5.2")]
    public async Task ServerRestartsWhileTokensAreRevoked_EveryAnswerIsRightOrAnOutage()
    {
        await using var server = await PostgresServer.StartAnotherAsync();
        await using var database = new TempDatabase(server);
        var stores = await database.OpenAsync(
            o => (o.ConnectTimeout, o.CommandTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)));
        await stores.InitializeAsync(TempDatabase.Ct);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddKohakuAuth(o => o.Limits.TokensPerUser = 1_000).UseStores(_ => stores);
        await using var provider = services.BuildServiceProvider();
        var credentials = provider.GetRequiredService<ICredentialService>();
        var tokens = await MakeTokensAsync(stores);
        Assert.NotNull(await credentials.FindTokenActorAsync(tokens[0].Secret, null));

        using var stop = new CancellationTokenSource();
        var wrong = new ConcurrentQueue<string>();
        var counts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var users = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var i = n; !stop.IsCancellationRequested; i += 4)
            {
                await UseAsync(tokens[i % tokens.Count]);
                await Task.Yield();
            }
        })).ToList();

        for (var round = 0; round < Restarts; round++)
        {
            var mine = tokens.Skip(round * TokensARound).Take(TokensARound).ToList();
            var revoking = Task.Run(async () =>
            {
                foreach (var token in mine)
                {
                    await RevokeAsync(token);
                }
            });
            await WaitForAsync(() => mine.Count(t => t.Revoked) >= 5);
            server.Stop();
            var outages = counts.GetValueOrDefault("outage");
            await WaitForAsync(() => counts.GetValueOrDefault("outage") > outages);
            server.Start();
            await revoking.WaitAsync(Patience);
        }

        await stop.CancelAsync();
        await Task.WhenAll(users);
        Assert.Empty(wrong);
        foreach (var token in tokens)
        {
            Assert.Equal(!token.Revoked, await credentials.FindTokenActorAsync(token.Secret, null) is not null);
        }

        output.WriteLine(
            $"{Restarts} restarts, {counts["right"]} right answers, {counts["outage"]} outages, "
            + $"{Restarts * TokensARound} revocations, 0 stale accepts.");

        async Task UseAsync(Token token)
        {
            var revokedBefore = token.Revoked;
            try
            {
                var accepted = await credentials.FindTokenActorAsync(token.Secret, null) is not null;
                if (accepted ? revokedBefore : !token.Revoking)
                {
                    wrong.Enqueue($"{token.Id}: {(accepted ? "accepted after its revocation" : "refused before its revocation")}");
                }

                counts.AddOrUpdate("right", 1, (_, n) => n + 1);
            }
            catch (StoreUnavailableException)
            {
                counts.AddOrUpdate("outage", 1, (_, n) => n + 1);
            }
            catch (Exception e)
            {
                wrong.Enqueue($"{token.Id}: {e}");
            }
        }

        async Task RevokeAsync(Token token)
        {
            token.Revoking = true;
            while (true)
            {
                try
                {
                    await stores.Tokens.TryRevokeAsync(token.Id, Make.Audit(), CancellationToken.None);
                    token.Revoked = true;
                    return;
                }
                catch (StoreUnavailableException)
                {
                    await Task.Yield();
                }
            }
        }
    }

    private static async Task<List<Token>> MakeTokensAsync(PostgreSqlStoreSet stores)
    {
        var user = await Make.UserAsync(stores, "mary");
        var tokens = new List<Token>();
        for (var i = 0; i < (Restarts + 1) * TokensARound; i++)
        {
            var secret = SecretGenerator.Create(SecretKind.ApiToken);
            var made = await stores.Tokens.TryCreateAsync(
                new NewToken { UserId = user, Hash = secret.Hash(), Prefix = "krt_a", Name = "t", CreatedAt = Make.Now, Limit = 1_000 },
                Make.Audit(), TempDatabase.Ct);
            tokens.Add(new Token(made.Value!.Id, secret.Reveal()));
        }

        return tokens;
    }

    private static async Task WaitForAsync(Func<bool> reached)
    {
        var started = Stopwatch.GetTimestamp();
        while (!reached())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not come about in two minutes.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private sealed class Token(long id, string secret)
    {
        private volatile bool revoking;
        private volatile bool revoked;

        public long Id => id;

        public string Secret => secret;

        public bool Revoking
        {
            get => revoking;
            set => revoking = value;
        }

        /// <summary>Set when the revocation was acknowledged.</summary>
        public bool Revoked
        {
            get => revoked;
            set => revoked = value;
        }
    }
}

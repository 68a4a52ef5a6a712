using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The library's own cache with the epoch: two instances, neither of which accepts what either has revoked.</summary>
[Subject("Epoch")]
internal sealed class AcceptanceCases : EpochStores
{
    private readonly List<ServiceProvider> providers = [];

    [Case]
    [Requirement("S3")]
    public async Task Use_AfterAnAcknowledgedRevocation_IsRefusedOnEveryInstance()
    {
        var (sets, instances) = await TwoInstancesAsync();
        await MakeUserAsync(null, Role.Admin);
        var user = await MakeUserAsync();
        for (var round = 0; round < Revocations; round++)
        {
            var secret = SecretGenerator.Create(SecretKind.ApiToken);
            var token = Done(await Stores.Tokens.TryCreateAsync(DraftToken(user.Id) with { Hash = secret.Hash() }, Entry(), Ct));
            foreach (var instance in instances)
            {
                // The second use comes from the cache.
                Assert.Equal(user.Id, (await instance.FindTokenActorAsync(secret.Reveal(), null, Ct))?.Id);
                Assert.Equal(user.Id, (await instance.FindTokenActorAsync(secret.Reveal(), null, Ct))?.Id);
            }

            var acting = sets[round % 2];
            if (round % 3 == 0)
            {
                Done(await acting.Accounts.TryUpdateUserAsync(user.Id, new UserChange { IsActive = false }, Tick(), Entry(), Ct));
            }
            else
            {
                Assert.Equal(WriteStatus.Done, await acting.Tokens.TryRevokeAsync(token.Id, Entry(), Ct));
            }

            for (var i = 0; i < 2; i++)
            {
                Assert.True(
                    await instances[i].FindTokenActorAsync(secret.Reveal(), null, Ct) is null,
                    $"Round {round}: instance {i} accepted what instance {round % 2} had revoked.");
            }

            if (round % 3 == 0)
            {
                Done(await acting.Accounts.TryUpdateUserAsync(user.Id, new UserChange { IsActive = true }, Tick(), Entry(), Ct));
                Assert.Equal(WriteStatus.Done, await acting.Tokens.TryRevokeAsync(token.Id, Entry(), Ct));
            }
        }
    }

    [Case]
    [Requirement("V8.3.2")]
    public async Task Use_AfterAChangeOfRole_HasTheNewOneOnEveryInstance()
    {
        var (sets, instances) = await TwoInstancesAsync();
        await MakeUserAsync(null, Role.Admin);
        var user = await MakeUserAsync();
        var secret = SecretGenerator.Create(SecretKind.ApiToken);
        Done(await Stores.Tokens.TryCreateAsync(DraftToken(user.Id) with { Hash = secret.Hash() }, Entry(), Ct));
        for (var round = 0; round < Revocations; round++)
        {
            var role = round % 2 == 0 ? Role.Operator : Role.Viewer;
            Done(await sets[round / 2 % 2].Accounts.TryUpdateUserAsync(user.Id, new UserChange { Role = role }, Tick(), Entry(), Ct));
            foreach (var instance in instances)
            {
                Assert.Equal(role, (await instance.FindTokenActorAsync(secret.Reveal(), null, Ct))?.Role);
            }
        }
    }

    [Case]
    public async Task Use_OfASessionSeenByAnotherInstance_IsNotIdle()
    {
        EpochOf(Stores);
        var clock = new FakeTimeProvider(Tick());
        var here = Instance(Stores, clock);
        var there = Instance(await OpenAnotherAsync(), clock);
        var secret = SecretGenerator.Create(SecretKind.Session);
        await MakeSessionAsync(await MakeUserAsync(), DraftSession() with { Hash = secret.Hash() });
        Assert.NotNull(await here.GetRequiredService<ICredentialService>().FindSessionActorAsync(secret.Reveal(), null, Ct));

        // Used elsewhere, repeatedly; here it is cached as it was at first.
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromHours(4));
            var actor = await there.GetRequiredService<ICredentialService>().FindSessionActorAsync(secret.Reveal(), null, Ct);
            Assert.NotNull(actor);
            there.GetRequiredService<ICredentialService>().NoteUse(actor);
            await there.GetRequiredService<ICredentialService>().WriteUsesAsync(Ct);
        }

        clock.Advance(TimeSpan.FromHours(4));
        Assert.NotNull(await here.GetRequiredService<ICredentialService>().FindSessionActorAsync(secret.Reveal(), null, Ct));
        clock.Advance(TimeSpan.FromHours(4));
        Assert.Null(await here.GetRequiredService<ICredentialService>().FindSessionActorAsync(secret.Reveal(), null, Ct));
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        foreach (var provider in providers)
        {
            await provider.DisposeAsync();
        }

        providers.Clear();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<(KohakuStoreSet[] Sets, ICredentialService[] Instances)> TwoInstancesAsync()
    {
        EpochOf(Stores);
        KohakuStoreSet[] sets = [Stores, await OpenAnotherAsync()];
        return (sets, Array.ConvertAll(sets, set => Instance(set).GetRequiredService<ICredentialService>()));
    }

    private ServiceProvider Instance(KohakuStoreSet set, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);

        // Disposed of by the suite, not by the container.
        services.AddSingleton(set);
        services.AddKohakuAuth();
        var provider = services.BuildServiceProvider();
        providers.Add(provider);
        return provider;
    }
}

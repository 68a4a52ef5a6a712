using System.Reflection;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace KohakuRiver.Auth.Tests;

/// <summary>Which stores of a set can be replaced, and which the start refuses.</summary>
public sealed class StoreBondsTests
{
    private static readonly IReadOnlyList<PropertyInfo> Properties =
        [.. typeof(KohakuStoreSet).GetProperties().Where(p => p.PropertyType.IsAssignableTo(typeof(IKohakuStore)))];

    private static readonly IReadOnlyList<string> Bound = [.. Properties.Select(p => p.Name).Except(StoreBonds.Alone)];

    public static TheoryData<string> Names => [.. Properties.Select(p => p.Name)];

    /// <summary>What the list says follows from the contracts: it is no list of opinions.</summary>
    [Fact]
    public void Alone_AreTheStoresThatNoVerbOnAnActorsBehalfTouches()
    {
        // Such a verb requires the row of a session, token or identity, which is that of a user too, and adds to the audit log.
        string[] touched =
        [
            nameof(KohakuStoreSet.Users), nameof(KohakuStoreSet.Sessions), nameof(KohakuStoreSet.Tokens),
            nameof(KohakuStoreSet.Identities), nameof(KohakuStoreSet.Audit),
        ];
        var withSuchAVerb = Properties
            .Where(p => p.PropertyType.GetMethods().Any(m => m.GetParameters().Any(a => a.ParameterType == typeof(AuthorizedWrite))))
            .Select(p => p.Name);

        Assert.Equal(Properties.Select(p => p.Name).Except(withSuchAVerb).Except(touched), StoreBonds.Alone);
    }

    /// <summary>
    /// All combinations: stores with data of their own in place of any of them, honest about where they write and not.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stores_ReplacedInAnyCombination_AreRefusedUnlessNoneOrAllOfTheBoundOnesAre(bool claimsTheDomain)
    {
        var real = new InMemoryStoreSet();
        var theirs = claimsTheDomain ? real.Users.TransactionDomain : new object();
        var others = Properties.ToDictionary(p => p.Name, p => Foreign(p.PropertyType, theirs));
        for (var mask = 0; mask < 1 << Properties.Count; mask++)
        {
            var replaced = Properties.Where((_, i) => (mask & (1 << i)) != 0).Select(p => p.Name).ToList();
            var set = new ReplacedSet(real, replaced.ToDictionary(name => name, name => others[name]));
            var (taken, kept) = (Bound.Intersect(replaced).ToList(), Bound.Except(replaced).ToList());
            var fault = StoreBonds.FindFault(set, set.All);
            if (taken.Count == 0 || kept.Count == 0)
            {
                Assert.Null(fault);
                continue;
            }

            // Whichever are fewer are called the replaced ones; of two halves the one without the spanning verbs.
            var areFewer = taken.Count < kept.Count || (taken.Count == kept.Count && kept.Contains(nameof(KohakuStoreSet.Accounts)));
            Assert.NotNull(fault);
            var named = fault[..fault.IndexOf(" cannot be replaced alone in ReplacedSet.", StringComparison.Ordinal)];
            Assert.Equal(areFewer ? taken : kept, named.Split(", ").Select(part => part[..part.IndexOf(' ')]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Start_WithOneStoreReplaced_IsRefusedUnlessItIsTheThrottle(string name)
    {
        using var host = new AuthHarness(build: b => b.UseStores(_ => Replaced(name)));
        var fault = await Record.ExceptionAsync(() => host.Get<StartupService>().StartAsync());
        var set = (ReplacedSet)host.Get<KohakuStoreSet>();
        if (StoreBonds.Alone.Contains(name))
        {
            Assert.Null(fault);
            Assert.True(set.Initialized);
            return;
        }

        var said = Assert.IsType<InvalidOperationException>(fault).Message;
        Assert.StartsWith($"{name} (", said, StringComparison.Ordinal);
        Assert.Contains(
            "The stores Users, Accounts, Sessions, Tokens, Identities, Groups, Invitations, Approvals, VpsAssignments, Audit, Codes and "
                + "Settings are bound together", said, StringComparison.Ordinal);
        Assert.Contains("Throttle can be replaced alone.", said, StringComparison.Ordinal);
        Assert.False(set.Initialized);
    }

    [Fact]
    public async Task Start_WithAStorePutIntoTheContainer_IsRefusedTheSameWay()
    {
        using var host = new AuthHarness(build: b => b.Services.AddSingleton(
            sp => (IInvitationStore)Foreign(typeof(IInvitationStore), sp.GetRequiredService<KohakuStoreSet>().Users.TransactionDomain)));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Get<StartupService>().StartAsync());
        Assert.StartsWith("Invitations (", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAStoreThatPassesItsWritesOnAndSaysSo_Works()
    {
        var real = new InMemoryStoreSet();
        var counted = new CountingSettings(real.Settings);
        using var host = new AuthHarness(build: b => b.UseStores(_ => Over(real, counted)));
        await host.Get<StartupService>().StartAsync();
        Assert.True(counted.Reads > 0);

        // Saying so is no licence for data of one's own.
        using var apart = new AuthHarness(build: b => b.UseStores(_ => Over(real, new CountingSettings(new InMemoryStoreSet().Settings))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => apart.Get<StartupService>().StartAsync());
    }

    [Fact]
    public async Task Start_WithAStoreThatSpeaksForAnotherSet_IsRefused()
    {
        var real = new InMemoryStoreSet();
        using var host = new AuthHarness(build: b => b.UseStores(_ => Over(real, new MisplacedSettings(real.Settings))));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Get<StartupService>().StartAsync());
        Assert.StartsWith($"Settings ({typeof(MisplacedSettings).FullName})", fault.Message, StringComparison.Ordinal);
    }

    private static ReplacedSet Replaced(string name)
    {
        var real = new InMemoryStoreSet();
        var other = Foreign(Properties.Single(p => p.Name == name).PropertyType, real.Users.TransactionDomain);
        return new ReplacedSet(real, new Dictionary<string, IKohakuStore> { [name] = other });
    }

    private static ReplacedSet Over(KohakuStoreSet real, ISettingsStore settings) =>
        new(real, new Dictionary<string, IKohakuStore> { [nameof(KohakuStoreSet.Settings)] = settings });

    private static IKohakuStore Foreign(Type store, object domain)
    {
        var foreign = (IKohakuStore)Substitute.For([store], []);
        foreign.TransactionDomain.Returns(domain);
        return foreign;
    }

    private abstract class PassingSettings(ISettingsStore real) : ISettingsStore
    {
        public int Reads { get; private set; }

        public object TransactionDomain => real.TransactionDomain;

        public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
        {
            Reads++;
            return real.ReadAsync(cancellationToken);
        }

        public Task<WriteStatus> WriteAsync(
            IReadOnlyDictionary<string, string?> values, AuthorizedWrite write, CancellationToken cancellationToken) =>
            real.WriteAsync(values, write, cancellationToken);

        public Task<string> GetOrAddAsync(string name, string value, CancellationToken cancellationToken)
        {
            Reads++;
            return real.GetOrAddAsync(name, value, cancellationToken);
        }
    }

    [SharesRowsOf(typeof(ReplacedSet))]
    private sealed class CountingSettings(ISettingsStore real) : PassingSettings(real);

    [SharesRowsOf(typeof(InMemoryStoreSet))]
    private sealed class MisplacedSettings(ISettingsStore real) : PassingSettings(real);
}

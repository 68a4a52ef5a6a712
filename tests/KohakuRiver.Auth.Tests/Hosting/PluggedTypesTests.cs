using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

public sealed class PluggedTypesTests
{
    [Fact]
    public async Task Handler_AddedTwiceWithOneType_IsOne()
    {
        await using var services = await StartAsync(b => b.AddTaskApprovalHandler<First>().AddTaskApprovalHandler<First>());
        using var scope = services.CreateScope();
        Assert.IsType<First>(Assert.Single(scope.ServiceProvider.GetServices<ITaskApprovalHandler>()));
    }

    public static TheoryData<string, Action<KohakuAuthBuilder>> Contradictions => new()
    {
        { "ITaskApprovalHandler", b => b.AddTaskApprovalHandler<First>().AddTaskApprovalHandler<Second>() },
        { "IVpsDirectory", b => b.AddVpsDirectory<First>().AddVpsDirectory<Second>() },
        { "IVpsLifecycle", b => b.AddVpsLifecycle<First>().AddVpsLifecycle<Second>() },
        { "INodeDirectory", b => b.AddNodeDirectory<First>().AddNodeDirectory<Second>() },
        { "IPasswordHasher", b => b.AddPasswordHasher<First>().AddPasswordHasher<Second>() },
        { "IVpsDirectory", b => Plain(b).AddVpsDirectory<Second>() },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public async Task SecondType_ForOneService_FailsTheStartNamingBoth(string service, Action<KohakuAuthBuilder> build)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(build));
        Assert.Contains(service, fault.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(First).FullName!, fault.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Second).FullName!, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralContradictions_AreToldAtOnce()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(b => b
            .AddVpsDirectory<First>().AddVpsDirectory<Second>().AddNodeDirectory<Second>().AddNodeDirectory<First>()));
        Assert.Contains("IVpsDirectory", fault.Message, StringComparison.Ordinal);
        Assert.Contains("INodeDirectory", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hasher_OfAHost_TakesThePlaceOfBcrypt()
    {
        await using var services = await StartAsync(b => b.AddPasswordHasher<First>());
        Assert.IsType<First>(services.GetRequiredService<IPasswordHasher>());
    }

    private static KohakuAuthBuilder Plain(KohakuAuthBuilder builder)
    {
        builder.Services.AddSingleton<IVpsDirectory>(new First());
        return builder;
    }

    private static async Task<ServiceProvider> StartAsync(Action<KohakuAuthBuilder> build)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        build(services.AddKohakuAuth().UseInMemoryStores());
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StartupService>().StartAsync();
        return provider;
    }

    private class First : ITaskApprovalHandler, IVpsDirectory, IVpsLifecycle, INodeDirectory, IPasswordHasher
    {
        public Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<VpsInfo>>([]);

        public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) => Task.FromResult<VpsInfo?>(null);

        public Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken) => Task.FromResult(new VpsOffer());

        public Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<KohakuResult<VpsInfo>>(Refusals.Hidden);

        public Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken) =>
            Task.FromResult<KohakuResult>(Refusals.Hidden);

        Task<IReadOnlyList<NodeInfo>> INodeDirectory.ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<NodeInfo>>([]);

        public string Hash(string password) => password;

        public PasswordVerdict Verify(string password, string storedHash) => PasswordVerdict.Wrong;

        public void VerifyNothing(string password)
        {
        }
    }

    private sealed class Second : First;
}

using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace KohakuRiver.Auth.Tests;

/// <summary>A host may put its own in place of any service, and test what stands on one without the rest.</summary>
public sealed class SubstitutionTests
{
    public static TheoryData<Type> Services { get; } = new(typeof(IUserService).Assembly.GetExportedTypes()
        .Where(t => t.IsInterface && t.Name.EndsWith("Service", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_RegisteredByTheHost_IsTheOneThatIsAsked(Type service)
    {
        var own = Substitute.For([service], []);
        var before = new ServiceCollection().AddLogging().AddSingleton(service, own);
        before.AddKohakuAuth().UseStores(_ => new InMemoryStoreSet());
        using var first = before.BuildServiceProvider(validateScopes: true);

        Assert.Same(own, first.GetRequiredService(service));

        var after = new ServiceCollection().AddLogging();
        after.AddKohakuAuth().UseStores(_ => new InMemoryStoreSet());
        using var second = after.AddSingleton(service, own).BuildServiceProvider(validateScopes: true);

        Assert.Same(own, second.GetRequiredService(service));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OfTheLibrary_IsKnownByItsInterfaceOnly(Type service)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddKohakuAuth().UseStores(_ => new InMemoryStoreSet());
        using var provider = services.BuildServiceProvider(validateScopes: true);

        Assert.False(provider.GetRequiredService(service).GetType().IsPublic);
    }
}

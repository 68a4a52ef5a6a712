using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>The one call that plugs PostgreSQL in.</summary>
public sealed class WiringTests
{
    [Fact]
    public async Task UsePostgreSql_AsTheReadmeShowsIt_GivesTheStores()
    {
        var services = new ServiceCollection();

        // <snippet:use>
        services.AddKohakuAuth()
            .UsePostgreSql("Host=db.example.org;Database=kohaku;Username=kohaku;SSL Mode=VerifyFull");
        // </snippet:use>

        await using var provider = services.BuildServiceProvider();
        Assert.IsType<PostgreSqlStoreSet>(provider.GetRequiredService<KohakuStoreSet>());
    }

    [Fact]
    public void UsePostgreSql_WithoutAServer_FailsWhereItIsCalled() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKohakuAuth().UsePostgreSql("Database=kohaku"));
}

using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>The ways in which people name a PostgreSQL database.</summary>
public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Host=db.example.org;Database=kohaku;Username=k;Password=p:w", 5432)]
    [InlineData("Server=db.example.org;Database=kohaku;User ID=k;Password=p:w", 5432)]
    [InlineData("postgresql://k:p%3Aw@db.example.org/kohaku", 5432)]
    [InlineData("postgres://k:p%3Aw@db.example.org:5433/kohaku", 5433)]
    [InlineData("POSTGRES://k:p:w@db.example.org/kohaku", 5432)]
    public void Normalize_EveryForm_SaysTheSame(string given, int port)
    {
        Assert.True(PostgreSqlConnectionString.IsMeant(given));
        var read = new NpgsqlConnectionStringBuilder(PostgreSqlConnectionString.Normalize(given));
        Assert.Equal(("db.example.org", port, "kohaku", "k", "p:w"), (read.Host, read.Port, read.Database, read.Username, read.Password));
    }

    [Fact]
    public void Normalize_UrlWithParameters_KeepsHowToTrustTheServer()
    {
        var read = new NpgsqlConnectionStringBuilder(
            PostgreSqlConnectionString.Normalize(
                "postgresql://[::1]/kohaku?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&application_name=a%20b"));

        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem", "a b"), (read.SslMode, read.RootCertificate, read.ApplicationName));
        Assert.Equal("::1", read.Host);
    }

    [Fact]
    public void Normalize_UrlWithoutADatabase_LeavesItToTheServer() =>
        Assert.Null(new NpgsqlConnectionStringBuilder(PostgreSqlConnectionString.Normalize("postgresql://kohaku@db")).Database);

    [Theory]
    [InlineData("Host=db;Database=k;Port=hunter2", "cannot be read")]
    [InlineData("Host=db;Passwort=hunter2", "cannot be read")]
    [InlineData("Host=db;Password=hunter2;SSL Mode=yes", "cannot be read")]
    [InlineData("postgresql://kohaku:hunter2@db:x/kohaku", "cannot be read")]
    [InlineData("postgresql://kohaku:hunter2@db/kohaku?sslmode=hunter2", "cannot be read")]
    [InlineData("postgresql://kohaku:hunter2@db/kohaku?shard=1", "sslmode, sslrootcert")]
    [InlineData("postgresql:///hunter2", "")]
    [InlineData("Database=hunter2", "must name a server")]
    [InlineData("/srv/hunter2.db", "cannot be read")]
    public void Normalize_WhatCannotBeUsed_IsRefusedWithoutBeingRepeated(string given, string because)
    {
        var fault = Assert.Throws<FormatException>(() => PostgreSqlConnectionString.Normalize(given));

        Assert.Contains(because, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);

        var refused = Assert.Throws<ArgumentException>(
            () => new PostgreSqlStoreSet(new PostgreSqlStoreOptions { ConnectionString = given }));
        Assert.StartsWith(fault.Message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data/auth.db")]
    [InlineData("/srv/host=a/auth.db")]
    [InlineData("Data Source=auth.db")]
    [InlineData("mysql://db/kohaku")]
    public void IsMeant_OfAnotherEngine_IsFalse(string given) => Assert.False(PostgreSqlConnectionString.IsMeant(given));

    [Fact]
    public async Task Stores_OpenedWithAUrl_AreThoseItNames()
    {
        await using var pool = new PostgreSqlAuthDatabase(
            new PostgreSqlStoreOptions { ConnectionString = "postgresql://kohaku@db.example.org:5433/cluster" }).Pool.Source;

        var read = new NpgsqlConnectionStringBuilder(pool.ConnectionString);
        Assert.Equal(("db.example.org", 5433, "cluster", "kohaku", 2), (read.Host, read.Port, read.Database, read.Username, read.Timeout));
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace KohakuRiver.SampleHost.Tests;

public class ConfigurationTests
{
    [Theory]
    [InlineData("AUTH_ENABLED", "False", "KohakuAuth:Enabled", "false")]
    [InlineData("AUTH_ENABLED", "1", "KohakuAuth:Enabled", "true")]
    [InlineData("SESSION_EXPIRE_HOURS", "48", "KohakuAuth:SessionLifetime", "2.00:00:00")]
    [InlineData("SESSION_IDLE_HOURS", "0", "KohakuAuth:SessionIdleTimeout", "00:00:00")]
    [InlineData("INVITATION_EXPIRE_HOURS", "1.5", "KohakuAuth:InvitationLifetime", "01:30:00")]
    [InlineData("ADMIN_SECRET", "s", "KohakuAuth:AdminSecret", "s")]
    [InlineData("KOHAKU_AUTH_DB", "/data/k.db", "ConnectionStrings:KohakuAuth", "/data/k.db")]
    public void FlatName_Set_BecomesItsKey(string variable, string value, string key, string expected)
    {
        using var configuration = With((variable, value));

        configuration.MapFlatNames();

        Assert.Equal(expected, configuration[key]);
    }

    [Fact]
    public void FlatNames_ThatCannotBeRead_AreAllNamed()
    {
        using var configuration = With(("AUTH_ENABLED", "maybe"), ("SESSION_EXPIRE_HOURS", "a day"), ("SESSION_IDLE_HOURS", "-1"));

        var e = Assert.Throws<SettingsException>(configuration.MapFlatNames);

        Assert.Equal(3, e.Failures.Count());
        Assert.Collection(
            e.Failures,
            f => Assert.StartsWith("AUTH_ENABLED ", f),
            f => Assert.StartsWith("SESSION_EXPIRE_HOURS ", f),
            f => Assert.StartsWith("SESSION_IDLE_HOURS ", f));
    }

    [Fact]
    public void FlatName_Empty_IsNotSet()
    {
        using var configuration = With(("AUTH_ENABLED", ""), ("KohakuAuth:Enabled", "true"));

        configuration.MapFlatNames();

        Assert.Equal("true", configuration["KohakuAuth:Enabled"]);
    }

    [Fact]
    public void FaultOfAKey_SetByItsFlatName_NamesTheVariable()
    {
        using var configuration = With(("ADMIN_SECRET", "short"));

        Assert.StartsWith("ADMIN_SECRET ", FlatNames.Explain(configuration, "KohakuAuth:AdminSecret must have at least 32 characters."));
        Assert.Equal("KohakuAuth:SessionLifetime is wrong.", FlatNames.Explain(configuration, "KohakuAuth:SessionLifetime is wrong."));
    }

    [Theory]
    [InlineData(null, "kohakuriver.db", "kohakuriver.host.db")]
    [InlineData("data/auth.db", "data/auth.db", "data/auth.host.db")]
    [InlineData("Data Source=auth.sqlite;Default Timeout=5", "auth.sqlite", "auth.sqlite.host.db")]
    public void Database_Configured_GivesTwoSiblingFilesUnderTheRoot(string? given, string auth, string host)
    {
        using var folder = new TempFolder();
        using var configuration = With((FlatNames.AuthDatabaseKey, given));

        var databases = HostDatabases.Choose(configuration, folder.Path);

        Assert.Equal(folder.File(auth), new SqliteConnectionStringBuilder(databases.Auth).DataSource);
        Assert.Equal(folder.File(host), new SqliteConnectionStringBuilder(databases.Host).DataSource);
    }

    [Theory]
    [InlineData("Host=db;Username=kohaku", "the server and the database")]
    [InlineData("postgresql://kohaku@db", "the server and the database")]
    [InlineData("Host=db;Database=k;Port=hunter2", "connection string or URL cannot be read")]
    [InlineData("postgresql://kohaku:hunter2@db:x/kohaku", "connection string or URL cannot be read")]
    [InlineData("postgresql://kohaku:hunter2@db/kohaku?shard=1", "unknown parameter; supported are sslmode")]
    [InlineData(":memory:", "file")]
    [InlineData("Data Source=a.db;Nonsense=1", "not a SQLite connection string")]
    public void Database_ThatCannotBeUsed_IsRefusedByNameWithoutItsPassword(string given, string because)
    {
        using var folder = new TempFolder();
        using var configuration = With((FlatNames.AuthDatabaseKey, given));

        var e = Assert.Throws<SettingsException>(() => HostDatabases.Choose(configuration, folder.Path));

        Assert.Contains("KOHAKU_AUTH_DB", e.Message, StringComparison.Ordinal);
        Assert.Contains(because, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.example.org;Database=kohaku;Username=k;Password=p:w", 5432)]
    [InlineData("Server=db.example.org;Database=kohaku;User ID=k;Password=p:w", 5432)]
    [InlineData("postgresql://k:p%3Aw@db.example.org/kohaku", 5432)]
    [InlineData("postgres://k:p%3Aw@db.example.org:5433/kohaku", 5433)]
    public void Database_OnPostgreSql_IsOneForTheUserSideAndTheHost(string given, int port)
    {
        using var folder = new TempFolder();
        using var configuration = With((FlatNames.AuthDatabaseKey, given));

        var databases = HostDatabases.Choose(configuration, folder.Path);

        Assert.True(databases.IsPostgreSql);
        foreach (var read in new[] { databases.Auth, databases.Host }.Select(s => new NpgsqlConnectionStringBuilder(s)))
        {
            Assert.Equal(
                ("db.example.org", port, "kohaku", "k", "p:w"), (read.Host, read.Port, read.Database, read.Username, read.Password));
        }
    }

    [Theory]
    [InlineData("", 20, 2, 3)]
    [InlineData(";Maximum Pool Size=7;Timeout=30;Command Timeout=60", 7, 30, 60)]
    public void Database_OnPostgreSql_IsWaitedForBrieflyUnlessTheStringSaysOtherwise(string more, int pool, int connect, int command)
    {
        using var folder = new TempFolder();
        using var configuration = With((FlatNames.AuthDatabaseKey, "Host=db;Database=kohaku" + more));

        var read = new NpgsqlConnectionStringBuilder(HostDatabases.Choose(configuration, folder.Path).Host);

        Assert.Equal((pool, connect, command), (read.MaxPoolSize, read.Timeout, read.CommandTimeout));
    }

    private static ConfigurationManager With(params (string Key, string? Value)[] values)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, v.Value)));
        return configuration;
    }
}

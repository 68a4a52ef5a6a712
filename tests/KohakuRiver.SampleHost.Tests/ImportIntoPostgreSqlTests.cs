using KohakuRiver.Auth.Import;
using KohakuRiver.Auth.Tests.Shared;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>The command where the host keeps everything in PostgreSQL.</summary>
public sealed class ImportIntoPostgreSqlTests(PostgresServer server)
{
    [Fact]
    public async Task ImportCommand_OnPostgreSql_ImportsOnceAndADryRunChangesNothing()
    {
        using var old = OldHostFile.WithEverything(
            password => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(4, 'b')));
        var database = await server.CreateDatabaseAsync(migrated: false);
        try
        {
            var target = "--ConnectionStrings:KohakuAuth=" + server.ConnectionString(database);

            // Nothing there yet, and a dry run makes nothing.
            Assert.Equal(ImportCommand.NothingDone, (await RunAsync([old.Path, "--dry-run", "--time-zone", "UTC", target])).Code);

            var first = await RunAsync([old.Path, "--time-zone", "UTC", target]);
            Assert.True(first.Code == ImportCommand.SomeLeftOut, first.Output);
            Assert.Contains("users                    5              0         5", first.Output, StringComparison.Ordinal);

            var dry = await RunAsync([old.Path, "--dry-run", "--time-zone", "UTC", target]);
            var second = await RunAsync([old.Path, "--time-zone", "UTC", target]);
            Assert.Contains("users                    0              5         5", dry.Output, StringComparison.Ordinal);
            Assert.Contains("users                    0              5         5", second.Output, StringComparison.Ordinal);
        }
        finally
        {
            await server.DropDatabaseAsync(database);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string[] args)
    {
        using var output = new StringWriter();
        var code = await HostImport.RunAsync(args, output, output);
        return (code, output.ToString());
    }
}

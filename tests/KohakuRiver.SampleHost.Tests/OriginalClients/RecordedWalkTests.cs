using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.OriginalClients;

/// <summary>The original's dashboard and command line as they are: the calls they make, with the bodies they send, in one walk.</summary>
public sealed class RecordedWalkTests(PostgresServer server) : IDisposable
{
    private const string RegisterSecret = "a register secret of more than thirty-two characters";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DashboardAndCommandLine_ReplayedInOrder_FindWhatTheyRead(bool onPostgreSql)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ADMIN_REGISTER_SECRET"] = RegisterSecret,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
        };
        if (onPostgreSql)
        {
            environment["KOHAKU_AUTH_DB"] = server.ConnectionString(await server.CreateDatabaseAsync(migrated: false));
        }

        await using var host = await HostProcess.StartAsync(folder.Path, environment);
        using var walk = new RecordedWalk(host.Address, RegisterSecret);
        var faults = new List<string>();
        foreach (var step in RecordedWalk.Read("dashboard.json").Concat(RecordedWalk.Read("command-line.json")))
        {
            faults.AddRange(await walk.SendAsync(step));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}

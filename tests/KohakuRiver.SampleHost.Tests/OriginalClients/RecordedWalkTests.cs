using System.Net;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.OriginalClients;

/// <summary>
/// The original's dashboard and command line as they are, and scripts as its guides show them: the calls they make, with the bodies they
/// send, in one walk.
/// </summary>
public sealed class RecordedWalkTests(PostgresServer server) : IDisposable
{
    private const string RegisterSecret = "a register secret of more than thirty-two characters";
    private const string MasterSecret = "a master secret of more than thirty-two characters";

    private static readonly string[] Files = ["dashboard.json", "scripts.json", "command-line.json"];

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
            ["ADMIN_SECRET"] = MasterSecret,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
            ["SampleHost__Gpus__0"] = "A card",
        };
        if (onPostgreSql)
        {
            environment["KOHAKU_AUTH_DB"] = server.ConnectionString(await server.CreateDatabaseAsync(migrated: false));
        }

        await using var host = await HostProcess.StartAsync(folder.Path, environment);
        using var walk = new RecordedWalk(host.Address, MasterSecret);
        walk.Keep("register_secret", RegisterSecret);

        // The original's clients cannot make an instance here, but they show it.
        using var master = new Person(host.Address, master: MasterSecret);
        walk.Keep("vps_id", (string)(await master.PostAsync("/api/vps", new { name = "box" }, HttpStatusCode.Created))["vps_id"]!);
        var faults = new List<string>();
        foreach (var step in Files.SelectMany(RecordedWalk.Read))
        {
            faults.AddRange(await walk.SendAsync(step));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // The API's document marks what these files have.
    [Fact]
    public void Walk_OfAllRecordedFiles_LeavesOutNone() => Assert.Equal(Files.Order(), RecordedWalk.All());
}

using System.Net;
using System.Text.Json.Nodes;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>Secrets changed as printed, and what the command line is printed to be good for.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Password = "nine slow herons at the mill";
    private const string OldSecret = "the-master-secret-of-these-tests-only";

    private readonly TempFolder folder = new();
    private readonly Shell shell;

    public SecretsTests() => shell = new Shell(folder.Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(PrintedBlock.Trait, "master-secret")]
    [Trait(PrintedBlock.Trait, "master-secret-check")]
    [Trait(PrintedBlock.Trait, "disable-user")]
    [Trait(PrintedBlock.Trait, "audit-export")]
    public async Task MasterSecret_ChangedAsPrinted_IsValidBesideTheOldOne()
    {
        shell.Require("openssl", "curl");
        shell.Variables["ADMIN_SECRET"] = OldSecret;
        await shell.RunAsync(PrintedBlock.Get("master-secret").Code);
        Assert.Equal("600", Shell.ModeOf(folder.File("secrets.env")));
        var settings = await shell.ReadVariablesAsync(await File.ReadAllTextAsync(folder.File("secrets.env"), Ct));
        var newSecret = settings["KohakuAuth__AdminSecret"];
        Assert.Equal(OldSecret, settings["KohakuAuth__AdminSecretPrevious"]);
        settings["KohakuAuth__Passwords__WorkFactor"] = "10";

        await using var host = await HostProcess.StartAsync(folder.Path, settings);

        foreach (var secret in (IEnumerable<string>)[OldSecret, newSecret])
        {
            shell.Variables["ADMIN_SECRET"] = secret;
            var answer = await shell.RunAsync(
                PrintedBlock.Get("master-secret-check").With(("https://cluster.example.org/", host.Address.ToString())));
            Assert.True((bool?)JsonNode.Parse(answer)!["admin_secret_previous_set"], answer);
        }

        await AssertCommandLineWorksAsync(host, newSecret);
    }

    public void Dispose() => folder.Dispose();

    private async Task AssertCommandLineWorksAsync(HostProcess host, string secret)
    {
        await Operator.AddUserAsync(host.Address, secret, "root", Password, "admin");
        await Operator.AddUserAsync(host.Address, secret, "mallory", Password);
        using var root = new Person(host.Address);
        using var mallory = new Person(host.Address);
        await root.PostAsync("/api/auth/login", new { username = "root", password = Password });
        await mallory.PostAsync("/api/auth/login", new { username = "mallory", password = Password });
        shell.Variables["KOHAKU_TOKEN"] = (string)(await root.PostAsync("/api/auth/tokens/create", new { name = "cli" }))["token"]!;
        shell.Variables["KOHAKU_HOST"] = host.Address.ToString();
        shell.Variables["KOHAKU_HOME"] = folder.File("cli");

        // The tool as it is built: it has the name that it gets when it is installed.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        shell.Programs.Add(Path.Combine(HostProcess.Root, "src", "KohakuRiver.Cli", "bin", output.Parent!.Name, output.Name));
        shell.Require("kohakuriver");

        await shell.RunAsync(PrintedBlock.Get("disable-user").Code);
        await shell.RunAsync(PrintedBlock.Get("audit-export").Code);

        await mallory.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        Assert.Contains(
            await File.ReadAllLinesAsync(folder.File("audit.csv"), Ct),
            line => line.Contains("\"user.update\"", StringComparison.Ordinal) && line.Contains("mallory", StringComparison.Ordinal));
    }
}

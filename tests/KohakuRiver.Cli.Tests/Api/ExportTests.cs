using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Api;

/// <summary>An audit log that is not whole must not pass for one.</summary>
public sealed class ExportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_ThatBreaksOffOrStalls_Is4AndLeavesNoFile(bool breaksOff)
    {
        await using var host = await FakeHost.StartAsync(async http =>
        {
            http.Response.ContentType = "text/csv";
            await http.Response.WriteAsync("id,at\n1,2026\n");
            await http.Response.Body.FlushAsync();
            if (breaksOff)
            {
                http.Abort();
                return;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var cli = new TestCli(host.Address);
        var file = cli.TempPath("audit.csv");

        (await cli.RunAsync("audit", "export", "--output", file, "--timeout", "0.5")).Expect(ExitCodes.Unreachable);

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(file)!, "audit*"));
    }

    [Fact]
    public async Task Export_IsReadableByItsOwnerOnly_AndOverwritesNothing()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "id,at\n", 200, "text/csv"));
        using var cli = new TestCli(host.Address);
        var file = cli.TempPath("audit.csv");

        (await cli.RunAsync("audit", "export", "--output", file)).Expect(ExitCodes.Done);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await File.WriteAllTextAsync(file, "mine");
        Assert.Contains(
            "already exists",
            (await cli.RunAsync("audit", "export", "--output", file)).Expect(ExitCodes.Failed).Error,
            StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    }
}

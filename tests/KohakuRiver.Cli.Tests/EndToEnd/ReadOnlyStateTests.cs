using KohakuRiver.Cli.Tests.Output;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>A state file in a file system that is mounted read-only, as secrets of containers are.</summary>
public sealed class ReadOnlyStateTests
{
    [Fact]
    public async Task Mount_ThatIsReadOnly_CanBeReadFrom_AndChangesSaySo()
    {
        FormTests.RequireProgram("unshare");
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, http.Request.Path == "/api/auth/me" ? """{"id":5,"username":"ann","role":"user","is_active":true}""" : "[]"));
        using var cli = new TestCli(host.Address);
        await cli.State.UpdateAsync(
            s => s.With(host.Address, new HostLogin { Token = "krt_mine", Username = "ann" }), TestContext.Current.CancellationToken);
        var before = await File.ReadAllTextAsync(cli.State.Path, TestContext.Current.CancellationToken);
        var shell = $$"""
            chmod 0644 "$KOHAKU_HOME/auth.json"
            mount --bind "$KOHAKU_HOME" "$KOHAKU_HOME" && mount -o remount,ro,bind "$KOHAKU_HOME" || exit 99
            for line in 'auth whoami' 'users list' 'doctor' 'auth use {{host.Address}}' 'auth login --token-stdin' 'auth logout'; do
                echo krt_mine | dotnet '{{Built.PathOf("Cli")}}' $line >/dev/null 2>'{{cli.TempPath("err")}}'
                echo "$line: $? $(grep -c '^error: ' '{{cli.TempPath("err")}}') $(sort '{{cli.TempPath("err")}}' | uniq -d | wc -l)"
                tail -n 1 '{{cli.TempPath("err")}}' >&2
            done
            """;

        var run = await CliProcess.RunProgramAsync(cli, "unshare", "", "-rm", "sh", "-c", shell);

        Assert.Equal(
            [
                "auth whoami: 0 0 0", "users list: 0 0 0", "doctor: 0 0 0", $"auth use {host.Address}: 1 1 0",
                "auth login --token-stdin: 1 1 0", "auth logout: 1 1 0",
            ],
            run.Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(3, run.Errors.Split("cannot be written: Read-only file system").Length - 1);
        Assert.Equal(before, await File.ReadAllTextAsync(cli.State.Path, TestContext.Current.CancellationToken));
    }
}

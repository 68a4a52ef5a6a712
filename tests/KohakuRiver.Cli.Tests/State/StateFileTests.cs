using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.State;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StateFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TestCli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task State_Written_IsReadAgain()
    {
        var login =
            new HostLogin
            {
                Token = "krt_x",
                TokenId = 4,
                TokenName = "cli@box",
                UserId = 2,
                Username = "ann",
                MadeByLogin = true,
                ExpiresAt = DateTimeOffset.UnixEpoch,
            };
        await cli.State.UpdateAsync(s => s.With("https://a.example", login), CancellationToken.None);

        var read = cli.State.Read();

        Assert.Equal("https://a.example", read.Current);
        Assert.Equal(login, read.Find("https://a.example"));
    }

    [Fact]
    public async Task Files_OnceWritten_AreTheirOwnersOnly()
    {
        await cli.State.UpdateAsync(s => s.With("h", Login("t")), CancellationToken.None);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(cli.State.Path));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(cli.State.Path + ".lock"));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, new DirectoryInfo(cli.Folder).UnixFileMode);
    }

    [Fact]
    public async Task File_WhileItIsBeingWritten_IsNeverOpenToOthers()
    {
        await cli.State.UpdateAsync(s => s, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var open = new List<string>();
        var looks = 0;
        var watcher = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var file in new DirectoryInfo(cli.Folder).GetFiles())
                {
                    try
                    {
                        looks++;
                        if ((File.GetUnixFileMode(file.FullName) & ~OwnerOnly) != UnixFileMode.None)
                        {
                            open.Add(file.Name);
                        }
                    }
                    catch (FileNotFoundException)
                    {
                        // Renamed in the meantime.
                    }
                }
            }
        });

        for (var i = 0; i < 100; i++)
        {
            await cli.State.UpdateAsync(s => s.With("h" + i, Login("t" + i)), CancellationToken.None);
        }

        await stop.CancelAsync();
        await watcher;
        Assert.Empty(open);
        Assert.True(looks > 0);
    }

    [Fact]
    public async Task Logins_OfParallelWriters_AreAllKept()
    {
        const int Writers = 8;
        const int Each = 20;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var key = $"https://h{writer}-{i}";
                await cli.State.UpdateAsync(s => s.With(key, Login(key)), CancellationToken.None);
            }
        })));

        Assert.Equal(Writers * Each, cli.State.Read().Hosts.Count);
    }

    [Fact]
    public async Task EachWriter_IsToldWhatItReplaced_SoThatEveryTokenIsReplacedOnce()
    {
        const int Writers = 16;
        var before = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() =>
            cli.State.UpdateAsync(s => s.With("h", Login("t" + i)), CancellationToken.None))));

        var replaced = before.Select(b => b.Find("h")?.Token).Append(cli.State.Read().Find("h")!.Token).Where(t => t is not null).ToList();
        Assert.Equal(Writers, replaced.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Writers, replaced.Count);
    }

    [Fact]
    public async Task Readers_WhileOthersWrite_SeeWholeFiles()
    {
        await cli.State.UpdateAsync(s => s.With("h", Login("t")), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var reads = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.NotNull(cli.State.Read().Find("h"));
                reads++;
            }

            return reads;
        });
        for (var i = 0; i < 200; i++)
        {
            await cli.State.UpdateAsync(s => s.With("h", Login(new string('x', 1 + (i * 50)))), CancellationToken.None);
        }

        await stop.CancelAsync();
        Assert.True(await reader > 0);
    }

    [Fact]
    public async Task File_OthersCouldRead_IsClosedAndSaidSo()
    {
        await cli.State.UpdateAsync(s => s.With("h", Login("t")), CancellationToken.None);
        File.SetUnixFileMode(cli.State.Path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using var warnings = new StringWriter();

        var read = new StateFile(cli.Folder, TimeProvider.System, warnings).Read();

        Assert.NotNull(read.Find("h"));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(cli.State.Path));
        Assert.Contains("was readable by other users", warnings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"hosts\": ", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("null", "not valid JSON")]
    [InlineData("{ \"version\": 9 }", "another version")]
    public async Task File_ThatCannotBeUsed_SaysWhatToDo(string content, string expected)
    {
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(cli.State.Path, content);

        var run = await cli.RunAsync("auth", "hosts");

        Assert.Contains(expected, run.Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
        Assert.Contains("auth.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"hosts\": ", true)]
    [InlineData("null", true)]
    [InlineData("", false)]
    public async Task File_CutOff_DoesNotStandInTheWayOfALogin(string content, bool isKept)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, http.Request.Path == "/api/auth/me"
            ? """{"id":5,"username":"ann","role":"user"}"""
            : "[]"));
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(cli.State.Path, content);

        (await cli.RunAsync("auth", "login", "--host", host.Address, "--token", "krt_new")).Expect(ExitCodes.Done);

        Assert.Equal("krt_new", cli.State.Read().Find(host.Address)?.Token);
        Assert.Equal(isKept, File.Exists(cli.State.Path + ".broken"));
        if (isKept)
        {
            Assert.Equal(content, await File.ReadAllTextAsync(cli.State.Path + ".broken"));
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(cli.State.Path + ".broken"));
        }
    }

    [Theory]
    [InlineData("""{"version":1,"hosts":null}""")]
    [InlineData("""{"version":1,"hosts":{"http://a":null}}""")]
    [InlineData("""{"version":1,"hosts":{"http://a":{"token":null}}}""")]
    [InlineData("""{"version":1,"current":"http://a","hosts":{"http://a":{"token":""}}}""")]
    public async Task Entries_WithNothingInThem_AreNoLogins(string content)
    {
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(cli.State.Path, content);

        Assert.Equal(0, (await cli.JsonAsync("auth", "hosts")).GetArrayLength());
        (await cli.RunAsync("auth", "logout", "--host", "http://a")).Expect(ExitCodes.NotLoggedIn);
        await cli.State.UpdateAsync(s => s.With("h", Login("t")), CancellationToken.None);
        Assert.Equal("h", Assert.Single(cli.State.Read().Hosts).Key);
    }

    [Fact]
    public async Task File_ThatIsALink_StaysOne()
    {
        var elsewhere = cli.TempPath("dotfiles");
        Directory.CreateDirectory(elsewhere);
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "auth.json"), """{"version":1,"hosts":{}}""");
        File.CreateSymbolicLink(cli.State.Path, Path.Combine(elsewhere, "link"));
        File.CreateSymbolicLink(Path.Combine(elsewhere, "link"), "auth.json");

        await cli.State.UpdateAsync(s => s.With("h", Login("t")), CancellationToken.None);

        Assert.NotNull(new FileInfo(cli.State.Path).LinkTarget);
        Assert.NotNull(cli.State.Read().Find("h"));
        Assert.Contains("\"h\"", await File.ReadAllTextAsync(Path.Combine(elsewhere, "auth.json")), StringComparison.Ordinal);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(elsewhere, "auth.json")));
    }

    [Fact]
    public async Task LeftOver_OfAKilledWriter_DoesNotStandInTheWay()
    {
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(cli.State.Path + ".new", "{ half");

        await cli.State.UpdateAsync(s => s.With("h", Login("t")), CancellationToken.None);

        Assert.NotNull(cli.State.Read().Find("h"));
        Assert.False(File.Exists(cli.State.Path + ".new"));
    }

    [Fact]
    public void CurrentHost_WhenRemoved_IsTheOnlyOneLeftOrNone()
    {
        var two = new AuthState().With("a", Login("1")).With("b", Login("2"));
        var three = two.With("c", Login("3"));

        Assert.Equal("a", two.Without("b", two.Find("b")!).Current);
        Assert.Null(three.Without("c", three.Find("c")!).Current);
        Assert.Equal("c", three.Without("a", three.Find("a")!).Current);
    }

    [Fact]
    public void Login_AsText_ShowsNoToken() =>
        Assert.DoesNotContain("krt_secret", Login("krt_secret").ToString(), StringComparison.Ordinal);

    private static HostLogin Login(string token) => new() { Token = token };
}

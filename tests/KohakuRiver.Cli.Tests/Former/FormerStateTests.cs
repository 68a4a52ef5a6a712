using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Former;

/// <summary>The original's <c>auth.json</c>, which lies where ours does.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FormerStateTests : IDisposable
{
    private const string Original =
        """{"token": "0123abcd", "token_id": 12, "token_name": "cli-auto", "username": "ann", "role": "user"}""";

    private readonly TestCli cli = new();

    private string Kept => cli.State.Path + ".original";

    public FormerStateTests()
    {
        Directory.CreateDirectory(cli.Folder);
        File.WriteAllText(cli.State.Path, Original);
        File.SetUnixFileMode(cli.State.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public void File_OfTheOriginal_IsTheLoginOfItsOneHost()
    {
        var state = new StateFile(cli.Folder, TimeProvider.System, TextWriter.Null) { FormerHost = () => "http://river:9000" }.Read();

        Assert.Equal("http://river:9000", state.Current);
        Assert.Equal(
            new HostLogin { Token = "0123abcd", TokenName = "cli-auto", Username = "ann" }, Assert.Single(state.Hosts).Value);
    }

    [Fact]
    public async Task File_OfALoginByToken_HasNoNameOfOne()
    {
        await File.WriteAllTextAsync(cli.State.Path, """{"token": "0123abcd", "username": "ann", "role": "user"}""");

        Assert.Equal(new HostLogin { Token = "0123abcd", Username = "ann" }, Assert.Single(cli.State.Read().Hosts).Value);
    }

    [Theory]
    [InlineData("""{"token": null}""")]
    [InlineData("""{"token": ""}""")]
    public async Task File_WithoutAToken_IsNoLogin(string content)
    {
        await File.WriteAllTextAsync(cli.State.Path, content);

        Assert.Empty(cli.State.Read().Hosts);
    }

    [Fact]
    public async Task Token_OfTheOriginalsFile_GoesToTheOriginalsHostOnly()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        await using var other = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        var address = new Uri(host.Address);
        cli.Environment["KOHAKURIVER_HOST"] = address.Host;
        cli.Environment["KOHAKURIVER_PORT"] = address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Done);
        (await cli.RunAsync("nodes", "list", "--host", other.Address)).Expect(ExitCodes.Done);

        Assert.Equal("GET /api/nodes Bearer 0123abcd", Assert.Single(host.Requests));
        Assert.Equal("GET /api/nodes", Assert.Single(other.Requests));
        Assert.Equal(Original, await File.ReadAllTextAsync(cli.State.Path));
    }

    [Fact]
    public async Task File_WhenRewritten_IsKeptBesideIt_ForItsOwnerOnly()
    {
        using var said = new StringWriter();
        var state = new StateFile(cli.Folder, TimeProvider.System, said);

        await state.UpdateAsync(s => s.With("https://new", new HostLogin { Token = "t" }), CancellationToken.None);

        Assert.Equal(Original, await File.ReadAllTextAsync(Kept));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
        Assert.Equal(["http://localhost:8000", "https://new"], cli.State.Read().Hosts.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(".original", said.ToString(), StringComparison.Ordinal);

        // Once it is ours, nothing is kept and nothing is said.
        await File.WriteAllTextAsync(Kept, "untouched");
        await state.UpdateAsync(s => s.With("https://newer", new HostLogin { Token = "t" }), CancellationToken.None);
        Assert.Equal("untouched", await File.ReadAllTextAsync(Kept));
        Assert.Single(said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Change_ThatFails_LeavesTheOriginalsFileAlone()
    {
        (await cli.RunAsync("auth", "use", "https://unknown.example")).Expect(ExitCodes.NotLoggedIn);

        Assert.Equal(Original, await File.ReadAllTextAsync(cli.State.Path));
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task Login_OverTheOriginals_RevokesNoTokenByTheOldId()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, http.Request.Path.Value switch
        {
            "/api/auth/login" => """{"user":{"id":5,"username":"ann","role":"user"}}""",
            "/api/auth/tokens/create" => """{"id":4,"name":"box","token":"krt_new"}""",
            _ => """{"message":"ok"}""",
        }));
        var address = new Uri(host.Address);
        cli.Environment["KOHAKURIVER_HOST"] = address.Host;
        cli.Environment["KOHAKURIVER_PORT"] = address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (await cli.RunAsync("auth", "login", "-u", "ann", "-p", "secret")).Expect(ExitCodes.Done);

        Assert.DoesNotContain(host.Requests, r => r.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.Equal("krt_new", cli.State.Read().Find(host.Address)?.Token);
    }
}

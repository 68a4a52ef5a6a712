using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Each page by each role: seen, refused, or led to the login page; and what the navigation shows is what one may see.</summary>
public sealed class PageRoleTests(FilledHost filled) : IClassFixture<FilledHost>
{
    private readonly PanelHost host = filled.Host;

    [Fact]
    public void Pages_ThatAreMapped_AreAllInTheMatrix()
    {
        var mapped = host.Endpoints
            .Where(
                e => e.Metadata.GetMetadata<PanelRoute>() is not null
                    && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") != true)
            .Select(e => e.Metadata.GetRequiredMetadata<PanelRoute>().Pattern);
        Assert.Equal(
            PanelPages.All.Select(p => p.Pattern).Concat(PanelPages.NoPages).Order(StringComparer.Ordinal),
            mapped.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Role.Anony)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Admin)]
    [Trait("Requirement", "R5"), Trait("Requirement", "V3.4.3"), Trait("Requirement", "V3.4.4"), Trait("Requirement", "V3.4.5")]
    [Trait("Requirement", "V3.4.6"), Trait("Requirement", "V3.4.8"), Trait("Requirement", "V3.5.8"), Trait("Requirement", "V14.3.2")]
    [Trait("Requirement", "V8.2.1"), Trait("Requirement", "V8.3.1")]
    public async Task Pages_OfEachRole_AreSeenOrRefusedAsTheTableSays(Role role)
    {
        using var client = role == Role.Anony ? new PanelClient(host) : await host.LogInAsync(role);
        foreach (var (_, path, minimum) in PanelPages.All)
        {
            using var answer = await client.GetAsync(path);
            var expected = minimum == Role.Anony ? (role != Role.Anony && path == "/login" ? HttpStatusCode.SeeOther : HttpStatusCode.OK)
                : role == Role.Anony ? HttpStatusCode.Found
                : role >= minimum ? HttpStatusCode.OK
                : HttpStatusCode.Forbidden;
            Assert.True(expected == answer.StatusCode, $"{role} {path}: {answer.StatusCode}, expected {expected}");
            AssertGuarded(answer, path);
            if (answer.StatusCode == HttpStatusCode.Forbidden)
            {
                Assert.Contains("<h1>Not allowed</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Admin)]
    public async Task Navigation_OfEachRole_LeadsOnlyToWhatOneMaySee(Role role)
    {
        using var client = await host.LogInAsync(role);
        var html = await client.ReadAsync("");
        var nav = html[html.IndexOf("<nav", StringComparison.Ordinal)..html.IndexOf("</nav>", StringComparison.Ordinal)];
        var links = System.Text.RegularExpressions.Regex.Matches(nav, "href=\"/admin(?<x>[^\"]*)\"", default, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["x"].Value)
            .ToList();
        Assert.Contains("/tokens", links);
        string[] shown =
            ["/approvals", "/tasks", "/nodes", "/vps", "/users", "/groups", "/invitations", "/tokens", "/audit", "/settings"];
        foreach (var (_, path, minimum) in PanelPages.All.Where(p => shown.Contains(p.Path, StringComparer.Ordinal)))
        {
            Assert.Equal(role >= minimum, links.Contains(path));
        }

        // Who manages all of them has a page for all.
        Assert.Equal(role < Role.Operator, links.Contains("/account/vps"));
    }

    [Fact]
    [Trait("Requirement", "R5"), Trait("Requirement", "V3.4.3"), Trait("Requirement", "V3.4.4"), Trait("Requirement", "V3.4.5")]
    [Trait("Requirement", "V3.4.6"), Trait("Requirement", "V3.4.8"), Trait("Requirement", "V3.5.8"), Trait("Requirement", "V14.3.2")]
    public async Task Answers_OfEveryKind_CarryTheHeaders()
    {
        using var client = await host.LogInAsync(Role.Admin);
        using var absent = await client.GetAsync("/no/such/page");
        using var noUser = await client.GetAsync("/users/999999");
        using var badQuery = await client.GetAsync("/users?role=4");
        using var stale = await client.PostWithAsync("wrong", "/settings");
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            [absent.StatusCode, noUser.StatusCode, badQuery.StatusCode, stale.StatusCode]);
        Assert.All([absent, noUser, badQuery, stale], a => AssertGuarded(a, a.RequestMessage!.RequestUri!.ToString()));
        Assert.Contains("class=\"side\"", await absent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_OnAnyAddress_AreLedToTheLoginPageAndBack()
    {
        using var client = new PanelClient(host);
        using var answer = await client.GetAsync("/users?role=admin");
        Assert.Equal("/admin/login?return=%2Fadmin%2Fusers%3Frole%3Dadmin", answer.Headers.Location!.OriginalString);
        using var absent = await client.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.Found, absent.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "V7.2.2")]
    public async Task TokensAndMasterSecret_OnPages_MakeNobodyKnown()
    {
        var token = (await host.Get<ITokenService>().CreateAsync(host.ActorOf(Role.Admin), new CreateTokenCommand { Name = "for this" }))
            .Require().Secret
            .Reveal();
        foreach (var (name, value) in new[]
        {
            ("Authorization", "Bearer " + token),
            ("X-Admin-Token", PanelHost.MasterSecret),
            ("X-Admin-Token", "wrong"),
        })
        {
            using var client = new PanelClient(host);
            client.Http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            using var answer = await client.GetAsync("/users");
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.StartsWith("/admin/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Assets_UnderTheirHashes_AreKeptForEver()
    {
        using var client = new PanelClient(host);
        var html = await client.ReadAsync("/login");
        var files = System.Text.RegularExpressions.Regex.Matches(html, "/admin(?<x>/assets/[^\"]+)", default, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["x"].Value)
            .Distinct()
            .ToList();
        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            using var answer = await client.GetAsync(file);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }

        using var old = await client.GetAsync("/assets/panel.0000000000000000.css");
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task Assets_AreSentCompressedToThoseWhoTakeThemSo()
    {
        using var client = new PanelClient(host);
        var html = await client.ReadAsync("/login");
        foreach (var name in new[] { "css", "js", "svg" })
        {
            var file = System.Text.RegularExpressions.Regex.Match(
                html, $"/assets/panel\\.[0-9a-f]+\\.{name}", default, TimeSpan.FromSeconds(1)).Value;
            var (plain, none) = await ReadAsync(file, "br;q=0, identity");
            Assert.Null(none);
            foreach (var (accepts, encoding) in new[]
            {
                ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"),
            })
            {
                var (sent, got) = await ReadAsync(file, accepts);
                Assert.Equal(encoding, got);
                Assert.True(sent.Length < plain.Length, $"{file} as {encoding}");
                using Stream open = encoding == "br"
                    ? new System.IO.Compression.BrotliStream(new MemoryStream(sent), System.IO.Compression.CompressionMode.Decompress)
                    : new System.IO.Compression.GZipStream(new MemoryStream(sent), System.IO.Compression.CompressionMode.Decompress);
                using var whole = new MemoryStream();
                await open.CopyToAsync(whole);
                Assert.Equal(plain, whole.ToArray());
            }
        }

        async Task<(byte[] Content, string? Encoding)> ReadAsync(string file, string accepts)
        {
            client.Http.DefaultRequestHeaders.Remove("Accept-Encoding");
            client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accepts);
            using var answer = await client.GetAsync(file);
            Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
            return (await answer.Content.ReadAsByteArrayAsync(), answer.Content.Headers.ContentEncoding.SingleOrDefault());
        }
    }

    [Fact]
    [Trait("Requirement", "R5"), Trait("Requirement", "V3.6.1")]
    public async Task Pages_Always_HaveNoInlineScriptOrStyle()
    {
        using var client = await host.LogInAsync(Role.Admin);
        foreach (var (_, path, _) in PanelPages.All.Where(p => p.Role != Role.Anony))
        {
            var html = await client.ReadAsync(path);
            Assert.DoesNotMatch("<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:|https?://(?!127)", html);
        }
    }

    internal static void AssertGuarded(HttpResponseMessage answer, string what)
    {
        string One(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(" | ", values) : $"no {name} on {what}";
        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
                + "base-uri 'none'; frame-ancestors 'none'",
            One("Content-Security-Policy"));
        Assert.Equal("nosniff", One("X-Content-Type-Options"));
        Assert.Equal("no-referrer", One("Referrer-Policy"));
        Assert.Equal("no-store", One("Cache-Control"));
        Assert.Equal("same-origin", One("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", One("Cross-Origin-Resource-Policy"));
    }
}

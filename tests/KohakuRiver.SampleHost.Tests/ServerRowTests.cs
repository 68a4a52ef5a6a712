using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>What only the running server shows: its TLS, its headers, and files it must not serve.</summary>
public sealed class ServerRowTests : IDisposable
{
    private readonly X509Certificate2 certificate = MakeCertificate();
    private readonly SampleHost host = new();

    [Fact]
    [Trait("Requirement", "V3.4.1"), Trait("Requirement", "V12.1.1"), Trait("Requirement", "V13.4.6")]
    public async Task Https_OfTheSample_SpeaksNewTlsOnlyAndTellsNoVersions()
    {
        host.UseKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        host.StartServer();
        var port = host.ClientOptions.BaseAddress.Port;

        foreach (var protocol in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            using var handler = new SocketsHttpHandler
            {
                SslOptions =
                    new SslClientAuthenticationOptions
                    {
                        EnabledSslProtocols = protocol,
                        RemoteCertificateValidationCallback = (_, sent, _, _) => sent?.GetCertHashString() == certificate
                            .GetCertHashString(),
                    },
            };
            using var client = new HttpClient(handler);
            foreach (var path in new[] { "/api/health", "/api/auth/status", "/api/tasks", "/admin/login", "/no/such/page" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"https://127.0.0.1:{port}{path}");
                request.Headers.Host = "cluster.example";
                using var answer = await client.SendAsync(request);
                Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
                Assert.All(["Server", "X-Powered-By", "X-AspNet-Version"], name => Assert.False(answer.Headers.Contains(name)));
            }
        }

        // A client that offers at most version 1.1 gets an alert (21), one that offers 1.2 a handshake (22).
        Assert.Equal(21, await HelloAsync(port, minor: 2));
        Assert.Equal(22, await HelloAsync(port, minor: 3));
    }

    [Theory]
    [InlineData("/.git/HEAD")]
    [InlineData("/.git/config")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/KohakuRiver.SampleHost.dll")]
    [InlineData("/api/")]
    [InlineData("/static/")]
    [InlineData("/assets/")]
    [InlineData("/openapi.json")]
    [InlineData("/swagger")]
    [InlineData("/docs")]
    [InlineData("/metrics")]
    [InlineData("/api/metrics")]
    [Trait("Requirement", "R8"), Trait("Requirement", "V13.4.1"), Trait("Requirement", "V13.4.3"), Trait("Requirement", "V13.4.5")]
    public async Task Files_FoldersAndDescriptions_AreNotThere(string path)
    {
        using var nobody = host.Anonymous();

        using var answer = await nobody.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("application/problem+json", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
    }

    // A ClientHello written by hand, as the system's own library may not offer old versions any more.
    private static async Task<byte> HelloAsync(int port, byte minor)
    {
        byte[] extensions = Extensions;
        byte[] head = [3, minor, .. RandomNumberGenerator.GetBytes(32), 0, 0, 8, 0xC0, 0x13, 0xC0, 0x14, 0xC0, 0x2F, 0xC0, 0x30, 1, 0, 0,
            (byte)extensions.Length];
        byte[] hello = [.. head, .. extensions];
        byte[] record = [22, 3, 1, 0, (byte)(hello.Length + 4), 1, 0, 0, (byte)hello.Length, .. hello];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(record, limit.Token);
        var first = new byte[1];
        return await stream.ReadAsync(first, limit.Token) == 1 ? first[0] : (byte)0;
    }

    // Curves (P-256), point formats, and signatures (RSA and ECDSA with SHA-256, RSA-PSS).
    private static byte[] Extensions => [0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 8, 0, 6, 4, 1, 4, 3, 8, 4];

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        host.Dispose();
        certificate.Dispose();
    }
}

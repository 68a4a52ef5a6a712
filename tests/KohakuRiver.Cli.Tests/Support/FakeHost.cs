using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Cli.Tests.Support;

/// <summary>A server on a free port of this machine that answers as a test tells it to.</summary>
internal sealed class FakeHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> requests = new();

    private FakeHost(RequestDelegate answer, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        app = builder.Build();
        app.Run(async http =>
        {
            requests.Enqueue(
                $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers.Authorization}".Trim());
            await answer(http);
        });
    }

    internal string Address => app.Urls.Single();

    /// <summary>Method, path with query, and credential of each request, in order.</summary>
    internal IReadOnlyList<string> Requests => [.. requests];

    internal static async Task<FakeHost> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var host = new FakeHost(answer, certificate);
        await host.app.StartAsync();
        return host;
    }

    internal static Task JsonAsync(HttpContext http, string json, int status = 200, string type = "application/json")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(json);
    }

    internal static Task ProblemAsync(HttpContext http, int status, string detail) =>
        JsonAsync(http, $$"""{"status":{{status}},"detail":"{{detail}}"}""", status, "application/problem+json");

    /// <summary>Never answers, until whoever asked is gone.</summary>
    internal static Task UntilGoneAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        http.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    /// <summary>A certificate nobody trusts.</summary>
    internal static X509Certificate2 SelfSigned(TimeProvider clock, string? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        if (address is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(System.Net.IPAddress.Parse(address));
            request.CertificateExtensions.Add(names.Build());
        }

        using var made = request.CreateSelfSigned(clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }
}

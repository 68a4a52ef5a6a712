using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>A throw-away nginx with one server for each block that is printed, all with HTTPS and one certificate.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    /// <summary>The address clients come from: another one than the proxy's own.</summary>
    internal const string Client = "127.0.0.2";

    private readonly Process process;
    private readonly X509Certificate2 certificate;

    private Nginx(Process process, X509Certificate2 certificate)
    {
        this.process = process;
        this.certificate = certificate;
    }

    /// <summary>Checks a configuration as operators do, and starts with it.</summary>
    /// <param name="shell">Where it works.</param>
    /// <param name="folder">A folder for its files.</param>
    /// <param name="make">The servers' part of the configuration, from the paths of certificate and key.</param>
    /// <param name="ports">Where it listens then.</param>
    internal static async Task<Nginx> StartAsync(
        Shell shell, TempFolder folder, Func<string, string, string> make, params IReadOnlyList<int> ports)
    {
        var made = Certificate.Create();
        var (pem, key) = (folder.File("nginx.pem"), folder.File("nginx.key"));
        await File.WriteAllTextAsync(pem, made.Pem);
        await File.WriteAllTextAsync(key, made.Key);

        // What a distribution's own nginx.conf has around it; as root it would become another user, who may not open the folder.
        await File.WriteAllTextAsync(
            folder.File("nginx.conf"),
            $$"""
            daemon off;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            pid {{folder.File("nginx.pid")}};
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path {{folder.File("body")}};
                proxy_temp_path {{folder.File("proxy")}};
                fastcgi_temp_path {{folder.File("fastcgi")}};
                uwsgi_temp_path {{folder.File("uwsgi")}};
                scgi_temp_path {{folder.File("scgi")}};
            {{make(pem, key)}}
            }
            """);
        await shell.RunAsync("nginx -t -q -p . -c nginx.conf");
        var output = new StringBuilder();
        var nginx = new Nginx(
            shell.Start("exec nginx -p . -c nginx.conf", line => output.AppendLine(line)), X509Certificate2.CreateFromPem(made.Pem));
        foreach (var port in ports)
        {
            await nginx.WaitForAsync(port, () => output.ToString());
        }

        return nginx;
    }

    /// <summary>A server around a block that is a location.</summary>
    internal static string Server(int port, string certificate, string key, string location) => string.Create(
        CultureInfo.InvariantCulture,
        $"server {{\nlisten 127.0.0.1:{port} ssl;\nssl_certificate {certificate};\nssl_certificate_key {key};\n{location}\n}}\n");

    /// <summary>The same without HTTPS.</summary>
    internal static string PlainServer(int port, string location) => string.Create(
        CultureInfo.InvariantCulture, $"server {{\nlisten 127.0.0.1:{port};\n{location}\n}}\n");

    /// <summary>A client that comes from <see cref="Client"/> and trusts nothing but this certificate.</summary>
    internal HttpClient Connect(int port) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(Client), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        },
    })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}")),
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Logs in through it; gives the session's cookie as the browser gets it, with its attributes.</summary>
    internal static async Task<string> LogInAsync(HttpClient client, string path, string name, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new { username = name, password }), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };

        // What a client says of itself is not believed.
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return response.Headers.GetValues("Set-Cookie").Single(c => !c.Contains("=;", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        certificate.Dispose();
    }

    private async Task WaitForAsync(int port, Func<string> output)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 300 && !process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException("nginx does not listen:\n" + output(), e);
            }
        }
    }
}

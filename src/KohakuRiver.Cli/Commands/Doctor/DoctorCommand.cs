using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver doctor</c>: what a command finds on its way to the host, one thing after another.</summary>
internal static class DoctorCommand
{
    private const string Ok = "ok";
    private const string Warning = "warning";
    private const string Failed = "failed";

    // The header counts whole seconds, and the answer takes its time.
    private static readonly TimeSpan SmallDifference = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, string> Powers = new(StringComparer.Ordinal)
    {
        [User.NoPermission] = "has no permissions", ["viewer"] = "looks at tasks and nodes", ["user"] = "submits tasks",
        ["operator"] = "decides on tasks", ["admin"] = "manages users and settings",
    };

    internal static CliCommand Build() => new CliCommand(
        "doctor", "Check the way to the host: which one and why, state file, proxy, certificates, versions, clocks, login.",
        "kohakuriver doctor", "kohakuriver doctor --json").Does(async (run, cancellationToken) =>
    {
        var checks = new List<Check>();
        var exitCode = await CheckAllAsync(run, checks, cancellationToken);
        run.Output.List(
            checks, "Nothing was checked.",
            new Column<Check>("What", c => c.Name), new("Result", c => c.Result) { IsState = true },
            new("Detail", c => c.Detail) { Folds = true });
        return exitCode;
    });

    private static async Task<int> CheckAllAsync(InvocationContext run, List<Check> checks, CancellationToken cancellationToken)
    {
        checks.Add(
            new("client", Ok, $"{ProgramVersion.Text} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"));
        checks.Add(await StateAsync(run, cancellationToken));
        try
        {
            checks.Add(new("host", Ok, $"{run.Host}, named by {run.HostFrom ?? "nobody: the usual address on this machine"}"));
            checks.Add(new("proxy", Ok, HostErrors.ProxyOf(run.Host) ?? "none on this way"));
            checks.Add(new("authorities", Ok, "the system's" + (run.Certificates.Source is { } own ? " and those of " + own : "")));
        }
        catch (CliException fault)
        {
            checks.Add(new("host", Failed, fault.Message));
            return fault.ExitCode;
        }

        try
        {
            await ConnectAsync(run, checks, cancellationToken);
        }
        catch (CliException fault)
        {
            checks.Add(new("connection", Failed, fault.Message));
            return fault.ExitCode;
        }

        try
        {
            checks.Add(await LoginAsync(run, cancellationToken));
            checks.Add(await VersionAsync(run, cancellationToken));
        }
        catch (CliException fault)
        {
            checks.Add(new("login", Failed, fault.Message));
            return fault.ExitCode;
        }

        return checks.Any(c => c.Result == Failed) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<Check> StateAsync(InvocationContext run, CancellationToken cancellationToken)
    {
        const string Name = "state file";
        if (!run.State.HasPlace)
        {
            return new(Name, Warning, "none: you have no home folder, and KOHAKU_HOME is not set");
        }

        var path = run.State.ShownPath;
        try
        {
            var logins = run.State.Read().Hosts.Count;
            if (!Directory.Exists(Path.GetDirectoryName(run.State.Path)))
            {
                return new(Name, Ok, $"{path}: not there yet");
            }

            var mode = OperatingSystem.IsWindows() || !File.Exists(run.State.Path) ? ""
                : ", mode " + Convert.ToString((int)File.GetUnixFileMode(run.State.Path), 8).PadLeft(4, '0');
            await run.State.RequireWritableAsync(cancellationToken);
            return new(Name, Ok, $"{path}: {logins} host{(logins == 1 ? "" : "s")}{mode}");
        }
        catch (CliException fault)
        {
            // Whoever only reads it can do without.
            return new(Name, fault.InnerException is JsonException ? Failed : Warning, fault.Message);
        }
    }

    private static async Task ConnectAsync(InvocationContext run, List<Check> checks, CancellationToken cancellationToken)
    {
        var api = run.Client(null);
        var sent = run.Clock.GetUtcNow();
        using var response = await api.AnyAsync(HttpMethod.Get, run.Host.Api("auth/status"), null, cancellationToken);
        var received = run.Clock.GetUtcNow();
        var body = await api.ReadAllAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw api.FaultOf(response, body);
        }

        if (!HostErrors.IsJson(response.Content.Headers.ContentType))
        {
            throw HostErrors.NotAHost(run.Host, response);
        }

        var took = string.Create(CultureInfo.InvariantCulture, $"answers in {(received - sent).TotalMilliseconds:0} ms");
        checks.Add(new("connection", Ok, $"HTTP/{response.Version.ToString(2)}, {took}"));
        checks.Add(run.Host.Root.Scheme == Uri.UriSchemeHttps ? new("tls", Ok, run.Certificates.Accepted ?? "verified")
            : run.Host.IsExposed ? new("tls", Warning, "none: passwords and tokens can be intercepted")
            : new("tls", Ok, "none, on this machine"));
        checks.Add(ClockOf(response.Headers.Date, sent + ((received - sent) / 2)));
    }

    private static Check ClockOf(DateTimeOffset? theirs, DateTimeOffset ours)
    {
        if (theirs is not { } at)
        {
            return new("clock", Warning, "the host does not say what time it is");
        }

        var difference = ours - at;
        var seconds = Math.Round(Math.Abs(difference.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return difference.Duration() <= SmallDifference ? new("clock", Ok, "as the host's")
            : new("clock", Warning, $"this machine is {seconds} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} the host: "
                + "times shown, and what expires when, are off");
    }

    private static async Task<Check> LoginAsync(InvocationContext run, CancellationToken cancellationToken)
    {
        const string Name = "login";
        var token = run.EnvironmentToken ?? run.Stored?.Token;
        if (token is null)
        {
            return new(Name, Warning, $"none. Run: kohakuriver auth login --host {run.Host}");
        }

        var me = await run.Api.GetAsync<User>("auth/me", cancellationToken);
        var from = run.HasEnvironmentToken ? "KOHAKU_TOKEN" : run.State.ShownPath;
        var power = Powers.TryGetValue(me.Role, out var what) ? $"{me.Role} ({what})" : me.Role;
        return new(Name, me.Role == User.NoPermission ? Warning : Ok, $"{me.Username}, {power}, by the token of {from}");
    }

    // A host may show no description of its API, or not to everybody.
    private static async Task<Check> VersionAsync(InvocationContext run, CancellationToken cancellationToken)
    {
        using var response = await run.Api.AnyAsync(HttpMethod.Get, run.Host.Api("openapi.json"), null, cancellationToken);
        var text = response.IsSuccessStatusCode ? await run.Api.ReadAllAsync(response, cancellationToken) : "";
        try
        {
            using var json = JsonDocument.Parse(text);
            var info = json.RootElement.GetProperty("info");
            return new("api", Ok, $"{info.GetProperty("title")}, version {info.GetProperty("version")}");
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new("api", Ok, "the host does not say which version");
        }
    }

    /// <param name="Name">What was looked at.</param>
    /// <param name="Result"><c>ok</c>, <c>warning</c> or <c>failed</c>.</param>
    /// <param name="Detail">What was found.</param>
    internal sealed record Check(string Name, string Result, string Detail);
}

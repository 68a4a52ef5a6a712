using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The library's hasher beside the system's bcrypt: the same passwords, the same cost, in turns.</summary>
internal static class PasswordSuite
{
    private const int Cost = 12;

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = Cost).UseSqlite("Data Source=never-opened.db");
        await using var provider = services.BuildServiceProvider();
        var hasher = provider.GetRequiredService<IPasswordHasher>();
        var report = new Report("password");
        using var crypt = SystemCrypt.TryLoad();
        var passwords = Enumerable.Range(0, 3).Select(i => $"correct horse battery staple {i}").ToArray();
        var stored = Array.ConvertAll(passwords, hasher.Hash);

        // What crypt(3) is given is what bcrypt is given inside the library, so that both do the same work.
        var inner = stored.Zip(passwords, Inner).ToArray();
        for (var i = 0; i < 3; i++)
        {
            Ours(i);
            _ = crypt is null ? 0 : System(i);
        }

        int round = 0, cryptRound = 0;
        var times = Rounds.Alternate(options.Quick ? 5 : 15, [() => Ours(round++ % 3), .. crypt is null ? Array.Empty<Func<double>>() : [() => System(cryptRound++ % 3)]]);
        var ratio = crypt is null ? (double?)null : times[0] / times[1];
        report.Add(new Row($"verify, cost {Cost}", times[0], "ms", "<= 1.5 of crypt(3)", ratio is { } r ? r <= 1.5 : null) { Ratio = ratio });
        report.Add(crypt is null
            ? new Row("crypt(3)", 0, "", Passed: null) { Note = "no libcrypt with bcrypt on this machine" }
            : new Row("crypt(3)", times[1], "ms") { Ratio = 1 });
        return report;

        double Ours(int i) => Timed(() => hasher.Verify(passwords[i], stored[i]) == PasswordVerdict.Right);

        double System(int i) => Timed(() => crypt!.Crypt(inner[i].Key, inner[i].Setting) is { } hash && stored[i].EndsWith(hash[^31..], StringComparison.Ordinal));
    }

    private static double Timed(Func<bool> work)
    {
        var started = Stopwatch.GetTimestamp();
        return work() ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException("The right password was refused.");
    }

    /// <summary>passlib's bcrypt-sha256: bcrypt over the base64 of an HMAC keyed with the salt.</summary>
    private static (string Key, string Setting) Inner(string stored, string password)
    {
        var parts = stored.Split('$');
        var salt = parts[3];
        return (Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(salt), Encoding.UTF8.GetBytes(password))), $"$2b${Cost}${salt}");
    }
}

using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>
/// The library's hasher beside the system's bcrypt: the same password, the same cost. Public and open, because BenchmarkDotNet
/// derives from it.
/// </summary>
public class PasswordBenchmarks
{
    internal const int Cost = 12;
    private const string Password = "correct horse battery staple";

    private ServiceProvider? provider;
    private IPasswordHasher? hasher;
    private SystemCrypt? crypt;
    private string stored = "";
    private (string Key, string Setting) inner;

    [GlobalSetup]
    public void Prepare()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Passwords.WorkFactor = Cost).UseSqlite("Data Source=never-opened.db");
        provider = services.BuildServiceProvider();
        hasher = provider.GetRequiredService<IPasswordHasher>();
        crypt = SystemCrypt.TryLoad();
        stored = hasher.Hash(Password);
        inner = Inner(stored, Password);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        crypt?.Dispose();
        provider?.Dispose();
    }

    /// <summary>What crypt(3) is given is what bcrypt is given inside the library, so that both do the same work.</summary>
    [Benchmark(Baseline = true)]
    public bool Crypt() => Right(stored.EndsWith(crypt!.Crypt(inner.Key, inner.Setting)![^31..], StringComparison.Ordinal));

    [Benchmark]
    public bool Verify() => Right(hasher!.Verify(Password, stored) == PasswordVerdict.Right);

    private static bool Right(bool verdict) => verdict ? verdict : throw new InvalidOperationException("The right password was refused.");

    /// <summary>passlib's bcrypt-sha256: bcrypt over the base64 of an HMAC keyed with the salt.</summary>
    private static (string Key, string Setting) Inner(string stored, string password)
    {
        var salt = stored.Split('$')[3];
        var key = HMACSHA256.HashData(Encoding.ASCII.GetBytes(salt), Encoding.UTF8.GetBytes(password));
        return (Convert.ToBase64String(key), $"$2b${Cost}${salt}");
    }
}

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KohakuRiver.Cli;

/// <summary>
/// Checks the certificates of hosts: by what this machine trusts and, where there is one, by a file of authorities of one's own. There is
/// no way to leave the check out.
/// </summary>
/// <param name="read">Reads further authorities, as late as that; gives null for none.</param>
/// <param name="source">Where they are from, in words; null for none.</param>
internal sealed class Certificates(Func<X509Certificate2Collection?> read, string? source = null)
{
    private readonly Lazy<X509Certificate2Collection?> authorities = new(read);

    /// <summary>The variable that names such a file, as for other programs.</summary>
    internal const string Variable = "SSL_CERT_FILE";

    /// <summary>Why the last certificate was not accepted; null where it was, or where none came at all.</summary>
    internal string? Fault { get; private set; }

    /// <summary>The last certificate that was accepted, in words; null where none came.</summary>
    internal string? Accepted { get; private set; }

    /// <summary>Which authorities of one's own are trusted, too, in words; null for none.</summary>
    internal string? Source { get; } = source;

    /// <summary>
    /// Those of the file that was named. A typed one is read at once. That of the variable is often a whole bundle, which takes longer to
    /// read than the rest of a command: it waits for a certificate that the machine does not trust. Throws a usage error, now or then, for
    /// a file that cannot be read.
    /// </summary>
    /// <param name="option">What was typed; null for nothing.</param>
    /// <param name="environment">The variables.</param>
    internal static Certificates Of(string? option, Func<string, string?> environment)
    {
        var file = option ?? environment(Variable);
        if (string.IsNullOrEmpty(file) || (option is null && !File.Exists(file)))
        {
            return new Certificates(static () => null);
        }

        var name = option is null ? Variable : "--ca-file";
        var certificates = new Certificates(() => Read(file, name), $"{name} {file}");
        if (option is not null)
        {
            _ = certificates.authorities.Value;
        }

        return certificates;
    }

    private static X509Certificate2Collection Read(string file, string name)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw CliException.Usage($"{name}: {file} cannot be read: {fault.Message}");
        }

        return found.Count > 0
            ? found
            : throw CliException.Usage($"{name}: {file} holds no certificate in PEM form.");
    }

    /// <summary>The check of one connection.</summary>
    internal bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var left = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && IsOfOurs(certificate, chain)
            ? errors & ~SslPolicyErrors.RemoteCertificateChainErrors
            : errors;
        Fault = left == SslPolicyErrors.None ? null : Describe(chain, left);
        if (left == SslPolicyErrors.None && certificate is X509Certificate2 seen)
        {
            Accepted = $"certificate of {seen.GetNameInfo(X509NameType.SimpleName, forIssuer: true)} for "
                + $"{seen.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, until {Show.Time(new DateTimeOffset(seen.NotAfter))}";
        }

        return left == SslPolicyErrors.None;
    }

    private bool IsOfOurs(X509Certificate? certificate, X509Chain? sent)
    {
        if (authorities.Value is not { } own || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var element in sent?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }

    private static string Describe(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "it sent no certificate";
        }

        if (errors == SslPolicyErrors.RemoteCertificateNameMismatch)
        {
            return "its certificate is for another name";
        }

        var states = chain?.ChainStatus.Select(s => s.Status).ToList() ?? [];
        return states.Contains(X509ChainStatusFlags.NotTimeValid)
            ? "its certificate has expired, or is not valid yet"
            : "its certificate is not trusted; if it is of an authority of your own, name that with --ca-file FILE or " + Variable;
    }
}

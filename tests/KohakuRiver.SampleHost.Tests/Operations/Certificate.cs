using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>A certificate for this machine's own address, which is its own authority.</summary>
/// <param name="Pem">The certificate.</param>
/// <param name="Key">Its key.</param>
internal sealed record Certificate(string Pem, string Key)
{
    internal static Certificate Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return new Certificate(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

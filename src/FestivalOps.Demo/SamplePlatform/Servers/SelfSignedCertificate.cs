using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>Certificates for localhost and 127.0.0.1 that nobody but a demo trusts.</summary>
internal static class SelfSignedCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>
    /// A certificate that expires in <paramref name="daysLeft"/> days (negative: it has expired), and that began 90 days
    /// before that, or a day ago when this is earlier.
    /// </summary>
    public static X509Certificate2 Create(double daysLeft, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=festival-planner.example.com", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("festival-planner.example.com");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var now = clock.GetUtcNow();
        var end = now.AddDays(daysLeft);
        var yesterday = now.AddDays(-1);
        var begin = end - Lifetime < yesterday ? end - Lifetime : yesterday;
        return request.CreateSelfSigned(begin, end);
    }

    /// <summary>The private key of a certificate made here, as PEM.</summary>
    public static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("The certificate has no ECDSA key.", nameof(certificate));
        return key.ExportPkcs8PrivateKeyPem();
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Certificates;

/// <summary>How long is the certificate good that visitors are shown? The live endpoint is asked, not a file.</summary>
internal sealed class CertificateCheck(IOptions<CertificateOptions> options, IOptions<FestivalOptions> festival, IOptions<LanguageOptions> languages, TimeProvider time)
    : ICheck
{
    /// <inheritdoc/>
    public string Name => "certificate";

    /// <inheritdoc/>
    public string Group => "tls";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("TLS 証明書", "TLS certificate");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("証明書の有効期限までの日数", "days until the certificate ends");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => Endpoint is null ? CertificateTexts.NotSetUp : null;

    private TlsEndpoint? Endpoint =>
        !string.IsNullOrWhiteSpace(options.Value.Endpoint) ? TlsEndpoint.Parse(options.Value.Endpoint)
        : festival.Value.BaseUrl is { Scheme: "https" } url ? new(url.Host, url.Port)
        : null;

    /// <inheritdoc/>
    public string? Target => Endpoint?.ToString();

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var endpoint = Endpoint!;
        try
        {
            var (certificate, errors) = await FetchAsync(endpoint, ct);
            using (certificate)
                return Judge(certificate, errors);
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            return Measurement.Unknown(CertificateTexts.NoHandshake(endpoint.ToString()));
        }
    }

    private static string Trust(SslPolicyErrors errors) => errors == SslPolicyErrors.None ? "✓" : "✗ " + string.Join(", ", new[]
    {
        errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "chain" : null,
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "name" : null,
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "none shown" : null,
    }.OfType<string>());

    private Measurement Judge(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        var left = (end - time.GetUtcNow()).TotalDays;
        Fact[] facts =
        [
            new(CertificateTexts.Ends, SpokenTime.Stamp(end, languages.Value.GetZone())),
            new(CertificateTexts.Subject, ForeignText.OneLine(certificate.Subject, 200)),
            new(CertificateTexts.Issuer, ForeignText.OneLine(certificate.Issuer, 200)),
            new(CertificateTexts.Trust, Trust(errors)),
        ];
        return left < 0
            ? Measurement.Critical(CertificateTexts.Expired(-left)) with { Facts = facts }
            : Measurement.Judged(left, Unit.Days, options.Value.Threshold) with { Facts = facts };
    }

    private static async Task<(X509Certificate2, SslPolicyErrors)> FetchAsync(TlsEndpoint endpoint, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, ct);
        var errors = SslPolicyErrors.None;
#pragma warning disable CA5359 // An expired or foreign certificate must be looked at, not refused; nothing is sent over this connection.
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, found) =>
        {
            errors = found;
            return true;
        });
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, ct);
        var shown = tls.RemoteCertificate ?? throw new AuthenticationException("the server showed no certificate");
        return (X509CertificateLoader.LoadCertificate(shown.GetRawCertData()), errors);
    }
}

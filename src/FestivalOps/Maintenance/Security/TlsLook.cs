using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FestivalOps.Checks.Certificates;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Security;

/// <summary>What visitors of the public address are shown: protocol, chain, name, dates. The handshake itself is looked at, nothing is sent.</summary>
internal sealed class TlsLook(IOptions<CertificateOptions> options, IOptions<FestivalOptions> festival, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private TlsEndpoint? Endpoint =>
        !string.IsNullOrWhiteSpace(options.Value.Endpoint) ? TlsEndpoint.Parse(options.Value.Endpoint)
        : festival.Value.BaseUrl is { Scheme: "https" } url ? new(url.Host, url.Port)
        : null;

    /// <summary>Looks.</summary>
    public async Task<TaskPart> LookAsync(CancellationToken ct)
    {
        if (Endpoint is not { } endpoint) return TaskPart.NotAvailable(SecurityTexts.TlsNotSetUp(CertificateTexts.NotSetUp));
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ShakeAsync(endpoint, either.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            return TaskPart.Failed(CertificateTexts.NoHandshake(endpoint.ToString()));
        }
    }

    /// <summary>Judges how long a certificate is good: the guideline's limits, unless the settings say otherwise.</summary>
    public TaskPart Dates(string what, DateTimeOffset end, params IReadOnlyList<LocalizedText> under)
    {
        var days = (end - time.GetUtcNow()).TotalDays;
        var says = days < 0 ? SecurityTexts.Expired(what, -days) : SecurityTexts.DaysLeft(what, days, end);
        return days < options.Value.Critical ? TaskPart.Failed(says, under) : days < options.Value.Warning ? TaskPart.Warning(says, under) : TaskPart.Ok(says, under);
    }

    private async Task<TaskPart> ShakeAsync(TlsEndpoint endpoint, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, ct);
        var errors = SslPolicyErrors.None;
        var trouble = new List<string>();
#pragma warning disable CA5359 // An expired or foreign certificate must be looked at, not refused; nothing is sent over this connection.
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, chain, found) =>
        {
            errors = found;
            trouble.AddRange(chain?.ChainStatus.Select(s => s.Status.ToString()) ?? []);
            return true;
        });
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, ct);
        if (tls.RemoteCertificate is not { } shown) return TaskPart.Failed(CertificateTexts.NoHandshake(endpoint.ToString()));
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        var dates = Dates(endpoint.ToString(), new(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero), SecurityTexts.Shown(tls.SslProtocol.ToString(), certificate.Subject, certificate.Issuer));
        if (errors == SslPolicyErrors.None) return dates;
        var isOnlyDate = errors == SslPolicyErrors.RemoteCertificateChainErrors && trouble.TrueForAll(t => t == nameof(X509ChainStatusFlags.NotTimeValid));
        return isOnlyDate ? dates : new(TaskEnd.Failed, SecurityTexts.NotTrusted(endpoint.ToString(), errors, trouble.Distinct(StringComparer.Ordinal)), [dates.Says, .. dates.Under]);
    }
}

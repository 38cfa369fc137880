using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FestivalOps.Language;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace FestivalOps.Channels.Carriers;

/// <summary>
/// Sends mail over SMTP, one connection for each. A mail whose outcome is unclear is sent again with the same Message-ID, by which mail
/// programs recognise it: a page twice is better than none, and there is nothing to look in.
/// </summary>
internal sealed class MailCarrier(IOptions<MailOptions> options, TimeProvider time) : ICarrier
{
    private const int LongestSubject = 200;

    private readonly MailOptions _options = options.Value;
    private readonly Lazy<X509Certificate2?> _accepted = new(() =>
        options.Value.AcceptedCertificate.Length > 0 ? X509Certificate2.CreateFromPem(File.ReadAllText(options.Value.AcceptedCertificate)) : null);

    /// <inheritdoc/>
    public IReadOnlyCollection<Carrier> Carries { get; } = [Carrier.Mail];

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutboxRow row, Prepared prepared, Action leaves, CancellationToken ct)
    {
        if (prepared is not Prepared.Mail mail)
            throw new InvalidOperationException($"{row.Kind} prepared a {prepared.GetType().Name} for mail.");
        return (await SendAsync(row.Key, row.Target, mail, leaves, ct)).Delivery;
    }

    /// <summary>Sends a mail once without an outbox row, and tells the server's own words when it took it: they hold its id for the mail.</summary>
    /// <param name="key">Decides the Message-ID.</param>
    /// <param name="target">One address.</param>
    /// <param name="mail">What it says.</param>
    /// <param name="ct">Gives up.</param>
    public Task<(Delivery Delivery, string Answer)> TryAsync(string key, string target, Prepared.Mail mail, CancellationToken ct) => SendAsync(key, target, mail, () => { }, ct);

    private async Task<(Delivery Delivery, string Answer)> SendAsync(string key, string target, Prepared.Mail mail, Action leaves, CancellationToken ct)
    {
        if (!_options.IsSet) return (new Delivery.Refused("mail_not_set_up"), "");
        if (Address(target) is not { } to) return (new Delivery.Refused("invalid_address"), "");
        using var message = Message(key, mail, to);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var smtp = new SmtpClient { ServerCertificateValidationCallback = IsTrusted, Timeout = Timeout.Infinite };
        // The authority's server for revoked certificates may be as unreachable as the rest in an emergency.
        smtp.CheckCertificateRevocation = false;
        try
        {
            await smtp.ConnectAsync(_options.Host, _options.Port, Protection, either.Token);
            if (_options.User.Length > 0) await smtp.AuthenticateAsync(Encoding.UTF8, _options.User, _options.Password, either.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return (NotConnected(failure), "");
        }
        string answer;
        try
        {
            leaves();
            answer = await smtp.SendAsync(message, either.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return (NotConfirmed(failure), "");
        }
        await LeaveAsync(smtp, either.Token);
        return (new Delivery.Arrived("", ""), answer ?? "");
    }

    /// <summary>The Message-ID of a row's mail: the same for each try.</summary>
    public static string MessageIdOf(string key, MailboxAddress from) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40]}@{(from.Domain is { Length: > 0 } domain ? domain : "festivalops.invalid")}";

    private SecureSocketOptions Protection => _options.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private MimeMessage Message(string key, Prepared.Mail mail, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(_options.From);
        var message = new MimeMessage
        {
            Subject = ForeignText.OneLine(mail.Subject, LongestSubject),
            Date = time.GetUtcNow(),
            MessageId = MessageIdOf(key, from),
            Body = Body(mail),
        };
        message.From.Add(from);
        message.To.Add(to);
        // RFC 3834: no absence notes in return.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static MimeEntity Body(Prepared.Mail mail)
    {
        var text = new TextPart("plain") { Text = mail.Text };
        if (mail.Files.Count == 0) return text;
        var parts = new Multipart("mixed") { text };
        foreach (var file in mail.Files)
        {
            parts.Add(new MimePart(file.MediaType)
            {
                Content = new MimeContent(new MemoryStream(file.Content)),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = file.Name,
            });
        }
        return parts;
    }

    // One address and nothing else: what could be read as a second one or as a header is refused.
    private static MailboxAddress? Address(string target) =>
        target.Any(char.IsControl) || !MailboxAddress.TryParse(target, out var address) || address.Domain.Length == 0 ? null : new("", address.Address);

    private static Delivery.NotTaken NotConnected(Exception failure) => failure switch
    {
        AuthenticationException => new Delivery.NotTaken("the mail server refuses Mail:User and Mail:Password", NeedsOperator: true),
        SslHandshakeException => new Delivery.NotTaken("the mail server's certificate is not trusted (Mail:AcceptedCertificate)", NeedsOperator: true),
        NotSupportedException => new Delivery.NotTaken("the mail server does not offer what Mail:Security or Mail:User needs", NeedsOperator: true),
        OperationCanceledException => new Delivery.NotTaken("the mail server did not answer in time"),
        SocketException or IOException => new Delivery.NotTaken("the mail server can't be reached"),
        SmtpCommandException refusal => new Delivery.NotTaken($"the mail server refuses: {(int)refusal.StatusCode}"),
        _ => new Delivery.NotTaken($"the mail server can't be used: {failure.GetType().Name}"),
    };

    private static Delivery NotConfirmed(Exception failure) => failure switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } => new Delivery.NotTaken("the mail server refuses Mail:From", NeedsOperator: true),
        SmtpCommandException { StatusCode: SmtpStatusCode.AuthenticationRequired } => new Delivery.NotTaken("the mail server wants a login (Mail:User)", NeedsOperator: true),
        SmtpCommandException refusal when (int)refusal.StatusCode >= 500 => new Delivery.Refused($"smtp_{(int)refusal.StatusCode}"),
        SmtpCommandException refusal => new Delivery.NotTaken($"the mail server asks to wait: {(int)refusal.StatusCode}"),
        ServiceNotAuthenticatedException => new Delivery.NotTaken("the mail server wants a login (Mail:User)", NeedsOperator: true),
        _ => new Delivery.Unclear($"the mail server did not confirm it: {failure.GetType().Name}"),
    };

    private static async Task LeaveAsync(SmtpClient smtp, CancellationToken ct)
    {
        try
        {
            await smtp.DisconnectAsync(quit: true, ct);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or OperationCanceledException or CommandException)
        {
            // It has the mail; how it says good-bye is its business.
        }
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _accepted.Value is not { } accepted || certificate is null) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(accepted);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) own.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(presented);
    }
}

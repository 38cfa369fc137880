using System.ComponentModel.DataAnnotations;
using System.Net;
using MimeKit;

namespace FestivalOps.Channels.Carriers;

/// <summary>How the way to the mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>TLS after the greeting (port 587); without it nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>None; only to this machine itself.</summary>
    None,
}

/// <summary>The mail server that pages go through when Slack is not enough. Section <c>Mail</c>. Empty: no mail is sent.</summary>
internal sealed class MailOptions : IValidatableObject
{
    /// <summary>Name or address of the SMTP server. Empty (default): no mail.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port. Range: 1 to 65535. Default: 587.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the way is protected. Default: <see cref="MailSecurity.StartTls"/>.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Name to log in with. Empty (default): no login.</summary>
    public string User { get; set; } = "";

    /// <summary>The password; a secret.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender: one address, with or without a name (<c>FestivalOps &lt;ops@example.com&gt;</c>). Required with <see cref="Host"/>.</summary>
    public string From { get; set; } = "";

    /// <summary>How long one mail may take with everything. Unit: seconds. Range: 1 to 120. Default: 20.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>
    /// PEM file of a certificate that is trusted beside those of this machine: a company's own authority, or the server's own certificate.
    /// The name in the server's certificate must be right in any case. Empty: none.
    /// </summary>
    public string AcceptedCertificate { get; set; } = "";

    /// <summary>True when mail can be sent.</summary>
    public bool IsSet => Host.Length > 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet) yield break;
        if (!MailboxAddress.TryParse(From, out _))
            yield return new("From must be one mail address, such as FestivalOps <ops@example.com>.", [nameof(From)]);
        if (Security == MailSecurity.None && !IsLoopback)
            yield return new("Security None is allowed only to this machine itself (Host localhost or 127.0.0.1).", [nameof(Security)]);
        if (User.Length > 0 != Password.Length > 0)
            yield return new("User and Password belong together: give both or neither.", [nameof(Password)]);
        if (AcceptedCertificate.Length > 0 && !File.Exists(AcceptedCertificate))
            yield return new($"AcceptedCertificate names the file {AcceptedCertificate}, which does not exist.", [nameof(AcceptedCertificate)]);
    }

    private bool IsLoopback => Host is "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

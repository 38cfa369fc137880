using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Checks.Certificates;

/// <summary>
/// Limits of the certificate's remaining days. Section <c>Checks:Certificate</c>. Guideline, セキュリティメトリクス: 30 days before a warning,
/// 7 days before critical.
/// </summary>
internal sealed class CertificateOptions() : ThresholdOptions(warning: 30, critical: 7, max: 398, lowIsBad: true)
{
    /// <summary>Where to look, as <c>host:port</c>. Default: empty, then the host of <c>Platform:BaseUrl</c> when that is https.</summary>
    public string? Endpoint { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (!string.IsNullOrWhiteSpace(Endpoint) && TlsEndpoint.Parse(Endpoint) is null)
            yield return new("Endpoint must be host:port, like festival.example.com:443.", [nameof(Endpoint)]);
    }
}

/// <summary>Where a TLS server listens.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
internal sealed record TlsEndpoint(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>; null when it is something else.</summary>
    public static TlsEndpoint? Parse(string text) =>
        Uri.TryCreate("tls://" + text.Trim(), UriKind.Absolute, out var uri) && uri.Port > 0 && uri.AbsolutePath.Length <= 1 && uri.UserInfo.Length == 0
            ? new(uri.Host, uri.Port)
            : null;

    /// <summary>As it was written.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

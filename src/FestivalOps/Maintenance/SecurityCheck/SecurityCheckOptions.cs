using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.SecurityCheck;

/// <summary>What the Friday check looks at. Section <c>Maintenance:SecurityCheck</c>.</summary>
internal sealed class SecurityCheckOptions : IValidatableObject
{
    /// <summary>
    /// Absolute path of the certificate file on the platform's host, PEM; empty: none is looked at. Default: <c>config/ssl/cert.pem</c> of the
    /// application (guideline).
    /// </summary>
    public string CertificateFile { get; set; } = "/var/www/festival-planner/config/ssl/cert.pem";

    /// <summary>Absolute path of nginx' access log there. The rotated one beside it (<c>.1</c>) is read, too. Default: <c>/var/log/nginx/access.log</c>.</summary>
    [Required]
    public string AccessLog { get; set; } = "/var/log/nginx/access.log";

    /// <summary>So far back requests are counted. Unit: days. Range: 1 to 31. Default: 7.</summary>
    [Range(1, 31)]
    public int Days { get; set; } = 7;

    /// <summary>So much of the end of each log is read. Unit: MiB. Range: 1 to 64. Default: 32.</summary>
    [Range(1, 64)]
    public int ReadMegabytes { get; set; } = 32;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, path) in new[] { (nameof(CertificateFile), CertificateFile), (nameof(AccessLog), AccessLog) })
        {
            if (path.Length > 0 && (!path.StartsWith('/') || path.Any(char.IsControl))) yield return new($"{name} must be an absolute path.", [name]);
        }
    }
}

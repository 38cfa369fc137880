using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.Logs;

/// <summary>Which logs the morning check looks for errors in (guideline, エラーログ確認). Section <c>Maintenance:Logs</c>.</summary>
internal sealed class LogsOptions : IValidatableObject
{
    /// <summary>Absolute path of the application's log on the platform's host; empty: only the journal. Default: <c>log/production.log</c> of the application (guideline).</summary>
    public string Application { get; set; } = "/var/www/festival-planner/log/production.log";

    /// <summary>Absolute path of nginx' error log there; empty: it is not looked at. Default: <c>/var/log/nginx/error.log</c> (guideline).</summary>
    public string Nginx { get; set; } = "/var/log/nginx/error.log";

    /// <summary>So far back errors are counted. Unit: hours. Range: 1 to 168. Default: 24.</summary>
    [Range(1, 168)]
    public int Hours { get; set; } = 24;

    /// <summary>So much of the end of each file is read. Unit: KiB. Range: 16 to 65,536. Default: 4096.</summary>
    [Range(16, 65_536)]
    public int ReadKilobytes { get; set; } = 4096;

    /// <summary>So many of the last lines of the journal are read. Range: 100 to 10,000. Default: 5000.</summary>
    [Range(100, 10_000)]
    public int JournalLines { get; set; } = 5000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, path) in new[] { (nameof(Application), Application), (nameof(Nginx), Nginx) })
        {
            if (path.Length > 0 && (!path.StartsWith('/') || path.Any(char.IsControl))) yield return new($"{name} must be an absolute path.", [name]);
        }
    }
}

using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace FestivalOps.Maintenance.Backups;

/// <summary>What backups must be like. Section <c>Maintenance:Backups</c>. The guideline (月曜日) names the folder; the numbers are ours.</summary>
internal sealed partial class BackupOptions : IValidatableObject
{
    /// <summary>See <see cref="Folder"/>.</summary>
    public const string DefaultFolder = "/var/backups/festival-planner";

    /// <summary>Absolute path of the folder of backups on the platform's host. Default: <c>/var/backups/festival-planner</c> (guideline).</summary>
    [Required]
    public string Folder { get; set; } = DefaultFolder;

    /// <summary>The newest backup may be this old. Unit: hours. Range: 1 to 744. Default: 26, a day and some patience.</summary>
    [Range(1, 744)]
    public int MaxAgeHours { get; set; } = 26;

    /// <summary>The newest may differ so much from the median of those before it. Unit: percent. Range: 1 to 1000. Default: 50.</summary>
    [Range(1, 1000)]
    public int SizeTolerancePercent { get; set; } = 50;

    /// <summary>With so many before it the newest is compared. Range: 2 to 100. Default: 8.</summary>
    [Range(2, 100)]
    public int CompareWith { get; set; } = 8;

    /// <summary>So many of the newest are read to their end. Range: 1 to 50. Default: 3.</summary>
    [Range(1, 50)]
    public int ReadNewest { get; set; } = 3;

    /// <summary>False: no fresh dump is made. Default: true (guideline: pg_dump).</summary>
    public bool MakeDump { get; set; } = true;

    /// <summary>
    /// What is dumped, as libpq's connection string seen from the platform's host, without a password: that belongs into <c>~/.pgpass</c> of the
    /// account there. Default: <c>dbname=festival_planner_platform_production</c> over the local socket.
    /// </summary>
    [Required]
    public string DumpConnection { get; set; } = "dbname=festival_planner_platform_production";

    /// <summary>So many of our own dumps are kept, older ones are deleted. Range: 1 to 100. Default: 4.</summary>
    [Range(1, 100)]
    public int KeepDumps { get; set; } = 4;

    /// <summary>After a dump at least so much of the disk must be free. Unit: MiB. Range: 0 to 1,000,000. Default: 1024.</summary>
    [Range(0, 1_000_000)]
    public int KeepFreeMegabytes { get; set; } = 1024;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Folder.StartsWith('/') || Folder.Any(char.IsControl)) yield return new("Folder must be an absolute path.", [nameof(Folder)]);
        if (HasPassword().IsMatch(DumpConnection))
            yield return new("DumpConnection must hold no password: other accounts of the host would see it. Put it into ~/.pgpass there.", [nameof(DumpConnection)]);
    }

    [GeneratedRegex("password\\s*=|://[^/@]*:[^/@]*@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HasPassword();
}

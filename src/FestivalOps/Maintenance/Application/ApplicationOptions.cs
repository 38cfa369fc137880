using System.ComponentModel.DataAnnotations;
using FestivalOps.Hosts;

namespace FestivalOps.Maintenance.Application;

/// <summary>Where the platform's application is on its host. Section <c>Maintenance:Application</c>.</summary>
internal sealed class ApplicationOptions : IValidatableObject
{
    /// <summary>Absolute path of its folder. Default: <c>/var/www/festival-planner</c>.</summary>
    [Required]
    public string Folder { get; set; } = "/var/www/festival-planner";

    /// <summary>Absolute path of bundle. Default: <c>/usr/bin/bundle</c>, Debian's.</summary>
    [Required]
    public string Bundle { get; set; } = "/usr/bin/bundle";

    /// <summary>Absolute path of npm. Default: <c>/usr/bin/npm</c>, Debian's.</summary>
    [Required]
    public string Npm { get; set; } = "/usr/bin/npm";

    /// <summary>Its systemd unit. Letters, digits and <c>@ . _ -</c>. Default: <c>festival-planner</c>.</summary>
    [RegularExpression("^[A-Za-z0-9@._-]{1,100}$")]
    public string Unit { get; set; } = "festival-planner";

    /// <summary>The same for commands.</summary>
    public ApplicationPlace Place => new(Folder, Bundle, Npm);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, path) in new[] { (nameof(Folder), Folder), (nameof(Bundle), Bundle), (nameof(Npm), Npm) })
        {
            if (!path.StartsWith('/') || path.Any(char.IsControl)) yield return new($"{name} must be an absolute path.", [name]);
        }
    }
}

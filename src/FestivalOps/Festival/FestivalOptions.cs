using System.ComponentModel.DataAnnotations;
using FestivalOps.Settings;
using Npgsql;

namespace FestivalOps.Festival;

/// <summary>
/// Where the platform is that we watch. What is left empty is not watched, and the card says so. Section <c>Platform</c>.
/// </summary>
internal sealed class FestivalOptions : IValidatableObject
{
    /// <summary>Address of the web application, as its users reach it: <c>https://festival.example.com</c>. Default: empty.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Path that answers 200 when the application has booted. Default: <c>/up</c>.</summary>
    [Required]
    public string UpPath { get; set; } = "/up";

    /// <summary>
    /// Path of the detailed health answer. Default: <c>/health</c>. The guideline writes <c>/api/v1/health</c>, which is not a route of
    /// the published application; an installation that has it sets it here.
    /// </summary>
    [Required]
    public string HealthPath { get; set; } = "/health";

    /// <summary>
    /// Npgsql connection string of the platform's database. A role with <c>pg_monitor</c> is enough, and SELECT on
    /// status, processed_at and updated_at of payments for the failed payments. Default: empty.
    /// </summary>
    public string? Database { get; set; }

    /// <summary>
    /// Npgsql connection string of the same database for its maintenance (ANALYZE, REINDEX, deleting what is old). Its role must be a member of
    /// the role that owns the tables: <c>GRANT owner TO festivalops_maintenance</c>. Default: empty, such tasks are not available.
    /// </summary>
    public string? MaintenanceDatabase { get; set; }

    /// <summary>StackExchange.Redis configuration of the platform's Redis: <c>10.0.0.5:6379,password=…</c>. Default: empty.</summary>
    public string? Redis { get; set; }

    /// <summary>Address of the platform's Prometheus: <c>http://10.0.0.6:9090</c>. Default: empty.</summary>
    public Uri? Prometheus { get; set; }

    /// <summary>True when anything of a platform is set.</summary>
    public bool IsSetUp => BaseUrl is not null || Prometheus is not null || new[] { Database, MaintenanceDatabase, Redis }.Any(text => !string.IsNullOrWhiteSpace(text));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, url) in new[] { (nameof(BaseUrl), BaseUrl), (nameof(Prometheus), Prometheus) })
        {
            // The address is shown in Slack and not used to sign in: a password in it would only be given away.
            if (url is not null && !(url.IsAbsoluteUri && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
                yield return new($"{name} must be a full address that begins with http:// or https://, without a user name or password in it.", [name]);
        }
        foreach (var (name, path) in new[] { (nameof(UpPath), UpPath), (nameof(HealthPath), HealthPath) })
        {
            if (!path.StartsWith('/'))
                yield return new($"{name} must begin with '/'.", [name]);
        }
        foreach (var (name, text) in new[] { (nameof(Database), Database), (nameof(MaintenanceDatabase), MaintenanceDatabase) })
        {
            if (!string.IsNullOrWhiteSpace(text) && ConnectionSettings.Fails(() => _ = new NpgsqlConnectionStringBuilder(text)))
                yield return new($"{name} is not a connection string of Npgsql (Host=…;Database=…;Username=…).", [name]);
        }
        if (!string.IsNullOrWhiteSpace(Redis) && ConnectionSettings.RedisComplaint(Redis) is { } wrong) yield return new($"Redis {wrong}", [nameof(Redis)]);
    }
}

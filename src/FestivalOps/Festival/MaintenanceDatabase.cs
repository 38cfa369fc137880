using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Festival;

/// <summary>
/// The platform's PostgreSQL for work that changes it. Every session gives up soon where it would have to wait for another's lock, so that the
/// platform never waits behind it.
/// </summary>
internal sealed class MaintenanceDatabase(IOptions<FestivalOptions> options)
{
    /// <summary>True when a connection string is set.</summary>
    public bool IsSetUp => !string.IsNullOrWhiteSpace(options.Value.MaintenanceDatabase);

    /// <summary>Its name, for people: host, port and database, nothing secret.</summary>
    public string Place
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(options.Value.MaintenanceDatabase);
            return $"{settings.Host}:{settings.Port}/{settings.Database}";
        }
    }

    /// <summary>A connection of its own; who asks for it disposes it. A cancelled statement is ended in the server too.</summary>
    /// <param name="statement">How long one statement may take.</param>
    /// <param name="lockWait">How long it may wait for a lock.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public Task<NpgsqlConnection> OpenAsync(TimeSpan statement, TimeSpan lockWait, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Value.MaintenanceDatabase)
        {
            Pooling = false,
            Timeout = 5,
            CommandTimeout = (int)statement.TotalSeconds + 30,
            ApplicationName = "festivalops-maintenance",
            Options = $"-c statement_timeout={(long)statement.TotalMilliseconds} -c lock_timeout={(long)lockWait.TotalMilliseconds}",
        };
        return settings.OpenAsync(ct);
    }
}

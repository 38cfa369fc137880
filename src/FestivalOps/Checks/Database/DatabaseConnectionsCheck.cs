using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Checks.Database;

/// <summary>
/// Limits of the connections in use, percent of the maximum. Section <c>Checks:DatabaseConnections</c>. The guideline gives none; the
/// platform's own alert rules warn over 80 %, and the critical limit follows the guideline's other percentages.
/// </summary>
internal sealed class DatabaseConnectionsOptions() : ThresholdOptions(warning: 80, critical: 90, max: 100);

/// <summary>How near is the database to refusing new connections?</summary>
internal sealed class DatabaseConnectionsCheck(FestivalDatabase database, IOptions<DatabaseConnectionsOptions> options) : ICheck
{
    /// <inheritdoc/>
    public string Name => "db-connections";

    /// <inheritdoc/>
    public string Group => "database";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("DB 接続数", "Database connections");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("使用中の接続数と上限", "connections in use of the maximum");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => database.IsSetUp ? null : DatabaseTexts.NotSetUp;

    /// <inheritdoc/>
    public string? Target => database.Place;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        try
        {
            var answer = await database.AskAsync(ct);
            return Measurement.Judged(
                100.0 * answer.Connections / answer.MaxConnections, Unit.Percent, options.Value.Threshold,
                $"{answer.Connections} / {answer.MaxConnections}");
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return Measurement.Critical(DatabaseTexts.Full);
        }
        catch (NpgsqlException) when (!ct.IsCancellationRequested)
        {
            // The database check says why; here it only means that the count is not to be had.
            return Measurement.Unknown(DatabaseTexts.NoCount);
        }
    }
}

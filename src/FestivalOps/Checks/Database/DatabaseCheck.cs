using FestivalOps.Festival;
using FestivalOps.Language;
using Npgsql;

namespace FestivalOps.Checks.Database;

/// <summary>Can a new connection be made, and does it answer? Guideline, 重要メトリクス: a failed connection is critical at once.</summary>
internal sealed class DatabaseCheck(FestivalDatabase database) : ICheck
{
    /// <inheritdoc/>
    public string Name => "postgresql";

    /// <inheritdoc/>
    public string Group => "database";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = LocalizedText.Same("PostgreSQL");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("接続して応答するか、バージョン", "connects and answers; its version");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Critical;

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
            return Measurement.Ok(DatabaseTexts.Answers(answer)) with
            {
                Facts =
                [
                    new(DatabaseTexts.Database, answer.Database),
                    new(DatabaseTexts.Version, answer.Version),
                ],
            };
        }
        catch (NpgsqlException failure) when (!ct.IsCancellationRequested)
        {
            return DatabaseTexts.Failed(database.Place, failure);
        }
    }
}

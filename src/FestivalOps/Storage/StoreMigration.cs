using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Storage;

/// <summary>
/// Brings the store to the structure that this version needs. A store that can't be reached is tried again every
/// <see cref="RetryAfter"/> while the bot already answers; a store written by a newer version or by another program stops the
/// bot, because guessing at a foreign structure could destroy it; and so does a SQLite file that another bot uses.
/// </summary>
internal sealed partial class StoreMigration(
    IDbContextFactory<OpsDbContext> store,
    StoreLock alone,
    StoreState state,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IEnumerable<IStoreOpening> openings,
    ILogger<StoreMigration> logger) : BackgroundService
{
    /// <summary>Pause between two attempts: 5 seconds.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Longest single attempt: 30 seconds. A database that hangs must not silence the retry.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var attempt = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                attempt.CancelAfter(AttemptTimeout);
                await MigrateAsync(attempt.Token);
                foreach (var opening in openings) await LookAsync(opening, attempt.Token);
                state.SetReady();
                Log.Ready(logger);
                return;
            }
            catch (StoreRefusedException refusal)
            {
                var id = ErrorId.New();
                state.SetProblem($"{refusal.Message} (error id {id})");
                Log.Refused(logger, refusal.Message, id);
                Environment.ExitCode = refusal.ExitCode;
                lifetime.StopApplication();
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                var id = ErrorId.New();
                state.SetProblem($"the store can't be opened (error id {id})");
                Log.Unreachable(logger, failure, id, RetryAfter.TotalSeconds);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task LookAsync(IStoreOpening opening, CancellationToken ct)
    {
        try
        {
            await opening.LookAsync(ct);
        }
        catch (Exception failure)
        {
            Log.NotLooked(logger, failure, opening.GetType().Name, ErrorId.New());
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        alone.Take();
        await using var db = store.CreateDbContext();
        db.PrepareFirstUse();
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await db.AppliedMigrationsAsync(ct);
        if (applied.FirstOrDefault(m => !known.Contains(m)) is { } foreign)
            throw new StoreRefusedException($"the store was written by another version of FestivalOps ({foreign}); run that version, or name another store");

        // Most starts find the store as they left it; finding that out is cheap, migrating nothing is not.
        if (!known.SetEquals(applied)) await db.Database.MigrateAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The store is ready")]
        public static partial void Ready(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "{Opening} could not look at the store as it was left. Error id {ErrorId}")]
        public static partial void NotLooked(ILogger logger, Exception failure, string opening, string errorId);

        [LoggerMessage(LogLevel.Error, "The store can't be opened. Check Storage:SqliteFile or Storage:Postgres and that the database answers. Trying again in {Seconds} s. Error id {ErrorId}")]
        public static partial void Unreachable(ILogger logger, Exception failure, string errorId, double seconds);

        [LoggerMessage(LogLevel.Critical, "The store can't be used: {Reason}. The bot stops. Error id {ErrorId}")]
        public static partial void Refused(ILogger logger, string reason, string errorId);
    }
}

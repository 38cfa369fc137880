using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Storage;

/// <summary>
/// Notices that an opened store was lost, and that it is back: PostgreSQL that no longer answers, a SQLite file that was deleted or
/// replaced under the running bot (what is written then goes to a file without a name).
/// </summary>
internal sealed partial class StoreWatch(
    IDbContextFactory<OpsDbContext> store, StoreState state, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    /// <summary>Pause between two looks: 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How long the store may take to answer: 3 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private Task<Exception?>? _asking;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var failure = await FailureAsync(ct);
        ct.ThrowIfCancellationRequested();
        // Said once, not every five seconds.
        if (failure is null == state.IsReachable) return;
        if (failure is null)
        {
            state.SetReady();
            Log.Back(logger);
            return;
        }
        var id = ErrorId.New();
        var gone = failure is FileNotFoundException or DirectoryNotFoundException;
        state.SetProblem(gone
            ? $"the store's file was removed or replaced; stop the bot, put the file back and start it again (error id {id})"
            : $"the store does not answer (error id {id})");
        if (gone) Log.FileGone(logger, failure, id);
        else Log.Lost(logger, failure, id);
    }

    // What is wrong now, or null.
    private async Task<Exception?> FailureAsync(CancellationToken ct)
    {
        try
        {
            LookAtFile();
            // A database that hangs can hold a question beyond its token. It is left behind, and nothing else asked until it has ended.
            if (_asking is not { IsCompleted: false }) _asking = AskAsync(ct);
            return await _asking.WaitAsync(Patience, time, ct);
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private void LookAtFile()
    {
        using var db = store.CreateDbContext();
        state.LookAtFile(db);
    }

    // The failure as a result: nobody may be there any more to catch it.
    private async Task<Exception?> AskAsync(CancellationToken ct)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var look = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            await using var db = store.CreateDbContext();
            await db.ProbeAsync(look.Token);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The store answers again")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(LogLevel.Error, "The store does not answer any more. Check that the database runs. Error id {ErrorId}")]
        public static partial void Lost(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Critical, "The file of the store (Storage:SqliteFile) was removed or replaced while the bot runs; what is remembered now is lost at the stop. Stop the bot, put the file back, start the bot. Error id {ErrorId}")]
        public static partial void FileGone(ILogger logger, Exception failure, string errorId);
    }
}

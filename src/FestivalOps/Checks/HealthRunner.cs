using System.Collections.Concurrent;
using FestivalOps.Checks.History;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks;

/// <summary>
/// Runs checks side by side, each with its own time-out, so that what hangs delays nobody. People who ask for the same thing at the same
/// moment share one round.
/// </summary>
internal sealed partial class HealthRunner(
    HealthHistory history,
    IOptions<ChecksOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<HealthRunner> logger)
{
    // What is left of the five seconds after the slowest check goes to the store; a slower store goes on behind the answer.
    private static readonly TimeSpan KeepPatience = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan KeepTimeout = TimeSpan.FromSeconds(10);

    private const int RecentRounds = 50;

    private readonly ConcurrentDictionary<string, Lazy<Task<HealthRun>>> _rounds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CheckResult> _last = new(StringComparer.Ordinal);

    private readonly ConcurrentQueue<HealthRun> _recent = new();

    /// <summary>A round of the last minutes by its id, or null.</summary>
    public HealthRun? Recent(string runId) => _recent.FirstOrDefault(r => r.Id == runId);

    /// <summary>The newest result of each check, for the metrics page.</summary>
    public IReadOnlyDictionary<string, CheckResult> Last => _last;

    /// <summary>
    /// Runs <paramref name="selection"/>, or joins a round of the same selection that is under way or younger than
    /// <see cref="ChecksOptions.ShareForSeconds"/>. Giving up on it (<paramref name="ct"/>) doesn't stop it for the others.
    /// </summary>
    public async Task<HealthRun> RunAsync(CheckSelection selection, CancellationToken ct)
    {
        while (true)
        {
            var round = _rounds.GetOrAdd(
                selection.Name,
                static (_, state) => new(() => Task.Run(() => state.runner.MeasureAsync(state.selection), CancellationToken.None)),
                (runner: this, selection));
            var joined = !round.Value.IsCompleted;
            HealthRun run;
            try
            {
                run = await round.Value.WaitAsync(ct);
            }
            catch when (round.Value.IsFaulted)
            {
                // A broken round must not answer for all that come later.
                _rounds.TryRemove(new(selection.Name, round));
                throw;
            }
            if (joined || time.GetUtcNow() - run.At - run.Took < ShareFor) return run;
            // Only the round that was looked at is thrown away: another caller may have begun a new one meanwhile.
            _rounds.TryRemove(new(selection.Name, round));
        }
    }

    private TimeSpan ShareFor => TimeSpan.FromSeconds(options.Value.ShareForSeconds);

    private async Task<HealthRun> MeasureAsync(CheckSelection selection)
    {
        var at = time.GetUtcNow();
        var begin = time.GetTimestamp();
        var ready = selection.Checks.Where(c => c.NotSetUp is null).ToList();
        var results = await Task.WhenAll(ready.Select(check => MeasureAsync(check, at)));
        var run = new HealthRun(
            Guid.CreateVersion7(at).ToString("N"),
            selection.Name,
            at,
            time.GetElapsedTime(begin),
            WorstFirst(results, ready),
            [.. selection.Checks.Where(c => c.NotSetUp is not null).Select(c => new CheckNotSetUp(c.Title, c.NotSetUp!))],
            Kept: false,
            KeepErrorId: null);
        run = await KeepAsync(run);
        foreach (var result in run.Results) _last[result.Check] = result;
        _recent.Enqueue(run);
        while (_recent.Count > RecentRounds) _recent.TryDequeue(out _);
        return run;
    }

    private async Task<CheckResult> MeasureAsync(ICheck check, DateTimeOffset at)
    {
        var begin = time.GetTimestamp();
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopped);
        var measurement = await JudgeAsync(check, both.Token);
        if (check.Target is { } target && measurement.Facts.All(f => f.Value != target))
            measurement = measurement with { Facts = [new(CheckTexts.Target, target), .. measurement.Facts] };
        var since = _last.TryGetValue(check.Name, out var last) && last.Status == measurement.Status ? last.Since : at;
        return new(check.Name, check.Title, measurement, time.GetElapsedTime(begin), since);
    }

    private async Task<Measurement> JudgeAsync(ICheck check, CancellationToken ct)
    {
        try
        {
            // On the pool, and left behind when its time is up: a check that ignores its token or blocks its thread delays nobody.
            return await Task.Run(() => check.MeasureAsync(ct), ct).WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            var silent = CheckTexts.Silent(options.Value.Timeout);
            return check.WhenSilent == CheckStatus.Critical ? Measurement.Critical(silent) : Measurement.Unknown(silent);
        }
        catch (Exception failure)
        {
            var id = ErrorId.New();
            Log.CheckBroke(logger, failure, check.Name, id);
            return Measurement.Unknown(CheckTexts.Broke(id));
        }
    }

    private async Task<HealthRun> KeepAsync(HealthRun run)
    {
        var keeping = KeepToTheEndAsync(run);
        var patience = Task.Delay(KeepPatience, time, lifetime.ApplicationStopped);
        return await Task.WhenAny(keeping, patience) == keeping ? await keeping : run;
    }

    private async Task<HealthRun> KeepToTheEndAsync(HealthRun run)
    {
        try
        {
            using var limit = new CancellationTokenSource(KeepTimeout, time);
            return await Task.Run(() => history.KeepAsync(run, limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (StoreNotReadyException early)
        {
            // At the start, or while the store is away: whoever watches the store says so.
            var id = ErrorId.New();
            Log.NotKeptYet(logger, run.Selection, early.Message, id);
            return run with { KeepErrorId = id };
        }
        catch (Exception failure)
        {
            var id = ErrorId.New();
            Log.NotKept(logger, failure, run.Selection, id);
            return run with { KeepErrorId = id };
        }
    }

    private static List<CheckResult> WorstFirst(CheckResult[] results, List<ICheck> order) =>
        [.. results.OrderByDescending(r => r.Status).ThenBy(r => order.FindIndex(c => c.Name == r.Check))];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The check {Check} broke. Error id {ErrorId}")]
        public static partial void CheckBroke(ILogger logger, Exception failure, string check, string errorId);

        [LoggerMessage(LogLevel.Information, "The results of {Check} are not stored: {Reason} Error id {ErrorId}")]
        public static partial void NotKeptYet(ILogger logger, string check, string reason, string errorId);

        [LoggerMessage(LogLevel.Error, "The results of {Check} could not be stored; they were shown all the same. Error id {ErrorId}")]
        public static partial void NotKept(ILogger logger, Exception failure, string check, string errorId);
    }
}

using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Checks;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Rules;

/// <summary>
/// Evaluates the rules after each round and tells the incidents what fires and what ended. What fires is told after every round: the
/// intake takes it as "still there", and nothing is lost when it or the store was away for a while.
/// </summary>
internal sealed partial class RuleCycle(
    RuleBook rules, CheckBook checks, IDbContextFactory<OpsDbContext> store, StoreState state, IServiceProvider services, RuleClock clock, ILogger<RuleCycle> logger)
    : IHealthListener
{
    private const int MostAttempts = 5;

    private bool _failing;

    /// <inheritdoc/>
    public async Task MeasuredAsync(HealthRun run, CancellationToken ct)
    {
        try
        {
            if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
            await EvaluateAsync(run, ct);
            clock.Evaluated();
            if (_failing) Log.Back(logger);
            _failing = false;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // Said once, not after each round.
            if (!_failing) Log.NotEvaluated(logger, failure, ErrorId.New());
            _failing = true;
        }
    }

    private async Task EvaluateAsync(HealthRun run, CancellationToken ct)
    {
        var results = run.Results.ToDictionary(r => r.Check, StringComparer.Ordinal);
        var said = new HashSet<string>(StringComparer.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            await using var db = store.CreateDbContext();
            var states = await db.Set<RuleState>().ToDictionaryAsync(s => s.Check, StringComparer.Ordinal, ct);
            var decisions = rules.Rules
                .Select(rule => (Rule: rule, Result: results.GetValueOrDefault(rule.Check), Decision: Decide(rule, states.GetValueOrDefault(rule.Check), results, run.At, again: attempt > 1)))
                .Where(d => d.Decision is not null)
                .Select(d => (d.Rule, d.Result, Decision: d.Decision!)).ToList();
            // What an attempt said on an older state than another instance's is said again as it is now.
            var news = decisions.Where(d => d.Decision.Outward != CheckStatus.Ok || d.Decision.State.Told != CheckStatus.Ok || said.Contains(d.Rule.Check)).ToList();
            var failed = await TellAsync([.. news.Select(n => RuleAlerts.Of(n.Rule, n.Decision, checks.ByName[n.Rule.Check], n.Result?.Measurement))], ct);
            said.UnionWith(news.Select(n => n.Rule.Check));
            foreach (var (_, _, decision) in decisions) Remember(db, states, decision, told: failed is null);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // Another instance was faster: decide again on what it left.
                continue;
            }
            foreach (var (rule, _, decision) in decisions.Where(d => d.Decision.Change != RuleChange.None))
                Log.Changed(logger, rule.Alert, rule.Check, decision.Change, decision.Reason);
            if (failed is not null) throw new InvalidOperationException("The incidents could not be told; they are told after the next round.", failed);
            return;
        }
    }

    private RuleDecision? Decide(AlertRule rule, RuleState? kept, Dictionary<string, CheckResult> results, DateTimeOffset now, bool again)
    {
        // Whoever was faster may have been much faster: an older round is then late, and no sign of a clock that was set back.
        if (again && kept is not null && kept.LastAt > now) return new(kept, RuleChange.None, "older than what was evaluated already");
        if (results.TryGetValue(rule.Check, out var result)) return RuleEvaluator.Decide(rule, kept, result, now);
        // A check that is not set up any more will never be measured well.
        return kept is { Told: not CheckStatus.Ok } && checks.ByName[rule.Check].NotSetUp is not null
            ? new(new() { Check = kept.Check, Version = kept.Version, LastAt = now, Told = kept.Told }, RuleChange.Cleared, "the check is not set up any more")
            : null;
    }

    // A failure is given back, not thrown: what was measured is remembered all the same.
    private async Task<Exception?> TellAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct)
    {
        if (alerts.Count == 0) return null;
        try
        {
            await services.GetRequiredService<IIncidentIntake>().RaiseAsync(alerts, ct);
            return null;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return failure;
        }
    }

    private static void Remember(OpsDbContext db, Dictionary<string, RuleState> states, RuleDecision decision, bool told)
    {
        var next = decision.State with { Version = decision.State.Version + 1, Told = told ? decision.Outward : decision.State.Told };
        if (states.TryGetValue(next.Check, out var kept)) db.Entry(kept).CurrentValues.SetValues(next);
        else db.Add(next);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Alert} of the check {Check}: {Change}. {Reason}")]
        public static partial void Changed(ILogger logger, string alert, string check, RuleChange change, string reason);

        [LoggerMessage(LogLevel.Error, "The alert rules could not be evaluated to the end; each round of checks tries again. Error id {ErrorId}")]
        public static partial void NotEvaluated(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Information, "The alert rules are evaluated again")]
        public static partial void Back(ILogger logger);
    }
}

using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Intake;
using FestivalOps.Alerting.Silences;
using FestivalOps.Channels;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Incidents;

/// <summary>
/// What time does to incidents: promises and snoozes run out, silences begin and end, alerts that nobody speaks of any more end. Several
/// instances may run it: every change names the state that it saw.
/// </summary>
internal sealed partial class IncidentClock(
    IDbContextFactory<OpsDbContext> store,
    IncidentDesk desk,
    IncidentIntake intake,
    SilenceBook silences,
    IIncidentPlan plan,
    Outbox outbox,
    IOptions<AlertingOptions> options,
    StoreState state,
    TimeProvider time,
    ILogger<IncidentClock> logger) : BackgroundService
{
    /// <summary>How often it looks: every 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // A clock that moves back, or this much between two looks, was set, or the process slept: in both cases nobody listened.
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(15);

    private const int Most = 500;

    private DateTimeOffset _listeningSince = time.GetUtcNow();
    private DateTimeOffset _lastLook = time.GetUtcNow();

    /// <summary>Looks once at everything; each part by itself, so that one that fails holds up no other.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        NoticeJump();
        foreach (var part in new Func<CancellationToken, Task>[] { PromisesAsync, SnoozesAsync, SilencesAsync, SteadyAsync, ForgottenAsync })
        {
            try
            {
                await part(ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Log.Failed(logger, failure, ErrorId.New());
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PromisesAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var id in await IdsAsync(i => i.Where(i => i.State == IncidentState.Acknowledged && i.PromiseUntil <= now), ct))
        {
            await desk.ChangeAsync(
                id,
                change =>
                {
                    if (change?.Incident is not { State: IncidentState.Acknowledged, PromiseUntil: { } until } incident || until > change.Now) return false;
                    var by = incident.AssignedTo ?? incident.AcknowledgedBy ?? "";
                    incident.Untake();
                    return ComeBack(change, IncidentEventKind.PromiseRanOut, until, by);
                },
                ct);
        }
    }

    private async Task SnoozesAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var id in await IdsAsync(i => i.Where(i => i.SnoozedUntil <= now && i.State != IncidentState.Resolved), ct))
        {
            await desk.ChangeAsync(
                id,
                change =>
                {
                    if (change?.Incident is not { SnoozedUntil: { } until } incident || until > change.Now) return false;
                    var by = incident.SnoozedBy ?? "";
                    (incident.SnoozedUntil, incident.SnoozedBy) = (null, null);
                    return ComeBack(change, IncidentEventKind.SnoozeEnded, until, by);
                },
                ct);
        }
    }

    private Task SilencesAsync(CancellationToken ct) => silences.RunDueAsync(TimeSpan.FromMinutes(options.Value.SilenceReminderMinutes), ct);

    private async Task SteadyAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using (var db = store.CreateDbContext())
        {
            if (!await db.Set<AlertRecord>().AnyAsync(a => a.SteadyAt <= now, ct)) return;
        }
        await intake.SteadyAsync(ct);
    }

    // What was not heard of while nobody listened, or while the clock was somewhere else, is not forgotten.
    private async Task ForgottenAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - TimeSpan.FromHours(options.Value.ForgetHours);
        if (before < _listeningSince) return;
        var ended = await intake.ForgetAsync(before, ct);
        if (ended.Count > 0) Log.Forgotten(logger, ended.Count, options.Value.ForgetHours);
    }

    private bool ComeBack(IncidentChange change, IncidentEventKind kind, DateTimeOffset until, string by)
    {
        var incident = change.Incident;
        var line = change.Record(kind, "", ("until", until.ToString("O", CultureInfo.InvariantCulture)), ("user", by));
        var quiet = incident.State != IncidentState.Triggered || incident.HiddenBy is not null || incident is { Severity: Severity.Information, Level: 1 };
        plan.Plan(incident, quiet ? PlanCause.Quiet : PlanCause.CameBack, change.Now);
        change.Show(outbox, line);
        return true;
    }

    private async Task<List<long>> IdsAsync(Func<IQueryable<Incident>, IQueryable<Incident>> which, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await which(db.Set<Incident>().AsNoTracking()).OrderBy(i => i.Id).Select(i => i.Id).Take(Most).ToListAsync(ct);
    }

    private void NoticeJump()
    {
        var now = time.GetUtcNow();
        var gap = now - _lastLook;
        _lastLook = now;
        if (gap >= -TimeSpan.FromMinutes(1) && gap <= LongestGap) return;
        _listeningSince = now;
        Log.Jumped(logger, gap.TotalSeconds);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A look at what time does to incidents failed; the next one is in a few seconds. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Warning, "The alerts of {Count} incidents were not heard of for {Hours} h and count as ended")]
        public static partial void Forgotten(ILogger logger, int count, int hours);

        [LoggerMessage(LogLevel.Warning, "{Seconds} s went by between two looks at the clock: it was set, or the process slept. Promises, snoozes and silences follow the new time, and no alert is forgotten because of it")]
        public static partial void Jumped(ILogger logger, double seconds);
    }
}

using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Paging;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Drills;

/// <summary>Ends drills: when someone took them, and when their time is over. The report's row in the outbox is the list of drills that run.</summary>
internal sealed partial class DrillWatch(
    IDbContextFactory<OpsDbContext> store, IEnumerable<IIncidentIntake> intakes, StoreState state, TimeProvider time, ILogger<DrillWatch> logger) : BackgroundService
{
    /// <summary>How often it looks: every 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotEnded(logger, failure, ErrorId.New());
            }
        }
    }

    /// <summary>Ends what is over; returns how many drills that were.</summary>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        if (intakes.FirstOrDefault() is not { } intake) return 0;
        await using var db = store.CreateDbContext();
        var running = await db.Set<OutboxRow>().AsNoTracking().Where(r => r.Kind == DrillReport.Name && r.State == OutboxState.Waiting).Take(100).ToListAsync(ct);
        var (ended, now) = (0, time.GetUtcNow());
        foreach (var row in running)
        {
            var (id, drill) = (PageState.Number(row), DrillArgument.Read(row.Argument));
            var incident = await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
            if (incident is null or { State: IncidentState.Resolved } || (incident.State == IncidentState.Triggered && now < drill.Until)) continue;
            await intake.RaiseAsync([DrillCommand.Alert(drill.Fingerprint, drill.Level, firing: false, drill.By, incident.OpenedAt)], ct);
            ended++;
        }
        return ended;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A drill could not be ended; it is tried again. Error id {ErrorId}")]
        public static partial void NotEnded(ILogger logger, Exception failure, string errorId);
    }
}

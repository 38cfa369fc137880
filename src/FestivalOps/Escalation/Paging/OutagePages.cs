using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Paging;

/// <summary>
/// While Slack takes nothing for more than a minute, pages of level 2 and 3 that wait for it go out by mail and webhook, each step once,
/// whatever delays its level sets.
/// </summary>
internal sealed partial class OutagePages(
    IDbContextFactory<OpsDbContext> store, ISlackDown slack, IncidentDesk desk, PageRows pages, Outbox outbox, StoreState state,
    TimeProvider time, ILogger<OutagePages> logger) : BackgroundService
{
    /// <summary>How long Slack may take nothing before other ways are used: 1 minute.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(1);

    /// <summary>How often it looks: every 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // What is not written in this look is in the next.
    private const int Most = 500;

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
                Log.NotWritten(logger, failure, ErrorId.New());
            }
        }
    }

    /// <summary>Writes what other ways there are; returns for how many incidents.</summary>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        if (slack.DownSince is not { } since || time.GetUtcNow() - since < After) return 0;
        await using var db = store.CreateDbContext();
        var now = time.GetUtcNow();
        // The newest page of each incident that waits for Slack and has no row of another way that could go now.
        var waiting = await db.Set<OutboxRow>().AsNoTracking()
            .Where(r => (r.Kind == MentionPage.Name || r.Kind == DirectPage.Name) && r.State == OutboxState.Waiting && r.NotBefore <= now)
            .Where(r => !db.Set<OutboxRow>().Any(o => o.Subject == r.Subject && (o.Kind == MailPage.Name || o.Kind == WebhookPage.Name) && o.CreatedAt >= r.CreatedAt && o.NotBefore <= now))
            .OrderBy(r => r.CreatedAt).Take(Most).ToListAsync(ct);
        var written = 0;
        foreach (var rows in waiting.GroupBy(r => r.Subject, StringComparer.Ordinal))
        {
            var steps = rows.Select(r => (Row: r, Page: PageArgument.Read(r.Argument))).Where(r => r.Page.Level >= 2).ToList();
            if (steps.Count == 0) continue;
            var step = steps.Max(s => s.Page.Event);
            var users = steps.Where(s => s.Page.Event == step).SelectMany(s => s.Page.Users).Distinct(StringComparer.Ordinal).ToList();
            if (await WriteAsync(db, PageState.Number(rows.First()), steps.First(s => s.Page.Event == step).Page with { Users = users }, ct)) written++;
        }
        if (written == 0) return 0;
        outbox.Wake();
        Log.Written(logger, written, since);
        return written;
    }

    private async Task<bool> WriteAsync(OpsDbContext db, long id, PageArgument page, CancellationToken ct)
    {
        var subject = id.ToString(CultureInfo.InvariantCulture);
        var now = time.GetUtcNow();
        // Those that wait for their delay go now.
        var hurried = (await db.Set<OutboxRow>().AsNoTracking()
                .Where(r => r.Subject == subject && (r.Kind == MailPage.Name || r.Kind == WebhookPage.Name) && r.State == OutboxState.Waiting && r.NotBefore > now)
                .ToListAsync(ct))
            .Where(r => PageArgument.Read(r.Argument).Event == page.Event).Select(r => r.Id).ToList();
        if (hurried.Count > 0)
            await db.Set<OutboxRow>().Where(r => hurried.Contains(r.Id) && r.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, now), ct);
        // Their keys are those of the step, so a way that was written already is not written twice.
        var fresh = page with { Rule = StepRule.Outage };
        return await desk.ChangeAsync(id, change =>
        {
            if (change is null || !EscalationLadder.Climbs(change.Incident, change.Now)) return false;
            var rows = pages.Rows(change.Incident, PageWay.Mail, fresh, change.Now).Concat(pages.Rows(change.Incident, PageWay.Webhook, fresh, change.Now)).ToList();
            foreach (var way in rows.GroupBy(r => r.Carrier))
            {
                change.Record(
                    IncidentEventKind.Paged, "", ("users", string.Join(' ', fresh.Users)), ("carrier", way.Key.ToString()), ("rule", StepRule.Outage),
                    ("level", page.Level.ToString(CultureInfo.InvariantCulture)));
            }
            foreach (var row in rows) change.Tell(row);
            return rows.Count > 0;
        }, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack takes nothing since {Since}; pages of {Incidents} incidents go out by mail and webhook")]
        public static partial void Written(ILogger logger, int incidents, DateTimeOffset since);

        [LoggerMessage(LogLevel.Error, "Pages for other ways than Slack could not be written; the next look tries again. Error id {ErrorId}")]
        public static partial void NotWritten(ILogger logger, Exception failure, string errorId);
    }
}

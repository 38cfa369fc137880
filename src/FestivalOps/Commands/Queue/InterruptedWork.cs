using FestivalOps.Commands.Audit;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Replies;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Queue;

/// <summary>
/// Tells people whose command was cut off by a crash or a stop that it was, so that nothing that was accepted ends in silence. Work of
/// another living instance is left alone: on PostgreSQL it counts as cut off when its instance has not been heard of for a minute.
/// </summary>
internal sealed partial class InterruptedWork(
    IDbContextFactory<OpsDbContext> store,
    StoreState state,
    IOptions<StorageOptions> storage,
    Instance instance,
    InstanceBook instances,
    AuditClerk audit,
    PeopleBook people,
    ReplyPosts posts,
    TimeProvider time,
    ILogger<InterruptedWork> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            var answers = false;
            try
            {
                await instances.BeatAsync(instance, stoppingToken);
                answers = true;
                state.SetReady();
                await TellAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                var id = ErrorId.New();
                if (!answers) state.SetAway(id);
                Log.NotLooked(logger, failure, id);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var dead = (await db.Set<PendingWork>().AsNoTracking().Where(p => p.Instance != instance.Id).Select(p => p.Instance).Distinct().ToListAsync(ct))
            .ToHashSet(StringComparer.Ordinal);
        // The embedded store has one process: every other one in it is gone.
        if (storage.Value.UsesPostgres) dead.ExceptWith(await instances.AliveAsync(ct));
        foreach (var gone in dead)
        {
            var cutOff = await db.Set<PendingWork>().AsNoTracking().Where(p => p.Instance == gone).OrderBy(p => p.ReceivedAt).Take(500).ToListAsync(ct);
            foreach (var work in cutOff)
            {
                // Whoever changes the row tells the person: two instances may look at the same moment.
                var mine = await db.Set<PendingWork>().Where(p => p.CommandId == work.CommandId && p.Instance == gone)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Instance, instance.Id), ct);
                if (mine == 1) await TellAsync(work, ct);
            }
        }
    }

    private async Task TellAsync(PendingWork work, CancellationToken ct)
    {
        var item = new WorkItem(work.CommandId, work.ReceivedAt, work.UserId, work.ChannelId, work.Text, work.ResponseUrl, null);
        var person = await people.FindAsync(work.UserId, ct);
        var text = CommandTexts.Interrupted.In(person.Language) + " " + Mrkdwn.Code(SlackText.Unescape(work.Text)).ToString();
        var reply = new Reply(Notice.Of(":arrows_counterclockwise:", text), ToChannel: false, AuditEvent.Interrupted, "cut off by a restart", "");
        try
        {
            await posts.For(item).DeliverAsync(reply, ct);
        }
        catch (ReplyNotDeliveredException failure)
        {
            Log.NotTold(logger, failure, work.CommandId, work.UserId, ErrorId.New());
        }
        await audit.CloseAsync(item, reply, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Cut-off work could not be looked for. Error id {ErrorId}")]
        public static partial void NotLooked(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Warning, "{User} could not be told that {Command} was cut off. Error id {ErrorId}")]
        public static partial void NotTold(ILogger logger, Exception failure, string command, string user, string errorId);
    }
}

using FestivalOps.Commands.Audit;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Replies;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Commands.Queue;

/// <summary>
/// Tells people whose command was cut off by a crash or a stop that it was, so that nothing that was accepted ends in silence. Work of
/// another living instance is left alone: on PostgreSQL it counts as cut off when its instance has not been heard of for a minute.
/// </summary>
internal sealed partial class InterruptedWork(
    IDbContextFactory<OpsDbContext> store,
    StoreState state,
    Instance instance,
    InstanceBook instances,
    AuditClerk audit,
    PeopleBook people,
    ReplyPosts posts,
    TimeProvider time,
    ILogger<InterruptedWork> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly List<Telling> _toTell = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await FindAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotLooked(logger, failure, ErrorId.New());
            }
            await TellAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Takes over what the dead left behind; from then on it is ours to tell, until it is told or nobody can be told any more.
    private async Task FindAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var dead = (await db.Set<PendingWork>().AsNoTracking().Where(p => p.Instance != instance.Id).Select(p => p.Instance).Distinct().ToListAsync(ct))
            .ToHashSet(StringComparer.Ordinal);
        dead.ExceptWith(await instances.AliveAsync(ct));
        foreach (var gone in dead)
        {
            var cutOff = await db.Set<PendingWork>().AsNoTracking().Where(p => p.Instance == gone).OrderBy(p => p.ReceivedAt).Take(500).ToListAsync(ct);
            foreach (var work in cutOff)
            {
                // Whoever changes the row tells the person: two instances may look at the same moment.
                var mine = await db.Set<PendingWork>().Where(p => p.CommandId == work.CommandId && p.Instance == gone)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Instance, instance.Id), ct);
                if (mine == 1) _toTell.Add(new(work, posts.For(Item(work))));
            }
        }
    }

    // One attempt each and round, so that a person who can't be reached now keeps nobody else waiting.
    private async Task TellAsync(CancellationToken ct)
    {
        foreach (var (work, post) in _toTell.ToList())
        {
            var person = await people.FindAsync(work.UserId, ct);
            var text = CommandTexts.Interrupted.In(person.Language) + " `" + CommandTexts.Typed(work.Text) + "`";
            var reply = new Reply(Notice.Of(":arrows_counterclockwise:", text), ToChannel: false, AuditEvent.Interrupted, "cut off by a restart", "");
            try
            {
                if (!await post.TryDeliverAsync(reply, ct) && time.GetUtcNow() - work.ReceivedAt < WorkItem.AnswerableFor) continue;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Log.NotTold(logger, failure, work.CommandId, work.UserId, ErrorId.New());
            }
            _toTell.RemoveAll(t => t.Work == work);
            await audit.CloseAsync(Item(work), reply, ct);
        }
    }

    private static WorkItem Item(PendingWork work) =>
        new(work.CommandId, work.ReceivedAt, work.UserId, work.ChannelId, work.Text, work.ResponseUrl, null);

    private sealed record Telling(PendingWork Work, ReplyPost Post);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Cut-off work could not be looked for. Error id {ErrorId}")]
        public static partial void NotLooked(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Warning, "{User} could not be told that {Command} was cut off. Error id {ErrorId}")]
        public static partial void NotTold(ILogger logger, Exception failure, string command, string user, string errorId);
    }
}

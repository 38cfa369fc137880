using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Post;
using FestivalOps.Scheduling.Runs;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Commands;

/// <summary>Begins a run for a person, or says why not. A dangerous task is not run but planned, and its approval asked for.</summary>
internal sealed class RunStart(TaskRunner runner, RunRows rows, ApprovalDesk approvals, IOptions<LanguageOptions> languages)
{
    /// <summary>Begins it; whether the person may is the caller's question.</summary>
    public async Task<Reply> ByHandAsync(PlannedTask task, bool isDry, CommandContext context, CancellationToken ct)
    {
        var asks = task.Task.IsDangerous && !isDry;
        if (asks && await approvals.OpenOfAsync(task.Name, ct) is { } open)
            return Reply.Refused(ApprovalTexts.AskedAlready(task.Name, RunMessage.Stamp(open.AskedAt, languages.Value.GetZone())), context.Language);
        // Direct messages are the asker's own: nobody else would ever see the request.
        if (asks && rows.Place(context.ChannelId) is "" or ['D', ..]) return Reply.Refused(ApprovalTexts.NoPlaceToAsk, context.Language);
        // What changes nothing has no dry run: it is one.
        var plans = isDry && task.Task.Changes;
        var (run, isNew) = await runner.StartByHandAsync(task, context.Person.UserId, plans, context.ChannelId, ct);
        if (!isNew) return RunsAlready(task, run, context);
        var says = asks ? ApprovalTexts.Asked(task.Name) : isDry && !plans ? ScheduleTexts.StartedHarmless(task.Name) : ScheduleTexts.Started(task.Name, plans);
        return Reply.ToPerson(Notice.Of(":arrow_forward:", says.In(context.Language), Where(run, context)));
    }

    // Who asks elsewhere (a direct message, another channel) is told where the post is.
    private static Mrkdwn Where(TaskRunRecord run, CommandContext context) => run.PostChannel.Length == 0 || run.PostChannel == context.ChannelId
        ? Mrkdwn.Empty
        : Mrkdwn.Of($" {ScheduleTexts.PostedIn.In(context.Language)} {Mrkdwn.Channel(run.PostChannel)}");

    private Reply RunsAlready(PlannedTask task, TaskRunRecord run, CommandContext context)
    {
        var language = context.Language;
        var why = ScheduleTexts.RunsAlready(task.Name, RunMessage.Stamp(run.StartedAt, languages.Value.GetZone()));
        var by = run.StartedBy.Length > 0 ? Mrkdwn.User(run.StartedBy) : Mrkdwn.Of($"{ScheduleTexts.TheClock.In(language)}");
        var line = Mrkdwn.Of($":no_entry_sign: {why.In(language)} ({ScheduleTexts.By.In(language)}: ") + by + Mrkdwn.Trusted(")") + Where(run, context);
        return new(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }, ToChannel: false, AuditEvent.Refused, why.En, "");
    }
}

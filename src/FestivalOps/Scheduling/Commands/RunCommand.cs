using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling.Post;
using FestivalOps.Scheduling.Runs;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Commands;

/// <summary><c>/fops run TASK [dry]</c>: begins a run by hand. Its post tells the rest.</summary>
internal sealed class RunCommand(TaskBook book, TaskRunner runner, IOptions<LanguageOptions> languages) : ICommand
{
    /// <inheritdoc/>
    public string Name => "run";

    /// <inheritdoc/>
    public LocalizedText Summary => ScheduleTexts.RunSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => ScheduleTexts.RunUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => ScheduleTexts.Tasks(book);

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => book.Find(firstWord)?.Task.AllowedRoles ?? [];

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Name(0).Length == 0) return Reply.Refused(ScheduleTexts.WhichTask(book), context.Language);
        if (book.Find(context.Name(0)) is not { } task)
            return Reply.Refused(ScheduleTexts.UnknownTask("run", CommandTexts.Typed(context.Arguments[0]), book.NearestTo(context.Name(0))), context.Language);
        var isDry = context.Name(1) is "dry" or "dry-run";
        if (context.Arguments.Length > 2 || (context.Arguments.Length == 2 && !isDry)) return Reply.Refused(ScheduleTexts.OnlyDry(CommandTexts.Typed(context.Arguments[1])), context.Language);

        var (run, isNew) = await runner.StartByHandAsync(task, context.Person.UserId, isDry, context.ChannelId, ct);
        if (!isNew)
        {
            var why = ScheduleTexts.RunsAlready(task.Name, RunMessage.Stamp(run.StartedAt, languages.Value.GetZone()));
            var by = run.StartedBy.Length > 0 ? Mrkdwn.User(run.StartedBy) : Mrkdwn.Of($"{ScheduleTexts.TheClock.In(context.Language)}");
            var line = Mrkdwn.Of($":no_entry_sign: {why.In(context.Language)} ({ScheduleTexts.By.In(context.Language)}: ") + by + Mrkdwn.Trusted(")");
            return new(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }, ToChannel: false, AuditEvent.Refused, why.En, "");
        }
        return Reply.ToPerson(Notice.Of(":arrow_forward:", ScheduleTexts.Started(task.Name, isDry).In(context.Language)));
    }
}

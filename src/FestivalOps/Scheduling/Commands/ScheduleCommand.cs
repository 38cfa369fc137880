using System.Globalization;
using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Post;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Scheduling.Waking;

namespace FestivalOps.Scheduling.Commands;

/// <summary><c>/fops schedule</c>: what runs when; what ran; pause, resume, leave out once.</summary>
internal sealed class ScheduleCommand(
    TaskBook book, RunDesk desk, RunHistory history, RunChanges changes, TaskClock clock, RoleBook roles, BusinessCalendar calendar, TimeProvider time)
    : ICommand
{
    /// <summary>Runs shown by <c>history</c>: 20.</summary>
    public const int HistoryLength = 20;

    private static readonly string[] Words = ["preview", "history", "pause", "resume", "skip"];

    /// <inheritdoc/>
    public string Name => "schedule";

    /// <inheritdoc/>
    public LocalizedText Summary => ScheduleTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => ScheduleTexts.Usage;

    /// <inheritdoc/>
    public LocalizedText? Details => ScheduleTexts.Tasks(book);

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" => ShowAsync(context.Language, ct),
        "preview" => PreviewAsync(context, ct),
        "history" => HistoryAsync(context, ct),
        "pause" or "resume" or "skip" => ChangeAsync(context, context.Name(0), ct),
        var word => Task.FromResult(Reply.Refused(ScheduleTexts.UnknownWord(CommandTexts.Typed(context.Arguments[0]), Nearest.To(word, Words)), context.Language)),
    };

    private async Task<Reply> ShowAsync(SpokenLanguage language, CancellationToken ct)
    {
        if (book.Tasks.Count == 0) return Reply.Refused(ScheduleTexts.NoTasks, language);
        var (clocks, running) = (await history.ClocksAsync(ct), await history.RunningAsync(ct));
        var title = ScheduleTexts.Title.In(language);
        var lines = book.Tasks
            .OrderBy(t => clocks.GetValueOrDefault(t.Name)?.NextDue ?? DateTimeOffset.MaxValue)
            .Select(t => Line(t, clocks.GetValueOrDefault(t.Name), running.Exists(r => r.Task == t.Name), language));
        return Reply.ToPerson(new() { Text = title, Blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }, .. Sections(lines)] });
    }

    private Mrkdwn Line(PlannedTask task, TaskClockRecord? record, bool isRunning, SpokenLanguage language)
    {
        var notes = new List<string>();
        if (task.Schedule is null) notes.Add(ScheduleTexts.OnlyByHand.In(language));
        else notes.Add(ScheduleTexts.Words(task.Schedule).In(language));
        if (isRunning) notes.Add(ScheduleTexts.Running.In(language));
        if (record?.PausedAt is { } since) notes.Add(ScheduleTexts.IsPaused(Stamp(since)).In(language));
        // Right after the start its clock may not have been set yet.
        else if ((record is null ? task.Schedule?.Next(time.GetUtcNow(), calendar) : record.NextDue) is { } due) notes.Add(ScheduleTexts.Next(DayStamp(due, language)).In(language));
        else if (task.Schedule is not null) notes.Add(ScheduleTexts.Never.In(language));
        if (record?.SkipDue is { } skipped && skipped == record.NextDue) notes.Add(ScheduleTexts.IsSkipped.In(language));
        return Mrkdwn.Of($"`{task.Name}` {task.Task.Summary.In(language)}\n　{string.Join(" · ", notes)}");
    }

    private async Task<Reply> PreviewAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        var months = 12;
        if (context.Arguments.Length > 1 && (!int.TryParse(context.Name(1), NumberStyles.None, CultureInfo.InvariantCulture, out months) || months is < 1 or > 24))
            return Reply.Refused(ScheduleTexts.BadMonths, language);
        if (context.Arguments.Length > 2) return Reply.Refused(ScheduleTexts.UnknownWord(CommandTexts.Typed(context.Arguments[2]), null), language);
        var clocks = await history.ClocksAsync(ct);
        var (now, end) = (time.GetUtcNow(), time.GetUtcNow().AddMonths(months));
        var planned = book.Tasks.Where(t => t.Schedule is not null).Select(t => (Task: t, Moments: Moments(t.Schedule!, now, end))).ToList();
        var title = ScheduleTexts.Title.In(language);
        // What runs every day would hide the rest.
        var often = planned.Where(p => p.Task.Schedule!.Rule is DayRule.Daily).Select(p => Mrkdwn.Of(
            $"{ScheduleTexts.EveryTime(p.Task.Name, ScheduleTexts.Words(p.Task.Schedule!), p.Moments.Count).In(language)}{LeftOut(clocks.GetValueOrDefault(p.Task.Name), null, language)}"));
        var seldom = planned.Where(p => p.Task.Schedule!.Rule is not DayRule.Daily)
            .SelectMany(p => p.Moments.Select(at => (at, p.Task.Name))).OrderBy(m => m.at)
            .GroupBy(m => Local(m.at).ToString("yyyy-MM", CultureInfo.InvariantCulture), StringComparer.Ordinal);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}* ({Stamp(now)} 〜 {Stamp(end)})") }, .. Sections(often)];
        foreach (var month in seldom)
            blocks.AddRange(Sections(month.Select(m => Mrkdwn.Of($"　{DayStamp(m.at, language)} `{m.Name}`{LeftOut(clocks.GetValueOrDefault(m.Name), m.at, language)}")).Prepend(Mrkdwn.Of($"*{month.Key}*"))));
        if (calendar.Day(end) > calendar.KnownUntil)
            blocks.Add(new ContextBlock { Elements = [new PlainText(ScheduleTexts.KnownUntil(calendar.KnownUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).In(language))] });
        return Reply.ToPerson(new() { Text = title, Blocks = blocks });
    }

    // What the plan says, and people have decided otherwise. Null: of all its moments.
    private string LeftOut(TaskClockRecord? clock, DateTimeOffset? at, SpokenLanguage language) => clock switch
    {
        { PausedAt: { } since } => " · " + ScheduleTexts.IsPaused(Stamp(since)).In(language),
        { SkipDue: { } skipped } when at is null || skipped == at => " · " + (at is null ? ScheduleTexts.IsSkipped : ScheduleTexts.IsLeftOut).In(language),
        _ => "",
    };

    private async Task<Reply> HistoryAsync(CommandContext context, CancellationToken ct)
    {
        var (language, name) = (context.Language, context.Name(1));
        if (name.Length > 0 && book.Find(name) is null)
            return Reply.Refused(ScheduleTexts.UnknownTask("schedule history", CommandTexts.Typed(context.Arguments[1]), book.NearestTo(name)), language);
        if (context.Arguments.Length > 2) return Reply.Refused(ScheduleTexts.UnknownWord(CommandTexts.Typed(context.Arguments[2]), null), language);
        var runs = await history.NewestAsync(name.Length > 0 ? name : null, HistoryLength, ct);
        var title = ScheduleTexts.HistoryTitle.In(language);
        if (runs.Count == 0) return Reply.ToPerson(Notice.Of(":information_source:", ScheduleTexts.NoRuns.In(language)));
        // Of one task, what its newest run wrote as well, below that run.
        var told = name.Length > 0 ? runs.FindIndex(r => r.Output.Length > 0) : -1;
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }, .. Lines(runs.Take(told + 1))];
        if (told >= 0) blocks.Add(new SectionBlock { Text = Mrkdwn.CodeBlock(runs[told].Output.Length > 2_500 ? runs[told].Output[..2_500] + "…" : runs[told].Output) });
        blocks.AddRange(Lines(runs.Skip(told + 1)));
        return Reply.ToPerson(new() { Text = title, Blocks = blocks });

        IEnumerable<Block> Lines(IEnumerable<TaskRunRecord> some) => Sections(some.Select(r => RunMessage.Line(r, calendar.Zone, language)));
    }

    private async Task<Reply> ChangeAsync(CommandContext context, string what, CancellationToken ct)
    {
        var (language, user) = (context.Language, context.Person.UserId);
        if (context.Name(1).Length == 0) return Reply.Refused(ScheduleTexts.WhichTask(book), language);
        if (book.Find(context.Name(1)) is not { } task)
            return Reply.Refused(ScheduleTexts.UnknownTask($"schedule {what}", CommandTexts.Typed(context.Arguments[1]), book.NearestTo(context.Name(1))), language);
        if (context.Arguments.Length > 2) return Reply.Refused(ScheduleTexts.NothingMore(CommandTexts.Typed(context.Arguments[2])), language);
        if (task.Schedule is null) return Reply.Refused(ScheduleTexts.HasNoSchedule(task.Name), language);
        // Everyone may look; who may change is asked here, because it differs by task.
        var permission = await roles.AskAsync(user, task.Task.AllowedRoles, ct);
        if (permission == Permission.Unclear) return Reply.Refused(CommandTexts.RoleUnclear(task.Task.AllowedRoles, roles.UnclearErrorId), language);
        if (permission != Permission.Granted) return Reply.Refused(CommandTexts.NotAllowed(task.Task.AllowedRoles, roles.NobodyHas(task.Task.AllowedRoles)), language);

        await desk.EnsureClockAsync(task, ct);
        LocalizedText? refusal = null, done = null;
        switch (what)
        {
            case "pause" when await changes.PauseAsync(task, user, ct): done = ScheduleTexts.Paused(task.Name); break;
            case "pause": refusal = ScheduleTexts.PausedAlready(task.Name); break;
            case "resume" when await changes.ResumeAsync(task, ct): done = Resumed(task.Name, await history.ClocksAsync(ct)); break;
            case "resume" when await changes.TakeSkipBackAsync(task, ct) is { } due: done = ScheduleTexts.NotSkipped(task.Name, Stamp(due)); break;
            case "resume": refusal = ScheduleTexts.NotPaused(task.Name); break;
            case "skip" when await changes.SkipAsync(task, user, ct) is { } left:
                done = ScheduleTexts.Skipped(task.Name, Stamp(left.Skipped), left.Next is { } next ? Stamp(next) : null);
                break;
            default: refusal = ScheduleTexts.NothingToSkip(task.Name); break;
        }
        if (refusal is not null) return Reply.Refused(refusal, language);
        await clock.TryKeepAsync(task, ct);
        return Reply.InChannel(Notice.Of(":white_check_mark:", done!.In(context.ChannelLanguage)));
    }

    // Two people may have decided two things: the other one still holds.
    private LocalizedText Resumed(string task, Dictionary<string, TaskClockRecord> clocks) =>
        clocks.GetValueOrDefault(task) is { SkipDue: { } left } clock && left == clock.NextDue ? ScheduleTexts.ResumedButSkipped(task, Stamp(left)) : ScheduleTexts.Resumed(task);

    private List<DateTimeOffset> Moments(TaskSchedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        var moments = new List<DateTimeOffset>();
        for (var next = schedule.Next(from, calendar); next is { } at && at <= to; next = schedule.Next(at, calendar)) moments.Add(at);
        return moments;
    }

    // A section takes 3,000 characters (Slack limit).
    private static IEnumerable<Block> Sections(IEnumerable<Mrkdwn> lines)
    {
        var part = new List<Mrkdwn>();
        foreach (var line in lines)
        {
            if (part.Count > 0 && part.Sum(l => l.Value.Length + 1) + line.Value.Length > 2_900)
            {
                yield return new SectionBlock { Text = Mrkdwn.Join("\n", part) };
                part = [];
            }
            part.Add(line);
        }
        if (part.Count > 0) yield return new SectionBlock { Text = Mrkdwn.Join("\n", part) };
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, calendar.Zone);

    private string Stamp(DateTimeOffset at) => RunMessage.Stamp(at, calendar.Zone);

    // "12/01 (火) 09:00", "12/01 (Tue) 09:00"
    private string DayStamp(DateTimeOffset at, SpokenLanguage language)
    {
        var local = Local(at);
        var day = ScheduleTexts.Day(local.DayOfWeek).In(language);
        return string.Create(CultureInfo.InvariantCulture, $"{local:MM/dd} ({day[..(language == SpokenLanguage.Ja ? 1 : 3)]}) {local:HH:mm}");
    }
}

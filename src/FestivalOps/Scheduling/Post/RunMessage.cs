using System.Globalization;
using FestivalOps.Language;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Scheduling.Post;

/// <summary>The post of one run: what, where it stands, how far, and when it has ended, what came of it.</summary>
internal static class RunMessage
{
    /// <summary>Most characters of details on the post; the history holds all.</summary>
    public const int MaxDetails = 2_400;

    private const int BarLength = 10;

    // A step that is under way is never shown as done, however long its run usually takes.
    private const double AlmostDone = 0.9;

    /// <summary>The post as it is to be shown now; <paramref name="usual"/>: how long such a run usually takes (<see cref="UsualTime"/>).</summary>
    public static Message Of(TaskRunRecord run, IScheduledTask? task, TimeSpan? usual, DateTimeOffset now, TimeZoneInfo zone, SpokenLanguage language)
    {
        var running = run.State == RunState.Running;
        var state = running && run.StopBy is not null ? RunTexts.Stopping : run.State.Name();
        var head = Mrkdwn.Of($"{Mrkdwn.Trusted(run.State.Emoji())} *{run.Task}*{Kind(run, language)} {state.In(language)}");
        var sentence = Sentence(run, language);
        List<Block> blocks = [new SectionBlock { Text = sentence.Length == 0 ? head : head + Mrkdwn.Of($"\n{sentence}") }];
        if (running && run.Steps > 0) blocks.Add(new SectionBlock { Text = Mrkdwn.Of($"{Bar(run, usual, now)} {run.Step}/{run.Steps}{Left(run, usual, now, language)}") });
        if (!running && Details(run, language) is { Value.Length: > 0 } details) blocks.Add(new SectionBlock { Text = details });
        blocks.Add(new ContextBlock { Elements = [.. Footer(run, task, zone, language)] });
        if (running && run.StopBy is null)
        {
            blocks.Add(new ActionsBlock
            {
                Elements = [new Button { ActionId = Commands.StopRunAction.Id, Value = run.Id, Text = new(RunTexts.StopButton.In(language)), Style = ButtonStyle.Danger }],
            });
        }
        if (!running && MayBeAsked(run, task)) blocks.Add(new ActionsBlock { Elements = [ApprovalMessage.Ask(run.Task, language)] });
        var notice = sentence.Length == 0 ? head : head + Mrkdwn.Of($": {sentence}");
        return new() { Text = notice.ToString(), Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>True when all details are on the post.</summary>
    public static bool HoldsDetails(TaskRunRecord run, SpokenLanguage language) => Fitting(RunDesk.Details(run), language).Count == RunDesk.Details(run).Count;

    /// <summary>One line for lists.</summary>
    public static Mrkdwn Line(TaskRunRecord run, TimeZoneInfo zone, SpokenLanguage language)
    {
        var took = run.EndedAt is { } end && run.State is not (RunState.Skipped or RunState.Missed) ? $" · {SpokenTime.Span(end - run.StartedAt).In(language)}" : "";
        var by = run.StartedBy.Length > 0 ? Mrkdwn.Of($" · {Mrkdwn.User(run.StartedBy)}") : Mrkdwn.Empty;
        return Mrkdwn.Of($"{Mrkdwn.Trusted(run.State.Emoji())} `{Stamp(run.Due, zone)}` *{run.Task}*{Kind(run, language)} {run.State.Name().In(language)}{took}") + by
            + Mrkdwn.Of($"\n　{Sentence(run, language)}");
    }

    /// <summary>Day, weekday-less, and time of day: <c>2026-11-30 09:00</c>.</summary>
    public static string Stamp(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // A real run says nothing of its kind.
    private static string Kind(TaskRunRecord run, SpokenLanguage language) => run.IsDry ? $" ({(run.Asks ? RunTexts.Plan : RunTexts.Dry).In(language)})" : "";

    private static string Sentence(TaskRunRecord run, SpokenLanguage language) => language == SpokenLanguage.En ? run.SentenceEn : run.SentenceJa;

    // By its steps, and within a step by the time that such runs usually take.
    private static string Bar(TaskRunRecord run, TimeSpan? usual, DateTimeOffset now)
    {
        var behind = (run.Step + run.Part) / run.Steps;
        var byTime = usual is { } whole ? Math.Min((now - run.StartedAt) / whole, (run.Step + AlmostDone) / run.Steps) : 0;
        var full = Math.Clamp((int)(Math.Max(behind, byTime) * BarLength), 0, BarLength);
        return new string('█', full) + new string('░', BarLength - full);
    }

    // What such a run usually takes knows long steps. Of a first one, each step to come takes as long as those behind, parts of steps included; with none behind, nobody knows.
    private static string Left(TaskRunRecord run, TimeSpan? usual, DateTimeOffset now, SpokenLanguage language)
    {
        var since = now - run.StartedAt;
        if (run.Step >= run.Steps || since <= TimeSpan.Zero) return "";
        if (usual is { } whole) return " · " + (whole > since ? RunTexts.TimeLeft(whole - since) : RunTexts.LongerThanUsual(whole)).In(language);
        var behind = run.Step + run.Part;
        return behind <= 0 ? "" : " · " + RunTexts.TimeLeft(since / behind * (run.Steps - behind)).In(language);
    }

    private static Mrkdwn Details(TaskRunRecord run, SpokenLanguage language)
    {
        var all = RunDesk.Details(run);
        var lines = Fitting(all, language);
        if (lines.Count < all.Count) lines.Add(Mrkdwn.Of($"{RunTexts.MoreDetails(all.Count - lines.Count, run.OutputFile).In(language)}"));
        return Mrkdwn.Join("\n", lines);
    }

    private static List<Mrkdwn> Fitting(IReadOnlyList<LocalizedText> all, SpokenLanguage language)
    {
        var lines = new List<Mrkdwn>();
        var length = 0;
        foreach (var line in all.Select(d => Mrkdwn.Of($"{d.In(language)}")))
        {
            if (length + line.Value.Length > MaxDetails) break;
            length += line.Value.Length + 1;
            lines.Add(line);
        }
        return lines;
    }

    // A plan that is there and that nobody has asked about yet, or an approval that its plan has made void.
    private static bool MayBeAsked(TaskRunRecord run, IScheduledTask? task) =>
        task is { IsDangerous: true } && (run.PlanChanged || run is { IsDry: true, Asks: false, State: RunState.Ok or RunState.Warning });

    private static IEnumerable<IContextElement> Footer(TaskRunRecord run, IScheduledTask? task, TimeZoneInfo zone, SpokenLanguage language)
    {
        if (task is not null) yield return new PlainText(task.Summary.In(language));
        if (run.StartedBy.Length == 0) yield return new PlainText(RunTexts.ByClock(Stamp(run.Due, zone)).In(language));
        else yield return (Markdown)Mrkdwn.Of($"{RunTexts.ByHand(Stamp(run.StartedAt, zone)).In(language)} · {Mrkdwn.User(run.StartedBy)}");
        if (run.ApprovedBy is { } approver) yield return (Markdown)(Mrkdwn.Of($"{RunTexts.ApprovedBy.In(language)}: ") + Mrkdwn.User(approver));
        if (run.StopBy is { } by) yield return (Markdown)Mrkdwn.Of($"{RunTexts.StopButton.In(language)}: {Mrkdwn.User(by)}");
        if (run.EndedAt is { } end) yield return new PlainText(RunTexts.Took(end - run.StartedAt).In(language));
        if (run.OutputFile == OutputFileState.There) yield return new PlainText(RunTexts.FileThere.In(language));
        if (run.OutputFile == OutputFileState.Refused) yield return (Markdown)Mrkdwn.Of($"{RunTexts.FileRefused(run.Task, run.OutputFileError).In(language)}");
    }
}

using FestivalOps.Language;
using FestivalOps.Scheduling.Post;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>The post of a request: what would be done, who asked, until when, and how it was decided.</summary>
internal static class ApprovalMessage
{
    /// <summary>Most characters of the plan on the post; the file below the plan's post holds all.</summary>
    public const int MaxPlan = 2_600;

    /// <summary>Most lines of the plan on the post: below them, still on a phone's screen, are the buttons.</summary>
    public const int MaxLines = 16;

    /// <summary>The post as it is to be shown now.</summary>
    public static Message Of(Approval approval, IScheduledTask? task, TimeZoneInfo zone, SpokenLanguage language)
    {
        var plan = PlanSeal.Read(approval.Plan);
        var waits = approval.State == ApprovalState.Waiting;
        var head = Mrkdwn.Of($"{Mrkdwn.Trusted(Emoji(approval.State))} *{(waits ? ApprovalTexts.Waiting(approval.Task) : ApprovalTexts.Request(approval.Task)).In(language)}*");
        var now = Mrkdwn.Of($"{ApprovalTexts.Ended(approval.State).In(language)}");
        if (approval.DecidedBy is { } by && approval.DecidedAt is { } at) now += Mrkdwn.Of($" ({Mrkdwn.User(by)} {RunMessage.Stamp(at, zone)})");
        List<Block> blocks =
        [
            new SectionBlock { Text = waits ? head + Mrkdwn.Of($"\n{ApprovalTexts.Host(plan.Host).In(language)}") : head + Mrkdwn.Of($"\n{now}") },
            new SectionBlock { Text = Plan(plan, language) },
        ];
        if (waits && task is not null)
            blocks.Add(new ContextBlock { Elements = [new PlainText(ApprovalTexts.Until(RunMessage.Stamp(approval.ExpiresAt, zone), task.AllowedRoles).In(language))] });
        blocks.Add(new ContextBlock { Elements = [(Markdown)Mrkdwn.Of($"{ApprovalTexts.AskedBy(RunMessage.Stamp(approval.AskedAt, zone)).In(language)} · {Mrkdwn.User(approval.AskedBy)}")] });
        if (waits) blocks.Add(new ActionsBlock { Elements = [Approve(approval, language), Reject(approval, language)] });
        // When the plan changed, the run's own post says what, and asks.
        if (approval.State == ApprovalState.Expired) blocks.Add(new ActionsBlock { Elements = [Ask(approval.Task, language)] });
        var notice = waits ? head + Mrkdwn.Of($" ({ApprovalTexts.Host(plan.Host).In(language)})") : head + Mrkdwn.Of($": {now}");
        return new() { Text = notice.ToString(), Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>"Ask to run", for whoever presses it.</summary>
    public static Button Ask(string task, SpokenLanguage language) => new() { ActionId = AskToRunAction.Id, Value = task, Text = new(ApprovalTexts.AskButton.In(language)) };

    private static Button Approve(Approval approval, SpokenLanguage language) =>
        new() { ActionId = ApproveRunAction.Id, Value = approval.Id, Text = new(ApprovalTexts.ApproveButton.In(language)), Style = ButtonStyle.Primary };

    private static Button Reject(Approval approval, SpokenLanguage language) =>
        new() { ActionId = RejectRunAction.Id, Value = approval.Id, Text = new(ApprovalTexts.RejectButton.In(language)), Style = ButtonStyle.Danger };

    private static Mrkdwn Plan(TaskPlan plan, SpokenLanguage language)
    {
        var all = PlanLines.Of(plan);
        var lines = new List<Mrkdwn>();
        foreach (var line in all.Take(MaxLines).Select(l => Mrkdwn.Of($"{ForeignText.OneLine(l.In(language), 400)}")))
        {
            if (lines.Sum(l => l.Value.Length + 1) + line.Value.Length > MaxPlan) break;
            lines.Add(line);
        }
        if (lines.Count < all.Count) lines.Add(Mrkdwn.Of($"{ApprovalTexts.MoreLines(all.Count - lines.Count).In(language)}"));
        return Mrkdwn.Join("\n", lines);
    }

    private static string Emoji(ApprovalState state) => state switch
    {
        ApprovalState.Waiting => ":lock:",
        ApprovalState.Approved => ":white_check_mark:",
        ApprovalState.Rejected or ApprovalState.Withdrawn => ":no_entry_sign:",
        _ => ":hourglass:",
    };
}

using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What a restart missed.</summary>
/// <param name="From">When the bot was last heard of, UTC.</param>
/// <param name="Until">When it ran again, UTC.</param>
/// <param name="CaughtUp">Pages and other messages that were due meanwhile and go out now.</param>
/// <param name="StepsTaken">Steps of ladders that were due meanwhile and are taken now.</param>
/// <param name="RoundsMissed">Rounds of checks that were not measured and are not made up for.</param>
/// <param name="CutOff">Commands of people that were cut off; they are told themselves.</param>
/// <param name="Open">Incidents that are open now.</param>
/// <param name="RunsCutOff">Runs of tasks that were cut off; each says so on its post.</param>
internal sealed record Restart(DateTimeOffset From, DateTimeOffset Until, int CaughtUp, int StepsTaken, int RoundsMissed, int CutOff, int Open, int RunsCutOff = 0);

/// <summary>Said once after a restart of more than a minute: what the bot missed, made up for, and skipped.</summary>
internal static class RestartNotice
{
    /// <summary>A shorter gap is not worth a post: 1 minute.</summary>
    public static readonly TimeSpan WorthSaying = TimeSpan.FromMinutes(1);

    /// <summary>The post, or null when the gap is too short.</summary>
    public static Message? Of(Restart restart, CardTime time, SpokenLanguage language)
    {
        var gap = restart.Until - restart.From;
        if (gap <= WorthSaying) return null;
        var title = RestartTexts.Title(time.At(restart.From), time.At(restart.Until), SpokenTime.Span(gap)).In(language);
        var lines = new[]
        {
            (restart.CaughtUp, RestartTexts.CaughtUp(restart.CaughtUp)),
            (restart.StepsTaken, RestartTexts.Steps(restart.StepsTaken)),
            (restart.RoundsMissed, RestartTexts.Missed(restart.RoundsMissed)),
            (restart.CutOff, RestartTexts.CutOff(restart.CutOff)),
            (restart.RunsCutOff, RestartTexts.RunsCutOff(restart.RunsCutOff)),
            (restart.Open, RestartTexts.Open(restart.Open)),
        }.Where(l => l.Item1 > 0).Select(l => Mrkdwn.Of($"• {l.Item2.In(language)}")).ToList();
        if (lines.Count == 0) lines.Add(Mrkdwn.Of($"{RestartTexts.Nothing.In(language)}"));
        return new()
        {
            Text = Mrkdwn.Escape(title).ToString(),
            Blocks = [new SectionBlock { Text = Mrkdwn.Of($":arrows_counterclockwise: *{title}*\n{Mrkdwn.Join("\n", lines)}") }],
        };
    }
}

/// <summary>What is said after a restart.</summary>
internal static class RestartTexts
{
    public static readonly LocalizedText Nothing = new("見逃した通知はありません。", "No notification was missed.");

    public static LocalizedText Title(LocalizedText from, LocalizedText until, LocalizedText span) => new(
        $"ボットが再起動しました({from.Ja} から {until.Ja} まで {span.Ja}停止)", $"The bot restarted (it was away for {span.En}, from {from.En} to {until.En})");

    public static LocalizedText CaughtUp(int count) => new($"停止中に出すはずだった {count} 件をこれから送ります", $"{count} messages that were due meanwhile go out now");

    public static LocalizedText Steps(int count) => new($"停止中に期限が来たエスカレーション {count} 件をこれから行います", $"{count} escalation steps that were due meanwhile are taken now");

    public static LocalizedText Missed(int count) => new($"チェック {count} 回分は測定していません(補いません)", $"{count} rounds of checks were not measured and are not made up for");

    public static LocalizedText CutOff(int count) => new($"実行中だったコマンド {count} 件が中断しました(本人に知らせます)", $"{count} commands were cut off; their people are told");

    public static LocalizedText RunsCutOff(int count) => new(
        $"実行中だったタスク {count} 件が中断しました(それぞれの投稿に表示します)", $"{count} runs of tasks were cut off; each says so on its post");

    public static LocalizedText Open(int count) => new($"続いているインシデント: {count} 件", $"Open incidents: {count}");
}

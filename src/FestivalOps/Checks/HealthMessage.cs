using FestivalOps.Checks.History;
using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>The cards of <c>/fops health</c>.</summary>
internal static class HealthMessage
{
    /// <summary>"Running", shown until the result replaces it.</summary>
    public static Message Running(CheckSelection selection, DateTimeOffset now, SpokenLanguage language, TimeZoneInfo zone)
    {
        var count = selection.Checks.Count(c => c.NotSetUp is null);
        var title = HealthTexts.Running(count).In(language);
        return new()
        {
            Text = title,
            Blocks =
            [
                new SectionBlock { Text = Mrkdwn.Of($":hourglass_flowing_sand: *{title}*") },
                new ContextBlock { Elements = [new PlainText(SpokenTime.Stamp(now, zone))] },
            ],
        };
    }

    /// <summary>The result: worst first, one line each, what is behind it under a button.</summary>
    public static Message Card(HealthRun run, DateTimeOffset now, SpokenLanguage language, TimeZoneInfo zone)
    {
        var headline = HealthTexts.Headline(run).In(language);
        var troubles = run.Results.Where(r => r.Status != CheckStatus.Ok).Select(r => Line(r, now, language, zone));
        var calm = run.Results.Where(r => r.Status == CheckStatus.Ok).OrderBy(r => r.Measurement.IsNotJudged).Select(r => Line(r, now, language, zone));
        List<Block> blocks =
        [
            new HeaderBlock { Text = new($"{run.Worst.Emoji()} {headline}") },
            .. Sections(troubles),
            .. Sections(calm),
            new ContextBlock { Elements = [.. Footer(run, language, zone)] },
        ];
        if (run.Results.Count == 0) return new() { Text = Notification(run, headline, language), Blocks = blocks };
        blocks.Add(new ActionsBlock
        {
            Elements =
            [
                new Button { ActionId = HealthDetailsAction.Id, Value = run.Id, Text = new(HealthTexts.DetailsButton.In(language)) },
                new Button { ActionId = HealthAgainAction.Id, Value = run.Selection, Text = new(HealthTexts.AgainButton.In(language)) },
            ],
        });
        return new() { Text = Notification(run, headline, language), Blocks = blocks };
    }

    /// <summary>Everything that is known about a round, for the person who asked.</summary>
    public static Message Details(HealthRun run, LookBack before, DateTimeOffset now, SpokenLanguage language, TimeZoneInfo zone)
    {
        var title = HealthTexts.DetailsOf(SpokenTime.Stamp(run.At, zone)).In(language);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }, new DividerBlock()];
        foreach (var result in run.Results)
        {
            // All of a trouble; of what is calm among troubles only the line, so that nobody scrolls past them at night.
            var brief = result.Status == CheckStatus.Ok && run.Worst != CheckStatus.Ok && run.Results.Count > 4;
            blocks.Add(new SectionBlock
            {
                Text = Mrkdwn.Join("\n", [Head(result, language), .. DetailLines(result, brief, before, now, language, zone)]),
            });
        }
        if (before.ErrorId is { } id) blocks.Add(new ContextBlock { Elements = [new PlainText(HealthTexts.LastGoodNotRead(id).In(language))] });
        if (run.NotSetUp.Count > 0) blocks.Add(new ContextBlock { Elements = [.. NotSetUp(run, language)] });
        return new() { Text = title, Blocks = blocks };
    }

    private static Mrkdwn Line(CheckResult result, DateTimeOffset now, SpokenLanguage language, TimeZoneInfo zone)
    {
        var line = Head(result, language);
        if (result.Status == CheckStatus.Ok) return line;
        var m = result.Measurement;
        var tail = new List<string>();
        if (m.Threshold?.Passed(m.Status, m.Unit!.Value) is { } limit) tail.Add(limit.In(language));
        tail.Add(SpokenTime.Since(result.Since, now, zone).In(language));
        return line + Mrkdwn.Of($" ({string.Join(language == SpokenLanguage.Ja ? "、" : ", ", tail)})");
    }

    private static Mrkdwn Head(CheckResult result, SpokenLanguage language) =>
        Mrkdwn.Of($"{Mrkdwn.Trusted(result.Measurement.Emoji())} *{result.Title.In(language)}*  {result.Measurement.Says.In(language)}");

    private static IEnumerable<Mrkdwn> DetailLines(
        CheckResult result, bool brief, LookBack before, DateTimeOffset now, SpokenLanguage language, TimeZoneInfo zone)
    {
        var m = result.Measurement;
        var since = SpokenTime.Since(result.Since, now, zone).In(language);
        var limits = m is { Threshold: { } threshold, Unit: { } unit } ? $" · {HealthTexts.Limits.In(language)}: {threshold.Both(unit).In(language)}" : "";
        yield return Mrkdwn.Of($"　{m.Outcome().In(language)} · {since} · {HealthTexts.Took(result.Took).In(language)}{limits}");
        if (m.IsWithoutAnswer && before.LastGood.TryGetValue(result.Check, out var good))
            yield return Mrkdwn.Of($"　{HealthTexts.LastGood(good.Says, SpokenTime.Stamp(good.At, zone)).In(language)}");
        if (m.Facts.Count > 0 && !brief)
            yield return Mrkdwn.Trusted("　") + Mrkdwn.Join(" · ", m.Facts.Select(f => Mrkdwn.Of($"{f.Label.In(language)} {Mrkdwn.Code(f.Value)}")));
    }

    // A section takes 3,000 characters (Slack limit); a line that doesn't fit begins the next one and stays whole.
    private static IEnumerable<Block> Sections(IEnumerable<Mrkdwn> lines)
    {
        const int room = 2900;
        var part = new List<Mrkdwn>();
        foreach (var line in lines)
        {
            if (part.Count > 0 && part.Sum(l => l.Value.Length + 1) + line.Value.Length > room)
            {
                yield return new SectionBlock { Text = Mrkdwn.Join("\n", part) };
                part = [];
            }
            part.Add(line);
        }
        if (part.Count > 0) yield return new SectionBlock { Text = Mrkdwn.Join("\n", part) };
    }

    private static IEnumerable<IContextElement> Footer(HealthRun run, SpokenLanguage language, TimeZoneInfo zone)
    {
        yield return new PlainText(HealthTexts.Footer(run, SpokenTime.Stamp(run.At, zone)).In(language));
        foreach (var element in NotSetUp(run, language)) yield return element;
        if (!run.Kept) yield return new PlainText((run.KeepErrorId is { } id ? HealthTexts.NotKept(id) : HealthTexts.KeepWaits).In(language));
    }

    private static IEnumerable<IContextElement> NotSetUp(HealthRun run, SpokenLanguage language) =>
        run.NotSetUp.GroupBy(n => n.Why).Take(6).Select(group =>
            new PlainText(HealthTexts.NotSetUp(group.Select(n => n.Title), group.Key).In(language)));

    // What a locked phone shows: the headline and what is wrong.
    private static string Notification(HealthRun run, string headline, SpokenLanguage language)
    {
        var wrong = run.Results.Where(r => r.Status != CheckStatus.Ok).Take(3)
            .Select(r => $"{r.Title.In(language)} {r.Measurement.Says.In(language)}").ToList();
        var line = $"{run.Worst.Emoji()} {HealthTexts.Name.In(language)} {headline}";
        return Mrkdwn.Escape(wrong.Count == 0 ? line : $"{line}: {string.Join(" / ", wrong)}").ToString();
    }
}

using System.Text.RegularExpressions;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands.Audit;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Commands;

/// <summary>Tells the one who pressed or typed how it came out; the others see the card.</summary>
internal sealed partial class OutcomeReply(IOptions<LanguageOptions> languages, TimeProvider time)
{
    /// <summary>The answer; <paramref name="more"/> is added below it.</summary>
    public Reply Of(IncidentOutcome outcome, SpokenLanguage language, Block? more = null)
    {
        var line = Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(outcome.Kind))} {Sentence(outcome.Says.In(language))}");
        if (outcome.Incident is { } incident && !outcome.Says.In(language).Contains($"#{incident.Id}", StringComparison.Ordinal))
            line = Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(outcome.Kind))} *#{incident.Id}* {Sentence(outcome.Says.In(language))}");
        // Who was first, unless the sentence names them.
        if (outcome is { Kind: OutcomeKind.Already, By: { Length: > 0 } by } && !outcome.Says.In(language).Contains(by, StringComparison.Ordinal))
            line += Mrkdwn.Of($" ({Mrkdwn.User(by)}{When(outcome.At, language)})");
        List<Block> blocks = [new SectionBlock { Text = line }];
        if (more is not null) blocks.Add(more);
        var kind = outcome.Kind is OutcomeKind.Refused or OutcomeKind.Missing ? AuditEvent.Refused : AuditEvent.Done;
        return new(new Message { Text = line.ToString(), Blocks = blocks }, ToChannel: false, kind, ForeignText.OneLine(outcome.Says.En, 500), "");
    }

    private string When(DateTimeOffset? at, SpokenLanguage language) =>
        at is { } moment ? " " + new CardTime(time.GetUtcNow(), languages.Value.GetZone()).At(moment).In(language) : "";

    // The sentence is ours, but titles and notes in it are not: only mentions of people stay what they are.
    private static Mrkdwn Sentence(string says)
    {
        var parts = new List<Mrkdwn>();
        var at = 0;
        foreach (Match mention in Mention().Matches(says))
        {
            parts.Add(Mrkdwn.Escape(says[at..mention.Index]));
            parts.Add(Mrkdwn.User(mention.Groups["id"].Value));
            at = mention.Index + mention.Length;
        }
        parts.Add(Mrkdwn.Escape(says[at..]));
        return Mrkdwn.Join("", parts);
    }

    private static string Picture(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Done => ":white_check_mark:",
        OutcomeKind.Already => ":information_source:",
        _ => ":no_entry_sign:",
    };

    [GeneratedRegex("<@(?<id>[UW][A-Z0-9]{2,20})>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}

using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Evidence;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists.Buttons;

/// <summary>Tells the one who pressed how it came out; the others see the card. What was done stands in the audit trail.</summary>
internal sealed class PressReply(IOptions<LanguageOptions> languages)
{
    /// <summary>Does something to an item, and tells how it came out.</summary>
    /// <param name="chosen">List and item; null: none was named.</param>
    /// <param name="missing">What is said then.</param>
    /// <param name="act">Does it.</param>
    /// <param name="done">What is said when it was done, with the number of the list and what the item is called.</param>
    /// <param name="language">The person's.</param>
    public async Task<Reply> OnItemAsync(
        (long List, int Item)? chosen, LocalizedText missing, Func<long, int, Task<ChecklistOutcome>> act, Func<long, LocalizedText, LocalizedText> done, SpokenLanguage language)
    {
        if (chosen is not { } item) return Reply.Refused(missing, language);
        var outcome = await act(item.List, item.Item);
        return Of(outcome, outcome.Item is null ? PressTexts.Missing : done(item.List, Title(outcome.Item)), language);
    }

    /// <summary>The answer; <paramref name="done"/> is said when it was done.</summary>
    public Reply Of(ChecklistOutcome outcome, LocalizedText done, SpokenLanguage language)
    {
        if (outcome.End == PressEnd.Done)
        {
            var all = outcome is { Open: 0, List.State: ChecklistState.Open } ? PressTexts.AllDone : null;
            var text = all is null ? done : new LocalizedText(done.Ja + all.Ja, $"{done.En} {all.En}");
            return Reply.ToPerson(Notice.Of(":white_check_mark:", text.In(language))) with { Detail = ForeignText.OneLine(done.En, AuditEntry.MaxText) };
        }
        var why = outcome.End switch
        {
            PressEnd.Already when outcome.Item is null => PressTexts.SignedAlready,
            PressEnd.Already => PressTexts.TickedAlready,
            PressEnd.Closed => outcome.List!.CarriedTo is { } next ? PressTexts.Carried(next) : PressTexts.SignedAlready,
            PressEnd.NotDone => PressTexts.NotDone,
            PressEnd.NotYours => PressTexts.NotYours,
            PressEnd.Unfinished => PressTexts.Unfinished(outcome.Open, Title(outcome.Item!)),
            _ => PressTexts.Missing,
        };
        var line = Mrkdwn.Of($":no_entry_sign: {why.In(language)}");
        if (outcome is { End: PressEnd.Already or PressEnd.NotYours, By: { } by, At: { } at }) line += First(by, at, language);
        return new(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }, ToChannel: false, AuditEvent.Refused, why.En, "");
    }

    /// <summary>What an item is called.</summary>
    public static LocalizedText Title(ChecklistItem item) => new(item.TitleJa, item.TitleEn);

    private Mrkdwn First(string by, DateTimeOffset at, SpokenLanguage language)
    {
        var who = by.Length > 0 ? Mrkdwn.User(by) : Mrkdwn.Of($"{PressTexts.TheBot.In(language)}");
        return Mrkdwn.Of($" ({who} {EvidenceTexts.Stamp(at, languages.Value.GetZone())})");
    }
}

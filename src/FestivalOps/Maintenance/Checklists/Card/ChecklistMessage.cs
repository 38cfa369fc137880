using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Buttons;
using FestivalOps.Maintenance.Checklists.Evidence;

namespace FestivalOps.Maintenance.Checklists.Card;

/// <summary>The card of a list: each item with its evidence, who has it or did it, and what can be pressed.</summary>
internal static class ChecklistMessage
{
    /// <summary>Longest evidence and longest note on the card; the export holds all. Unit: characters.</summary>
    public const int MaxShown = 220;

    /// <summary>The card as it is to be shown now.</summary>
    public static Message Of(FullChecklist full, TimeZoneInfo zone, SpokenLanguage language)
    {
        var list = full.List;
        var title = ChecklistTexts.Title(list.Kind, list.Period).In(language);
        var state = State(full, language);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(full))} *{title}*\n{state}") }];
        blocks.AddRange(full.Items.Select(item => ItemBlock(full, item, zone, language)));
        if (list.State == ChecklistState.Open) blocks.Add(new ActionsBlock { Elements = [.. Buttons(full, language)] });
        blocks.Add(new ContextBlock { Elements = [.. Footer(list, zone, language)] });
        return new() { Text = Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(full))} {title}: {state}").ToString(), Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>How far a list is, in a few words.</summary>
    public static Mrkdwn State(FullChecklist full, SpokenLanguage language)
    {
        var list = full.List;
        var text = list.State switch
        {
            ChecklistState.Signed => ChecklistTexts.Signed,
            ChecklistState.CarriedOver => ChecklistTexts.CarriedTo(list.CarriedTo ?? 0, full.Open.Count),
            _ when full.Open.Count == 0 => ChecklistTexts.ReadyToSign(full.Items.Count),
            _ => ChecklistTexts.Progress(full.Items.Count - full.Open.Count, full.Items.Count),
        };
        return Mrkdwn.Of($"{text.In(language)}");
    }

    private static string Picture(FullChecklist full) => full.List.State switch
    {
        ChecklistState.Signed => ":lock:",
        ChecklistState.CarriedOver => ":arrow_right:",
        _ => ":shield:",
    };

    private static SectionBlock ItemBlock(FullChecklist full, ChecklistItem item, TimeZoneInfo zone, SpokenLanguage language)
    {
        var title = language == SpokenLanguage.En ? item.TitleEn : item.TitleJa;
        var mark = item.DoneAt is not null ? ":white_check_mark:" : item.Verdict == EvidenceVerdict.Finding ? ":warning:" : ":white_circle:";
        var lines = new List<Mrkdwn> { Mrkdwn.Of($"{Mrkdwn.Trusted(mark)} {item.Number}. *{title}*") };
        if (Evidence(item, language) is { Value.Length: > 0 } evidence) lines.Add(evidence);
        lines.Add(Who(full.List, item, zone, language));
        if (item.Note.Length > 0) lines.Add(Mrkdwn.Of($"{ChecklistTexts.NoteLabel.In(language)}: {ForeignText.OneLine(item.Note, MaxShown)}"));
        var block = new SectionBlock { Text = Mrkdwn.Join("\n", lines) };
        if (full.List.State == ChecklistState.Open && Accessory(item, language) is { } button) block.Accessory = button;
        return block;
    }

    private static Mrkdwn Evidence(ChecklistItem item, SpokenLanguage language)
    {
        var text = ForeignText.OneLine(language == SpokenLanguage.En ? item.EvidenceEn : item.EvidenceJa, MaxShown);
        return text.Length == 0 ? Mrkdwn.Empty : Mrkdwn.Of($"{text}");
    }

    private static Mrkdwn Who(Checklist list, ChecklistItem item, TimeZoneInfo zone, SpokenLanguage language)
    {
        if (item.DoneAt is { } at)
        {
            var stamp = EvidenceTexts.Stamp(at, zone);
            return item.DoneBy is { Length: > 0 } by
                ? Mrkdwn.Of($"{Mrkdwn.User(by)} {ChecklistTexts.TickedAt(stamp).In(language)}")
                : Mrkdwn.Of($"{ChecklistTexts.ByBot(EvidenceTexts.Stamp(item.EvidenceAt ?? at, zone)).In(language)}");
        }
        var role = item.Role.Name().In(language);
        var line = item.AssignedTo.Length > 0
            ? Mrkdwn.Of($"{ChecklistTexts.AssignedLabel.In(language)}: {Mrkdwn.User(item.AssignedTo)}")
            : Mrkdwn.Of($"{ChecklistTexts.AssignedLabel.In(language)}: {role}");
        if (item.OpenSince < list.OpenedAt) line += Mrkdwn.Of($" · {ChecklistTexts.Since(EvidenceTexts.Day(item.OpenSince, zone)).In(language)}");
        return line;
    }

    private static Button? Accessory(ChecklistItem item, SpokenLanguage language)
    {
        var value = ItemValue.Of(item.ChecklistId, item.Number);
        if (item.DoneAt is null) return new() { ActionId = TickAction.Id, Value = value, Text = new(ChecklistTexts.TickButton.In(language)) };
        // The bot's own tick stands on its evidence; an administrator takes it back with the command.
        return item.DoneBy is { Length: > 0 } ? new() { ActionId = UntickAction.Id, Value = value, Text = new(ChecklistTexts.UndoButton.In(language)) } : null;
    }

    private static IEnumerable<IActionElement> Buttons(FullChecklist full, SpokenLanguage language)
    {
        var value = full.List.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Button Make(string action, LocalizedText text, ButtonStyle style = ButtonStyle.Default) => new() { ActionId = action, Value = value, Text = new(text.In(language)), Style = style };
        if (full.Open.Count > 0)
        {
            yield return Make(TickNoteAction.Id, ChecklistTexts.NoteButton);
            yield return Make(AssignItemAction.Id, ChecklistTexts.AssignButton);
        }
        else
        {
            yield return Make(SignListAction.Id, ChecklistTexts.SignButton, ButtonStyle.Primary);
        }
        yield return Make(RefreshEvidenceAction.Id, ChecklistTexts.RefreshButton);
    }

    private static IEnumerable<IContextElement> Footer(Checklist list, TimeZoneInfo zone, SpokenLanguage language)
    {
        var number = ChecklistTexts.Number(list.Id).In(language);
        if (list is { State: ChecklistState.Signed, SignedBy: { } by, SignedAt: { } at, Seal: { } seal })
        {
            yield return (Markdown)Mrkdwn.Of($"{number} · {ChecklistTexts.SignedByLabel.In(language)}: {Mrkdwn.User(by)} {EvidenceTexts.Stamp(at, zone)} · {ChecklistTexts.SealLabel.In(language)} {Mrkdwn.Code(seal[..16])}");
            yield return (Markdown)Mrkdwn.Of($"{Mrkdwn.Trusted(ChecklistTexts.ExportHint(list.Id).In(language))}");
        }
        else
        {
            yield return (Markdown)Mrkdwn.Of($"{number} · {(list.State == ChecklistState.Open ? ChecklistTexts.FooterOpen : ChecklistTexts.FooterCarried).In(language)}");
        }
    }
}

using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What can be done with an incident from its card: what is needed at night as buttons, the rest behind "⋯".</summary>
internal static class IncidentButtons
{
    public const string Acknowledge = "incident.ack";
    public const string Resolve = "incident.resolve";
    public const string Escalate = "incident.escalate";
    public const string Snooze = "incident.snooze";
    public const string Silence = "incident.silence";
    public const string Assign = "incident.assign";
    public const string Note = "incident.note";
    public const string Undo = "incident.undo";
    public const string Promise = "incident.promise";

    /// <summary>The row of buttons for where the incident stands; null when nothing can be done any more.</summary>
    public static ActionsBlock? Of(IncidentFacts facts, SpokenLanguage language)
    {
        var incident = facts.Incident;
        var id = incident.Id.ToString(CultureInfo.InvariantCulture);
        var elements = new List<IActionElement>();
        if (incident.State == IncidentState.Resolved)
        {
            if (facts.UndoUntil is not null) elements.Add(Button(Undo, id, CardTexts.UndoButton, language));
        }
        else
        {
            if (incident.State == IncidentState.Triggered)
                elements.Add(Button(Acknowledge, id, CardTexts.AcknowledgeButton, language, ButtonStyle.Primary));
            elements.Add(Button(Resolve, id, CardTexts.ResolveButton, language));
            elements.AddRange(facts.Own.Select(own => Button(own.ActionId, id, own.Label, language)));
            if (incident.Level < 3 && incident.HiddenBy is null) elements.Add(EscalateButton(id, language));
            elements.Add(SnoozeMenu(id, language));
            elements.Add(ActionMenu.Of(More(facts, id), language));
        }
        // A choice stays visible in a menu until its block is another one: the version makes each state's menus fresh.
        return elements.Count == 0 ? null : new() { BlockId = $"incident:{id}:{incident.Version}", Elements = elements };
    }

    /// <summary>"Silence…" alone, for where ending an incident was refused because it still fires.</summary>
    public static ActionsBlock SilenceOnly(long id, SpokenLanguage language) =>
        new() { Elements = [Button(Silence, id.ToString(CultureInfo.InvariantCulture), CardTexts.SilenceButton, language)] };

    private static IEnumerable<(LocalizedText Label, string ActionId, string Value)> More(IncidentFacts facts, string id)
    {
        if (facts.UndoUntil is not null) yield return (CardTexts.UndoButton, Undo, id);
        yield return (CardTexts.PromiseButton, Promise, id);
        yield return (CardTexts.AssignButton, Assign, id);
        yield return (CardTexts.NoteButton, Note, id);
        if (facts.Incident.HiddenBy is null) yield return (CardTexts.SilenceButton, Silence, id);
    }

    private static Button Button(string action, string value, LocalizedText label, SpokenLanguage language, ButtonStyle style = ButtonStyle.Default) =>
        new() { ActionId = action, Value = value, Text = new(label.In(language)), Style = style };

    private static Button EscalateButton(string id, SpokenLanguage language)
    {
        var button = Button(Escalate, id, CardTexts.EscalateButton, language);
        button.Confirm = new()
        {
            Title = new(CardTexts.EscalateButton.In(language)),
            Text = new PlainText(CardTexts.EscalateTitle.In(language)),
            Confirm = new(CardTexts.EscalateYes.In(language)),
            Deny = new(CardTexts.EscalateNo.In(language)),
        };
        return button;
    }

    // The words are read by the grammar of times when one is chosen.
    private static StaticSelectMenu SnoozeMenu(string id, SpokenLanguage language) => new()
    {
        ActionId = Snooze,
        Placeholder = new(CardTexts.SnoozeMenu.In(language)),
        Options =
        [
            .. new[] { ("30m", CardTexts.Snooze30), ("1h", CardTexts.Snooze60), ("4h", CardTexts.Snooze240), ("morning", CardTexts.SnoozeMorning) }
                .Select(choice => new Option { Value = $"{id} {choice.Item1}", Text = new PlainText(choice.Item2.In(language)) }),
        ],
    };
}

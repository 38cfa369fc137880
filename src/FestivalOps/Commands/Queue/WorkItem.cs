using FestivalOps.Commands.Grammar;

namespace FestivalOps.Commands.Queue;

/// <summary>A command, a press or a sent form that was acknowledged and waits to be done.</summary>
/// <param name="Id">Joins its audit rows; sorts by time.</param>
/// <param name="ReceivedAt">When it was acknowledged.</param>
/// <param name="UserId">Slack id of the person.</param>
/// <param name="ChannelId">Slack id of the channel; empty where there is none.</param>
/// <param name="Text">What was typed after <c>/fops</c>; for a button its action id, for a form its name.</param>
/// <param name="ResponseUrl">Where the answer goes; empty for a form. Never logged; see <see cref="ToString"/>.</param>
/// <param name="Button">The pressed button, or the choice of a menu; null otherwise.</param>
internal sealed record WorkItem(
    string Id, DateTimeOffset ReceivedAt, string UserId, string ChannelId, string Text, string ResponseUrl, PressedButton? Button)
{
    /// <summary>Slack's limit on the life of a <c>response_url</c>: 30 minutes; a minute is kept in hand.</summary>
    public static readonly TimeSpan AnswerableFor = TimeSpan.FromMinutes(29);

    private CommandLine? _line;

    /// <summary>What was typed, in words; none for a button or a form.</summary>
    public CommandLine Line => _line ??= CommandLine.Parse(this is { Button: null, Form: null } ? Text : "");

    /// <summary>The form that was sent; null for a command or a button.</summary>
    public SentForm? Form { get; init; }

    /// <summary>Opens one dialog within 3 seconds (Slack limit); empty where there is none. In memory only: never stored, never logged.</summary>
    public string TriggerId { get; init; } = "";

    /// <summary>
    /// Ends when the row that says that it was received is durable. It is asked for in the moment of acceptance, so that what still waits in
    /// the queue is not forgotten by a crash.
    /// </summary>
    public Task Received { get; init; } = Task.CompletedTask;

    /// <summary>What was asked, in one line for the audit trail. Foreign text.</summary>
    public string Words => this switch
    {
        { Form: { } form } => $"[{form.Name}] {form.Value} {string.Join(' ', form.Inputs.Select(i => $"{i.Key}={i.Value}"))}",
        { Button: { } button } => $"[{button.ActionId}] {button.Value}",
        _ => Text,
    };

    /// <summary>The id alone: whatever logs the record must log neither the response URL nor the trigger.</summary>
    public override string ToString() => Id;
}

/// <summary>A button that was pressed, or what was chosen in a menu.</summary>
/// <param name="ActionId">Its <c>action_id</c>.</param>
/// <param name="Value">Its value; for a menu the value of the chosen option, for a menu of people the chosen id.</param>
/// <param name="MessageTs">The message that held it; empty for an ephemeral one.</param>
internal sealed record PressedButton(string ActionId, string Value, string MessageTs);

/// <summary>A form that was filled in and sent.</summary>
/// <param name="Name">See <see cref="Forms.IForm.Name"/>.</param>
/// <param name="Value">What was given when it was opened: an incident's number.</param>
/// <param name="Inputs">What was entered, by the name of the input. Foreign text.</param>
internal sealed record SentForm(string Name, string Value, IReadOnlyDictionary<string, string> Inputs);

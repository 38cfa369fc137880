using System.Text.Json;
using FestivalOps.Commands.Queue;
using FestivalOps.Language;

namespace FestivalOps.Commands.Forms;

/// <summary>Which form a dialog is, where its answer goes, and what it is about: what travels with it unseen.</summary>
/// <param name="Form">See <see cref="IForm.Name"/>.</param>
/// <param name="Channel">Slack id of the channel in which it was opened; the answer goes there.</param>
/// <param name="Value">What it is about.</param>
/// <param name="Language">The language in which it was opened.</param>
internal sealed record FormTicket(string Form, string Channel, string Value, SpokenLanguage Language = SpokenLanguage.Ja);

/// <summary>Reads what came back with a sent dialog.</summary>
internal static class FormReading
{
    /// <summary>The <c>callback_id</c> of all our dialogs; the ticket says which one it is.</summary>
    public const string CallbackId = "fops";

    /// <summary>Longest input that is read: 3,000 characters (Slack limit).</summary>
    public const int MaxInput = 3_000;

    private const int MaxInputs = 20;

    private const int MaxError = 300;

    /// <summary>The form, the channel of its answer and the language of its dialog. What can't be read is a form without a name, which nobody handles.</summary>
    public static (SentForm Form, string ChannelId, SpokenLanguage Language) Read(ViewInfo view)
    {
        var ticket = Ticket(view.PrivateMetadata);
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (block, elements) in (view.State?.Values ?? []).Take(MaxInputs))
        {
            if (elements.Values.Select(Text).FirstOrDefault(t => t is not null) is { } text)
                inputs[block] = text.Length > MaxInput ? text[..MaxInput] : text;
        }
        return (new(ticket.Form, ticket.Value, inputs), ticket.Channel, ticket.Language);
    }

    /// <summary>Keeps the dialog open and says why beside its first input; what was typed stays.</summary>
    public static ViewSubmissionResponse StillOpen(ViewInfo view, string why) => view.Blocks.OfType<InputBlock>().FirstOrDefault()?.BlockId is { } block
        ? new ViewErrorsResponse { Errors = { [block] = why } }
        : throw new QueueFullException();

    /// <summary>The same beside the input that it is about. The sentence is shown as plain text.</summary>
    public static ViewSubmissionResponse StillOpen(string block, string why) =>
        new ViewErrorsResponse { Errors = { [block] = ForeignText.OneLine(why.Replace("`", "", StringComparison.Ordinal), MaxError) } };

    private static FormTicket Ticket(string? metadata)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<FormTicket>(metadata ?? "");
            return new(
                ForeignText.OneLine(ticket?.Form, 64), ForeignText.OneLine(ticket?.Channel, 40), ticket?.Value ?? "",
                ticket?.Language == SpokenLanguage.En ? SpokenLanguage.En : SpokenLanguage.Ja);
        }
        catch (JsonException)
        {
            return new("", "", "");
        }
    }

    private static string? Text(ElementValue value) => value switch
    {
        PlainTextInputValue typed => typed.Value,
        StaticSelectValue chosen => chosen.SelectedOption?.Value,
        UserSelectValue person => person.SelectedUser,
        _ => null,
    };
}

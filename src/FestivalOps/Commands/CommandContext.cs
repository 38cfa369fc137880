using System.Collections.Immutable;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Queue;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;

namespace FestivalOps.Commands;

/// <summary>Who asks, where, and for what.</summary>
internal sealed class CommandContext(
    WorkItem item, Person person, CommandLine line, SpokenLanguage channelLanguage, ReplyPost post, FormDoor door)
{
    private readonly int _firstArgument = line.Words.Length == 0 ? 0 : 1;

    /// <summary>Who asks.</summary>
    public Person Person => person;

    /// <summary>The language of the person.</summary>
    public SpokenLanguage Language => person.Language;

    /// <summary>The language of what the channel sees: the team's in a channel, the person's in a direct message.</summary>
    public SpokenLanguage ChannelLanguage => channelLanguage;

    /// <summary>Slack id of the channel; empty where there is none.</summary>
    public string ChannelId => item.ChannelId;

    /// <summary>When it was asked; what the person calls "in 30 minutes" counts from then.</summary>
    public DateTimeOffset AskedAt => item.ReceivedAt;

    /// <summary>What follows the command's name, as it was typed.</summary>
    public ImmutableArray<string> Arguments => line.From(_firstArgument);

    /// <summary>An argument in the form in which names are compared; empty past the end.</summary>
    public string Name(int index) => line.Name(_firstArgument + index);

    /// <summary>The value of the pressed button, the chosen option or the sent form; empty for a command.</summary>
    public string Value => item.Form?.Value ?? item.Button?.Value ?? "";

    /// <summary>What was entered in an input of the sent form; empty when nothing was. Foreign text, possibly of several lines.</summary>
    public string Input(string name) => item.Form?.Inputs.GetValueOrDefault(name) ?? "";

    /// <summary>
    /// Opens a dialog; what is sent with it goes to the <see cref="IForm"/> of this name, with <paramref name="value"/>. Only possible after
    /// the press of a button. The answer is what this action replies.
    /// </summary>
    public Task<Reply> OpenAsync(string form, string value, ModalViewDefinition view, CancellationToken ct) =>
        door.OpenAsync(item, person.Language, form, value, view, ct);

    /// <summary>
    /// Shows that the work goes on, in the place where the answer will stand. The answer replaces it. The work doesn't wait for it, and
    /// trouble with showing it is no trouble for the work.
    /// </summary>
    public void ShowProgress(Message message, CancellationToken ct) => post.ShowProgress(message, ct);
}

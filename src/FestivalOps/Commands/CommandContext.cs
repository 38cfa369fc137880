using System.Collections.Immutable;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;

namespace FestivalOps.Commands;

/// <summary>Who asks, where, and for what.</summary>
internal sealed class CommandContext(
    Person person, string channelId, CommandLine line, int firstArgument, string value, SpokenLanguage channelLanguage, ReplyPost post)
{
    /// <summary>Who asks.</summary>
    public Person Person => person;

    /// <summary>The language of the person.</summary>
    public SpokenLanguage Language => person.Language;

    /// <summary>The language of what the channel sees: the team's in a channel, the person's in a direct message.</summary>
    public SpokenLanguage ChannelLanguage => channelLanguage;

    /// <summary>Slack id of the channel; empty where there is none.</summary>
    public string ChannelId => channelId;

    /// <summary>What follows the command's name, as it was typed.</summary>
    public ImmutableArray<string> Arguments => line.From(firstArgument);

    /// <summary>An argument in the form in which names are compared; empty past the end.</summary>
    public string Name(int index) => line.Name(firstArgument + index);

    /// <summary>The value of the pressed button; empty for a command.</summary>
    public string Value => value;

    /// <summary>
    /// Shows that the work goes on, in the place where the answer will stand. The answer replaces it. The work doesn't wait for it, and
    /// trouble with showing it is no trouble for the work.
    /// </summary>
    public void ShowProgress(Message message, CancellationToken ct) => post.ShowProgress(message, ct);
}

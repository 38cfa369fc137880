using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Commands.BuiltIn;

/// <summary><c>/fops help</c>, <c>/fops help COMMAND</c>: written from the commands' own properties.</summary>
internal sealed class HelpCommand(CommandBook book) : ICommand
{
    /// <inheritdoc/>
    public string Name => "help";

    /// <inheritdoc/>
    public LocalizedText? AlsoCalled { get; } = new("ヘルプ|使い方", "?|-h|--help");

    /// <inheritdoc/>
    public LocalizedText Summary => BuiltInTexts.HelpSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => BuiltInTexts.HelpUsage;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Arguments.Length == 0) return Task.FromResult(Reply.ToPerson(All(context.Language)));
        if (book.Find(context.Name(0)) is { } command) return Task.FromResult(Reply.ToPerson(One(command, context.Language)));
        var typed = CommandTexts.Typed(context.Arguments[0]);
        return Task.FromResult(Reply.Refused(CommandTexts.Unknown(typed, book.Nearest(context.Name(0))), context.Language));
    }

    private Message All(SpokenLanguage language)
    {
        var title = BuiltInTexts.HelpTitle.In(language);
        return new()
        {
            Text = title,
            Blocks =
            [
                new SectionBlock { Text = Mrkdwn.Of($"*{title}*") },
                new SectionBlock { Text = Mrkdwn.Join("\n", book.Commands.Select(c => Line(c, language))) },
                new ContextBlock { Elements = [(Markdown)Mrkdwn.Of($"{BuiltInTexts.HelpMore.In(language)}")] },
            ],
        };
    }

    private static Message One(ICommand command, SpokenLanguage language)
    {
        List<Block> blocks = [new SectionBlock { Text = Line(command, language) }];
        if (command.Details is { } details) blocks.Add(new SectionBlock { Text = Mrkdwn.Of($"{details.In(language)}") });
        return new() { Text = $"/fops {command.Name}", Blocks = blocks };
    }

    private static Mrkdwn Line(ICommand command, SpokenLanguage language)
    {
        // Each line of a usage is a form of its own.
        var forms = (command.Usage?.In(language) ?? "").Split('\n').Select(usage => Mrkdwn.Code($"/fops {command.Name} {usage}".TrimEnd()));
        var line = Mrkdwn.Join("\n", forms) + Mrkdwn.Of($"  {command.Summary.In(language)}");
        return command.AllowedRoles.Count == 0
            ? line
            : line + Mrkdwn.Of($" _({RoleText.AnyOf(command.AllowedRoles).In(language)})_");
    }
}

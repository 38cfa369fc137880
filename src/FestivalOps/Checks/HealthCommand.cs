using FestivalOps.Commands;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks;

/// <summary><c>/fops health</c>, <c>/fops health CHECK</c>, <c>/fops health GROUP</c>.</summary>
internal sealed class HealthCommand(
    HealthRunner runner, CheckBook book, IOptions<ChecksOptions> options, IOptions<LanguageOptions> languages, TimeProvider time) : ICommand
{
    private volatile Drawn? _newest;

    /// <inheritdoc/>
    public string Name => "health";

    /// <inheritdoc/>
    public LocalizedText? AlsoCalled { get; } = new("ヘルス|ヘルスチェック|状態", "status|check|checks");

    /// <inheritdoc/>
    public LocalizedText Summary => HealthTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => HealthTexts.Usage;

    /// <inheritdoc/>
    public LocalizedText? Details
    {
        get
        {
            var groups = book.Checks.GroupBy(c => c.Group, StringComparer.Ordinal).ToList();
            return new(
                string.Join('\n', groups.Select(g => $"*{g.Key}*\n" + string.Join('\n', g.Select(c => $"　`{c.Name}` {c.Summary.Ja}")))),
                string.Join('\n', groups.Select(g => $"*{g.Key}*\n" + string.Join('\n', g.Select(c => $"　`{c.Name}` {c.Summary.En}")))));
        }
    }

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var word = context.Arguments.Length == 0 ? CheckBook.All : context.Name(0);
        // What the card calls it may have spaces, and be in Japanese.
        if (book.FindTitle(context.Arguments) is { } named) return await CheckAsync(named, context, ct);
        if (book.Find(word) is not { } selection)
        {
            var typed = CommandTexts.Typed(context.Arguments[0]);
            return Reply.Refused(HealthTexts.UnknownCheck(typed, Nearest.To(word, book.Words)), context.Language);
        }
        // A second name that is silently dropped would read as "all well" for it.
        if (context.Arguments.Length > 1) return Reply.Refused(HealthTexts.OneAtATime, context.Language);
        return await CheckAsync(selection, context, ct);
    }

    /// <summary>Checks and answers with a card in the channel; a slow round shows first that it runs.</summary>
    public async Task<Reply> CheckAsync(CheckSelection selection, CommandContext context, CancellationToken ct)
    {
        var zone = languages.Value.GetZone();
        var running = runner.RunAsync(selection, ct);
        if (!running.IsCompleted)
        {
            var patience = Task.Delay(TimeSpan.FromMilliseconds(options.Value.ShowRunningAfterMilliseconds), time, ct);
            if (await Task.WhenAny(running, patience) == patience)
                context.ShowProgress(HealthMessage.Running(selection, time.GetUtcNow(), context.ChannelLanguage, zone), ct);
        }
        return Reply.InChannel(Card(await running, context.ChannelLanguage, zone));
    }

    // Everyone who shares a round reads the same card; it is never changed once it is made.
    private Message Card(HealthRun run, SpokenLanguage language, TimeZoneInfo zone)
    {
        if (_newest is { } newest && ReferenceEquals(newest.Run, run) && newest.Language == language) return newest.Card;
        var card = HealthMessage.Card(run, time.GetUtcNow(), language, zone);
        _newest = new(run, language, card);
        return card;
    }

    private sealed record Drawn(HealthRun Run, SpokenLanguage Language, Message Card);
}

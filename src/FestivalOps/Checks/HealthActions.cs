using FestivalOps.Checks.History;
using FestivalOps.Commands;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks;

/// <summary>"Details" on the card: everything known about that round, for the person who pressed, in their language.</summary>
internal sealed class HealthDetailsAction(
    HealthHistory history, HealthRunner runner, CheckBook book, IOptions<LanguageOptions> languages, TimeProvider time) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "health.details";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        // A fresh round is at hand also while the store is away, which is when people press this.
        var run = runner.Recent(context.Value) ?? await history.FindAsync(context.Value, book.ByName, ct);
        return run is null
            ? Reply.Refused(HealthTexts.RunGone, context.Language)
            : Reply.ToPerson(HealthMessage.Details(run, time.GetUtcNow(), context.Language, languages.Value.GetZone()));
    }
}

/// <summary>"Check again" on the card: a new card, so that the old one stays as what was true then.</summary>
internal sealed class HealthAgainAction(HealthCommand health, CheckBook book) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "health.again";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) =>
        health.CheckAsync(book.Find(context.Value) ?? book.Find(CheckBook.All)!, context, ct);
}

using FestivalOps.Checks.History;
using FestivalOps.Commands;
using FestivalOps.Language;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks;

/// <summary>"Details" on the card: everything known about that round, for the person who pressed, in their language.</summary>
internal sealed partial class HealthDetailsAction(
    HealthHistory history, HealthRunner runner, CheckBook book, IOptions<LanguageOptions> languages, TimeProvider time, ILogger<HealthDetailsAction> logger)
    : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "health.details";

    // Details without the last good values are worth more at night than all of them later.
    private static readonly TimeSpan LookBackPatience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        // A fresh round is at hand also while the store is away, which is when people press this.
        var run = runner.Recent(context.Value) ?? await history.FindAsync(context.Value, book.ByName, ct);
        if (run is null) return Reply.Refused(HealthTexts.RunGone, context.Language);
        return Reply.ToPerson(HealthMessage.Details(run, await LookBackAsync(run, ct), time.GetUtcNow(), context.Language, languages.Value.GetZone()));
    }

    private async Task<LookBack> LookBackAsync(HealthRun run, CancellationToken ct)
    {
        var silent = run.Results.Where(r => r.Measurement.IsWithoutAnswer).ToList();
        if (silent.Count == 0) return LookBack.None;
        try
        {
            using var limit = new CancellationTokenSource(LookBackPatience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
            return new(await Task.Run(() => history.LastGoodAsync(silent, both.Token), both.Token).WaitAsync(both.Token), null);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var id = ErrorId.New();
            Log.NotLookedBack(logger, failure, id);
            return LookBack.None with { ErrorId = id };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The last good values could not be read; the details were shown without them. Error id {ErrorId}")]
        public static partial void NotLookedBack(ILogger logger, Exception failure, string errorId);
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

using FestivalOps.Alerting.Watchdog;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Sharing;

/// <summary>Do several readers count together, when the settings say so? Alone each needs its own 20 failures.</summary>
internal sealed class SharingConcern(SharedWindows windows, IOptions<BlockingOptions> options, TimeProvider time) : IConcern
{
    /// <inheritdoc/>
    public string Alert => "WindowsNotShared";

    /// <inheritdoc/>
    public Task<Finding?> LookAsync(CancellationToken ct)
    {
        if (options.Value.Redis.Length == 0) return Task.FromResult<Finding?>(null);
        return Task.FromResult<Finding?>(windows.Problem is { } problem
            ? new(true, windows.ProblemSince, SharingTexts.Title, problem)
            : new(false, time.GetUtcNow(), SharingTexts.Title, SharingTexts.Well));
    }
}

/// <summary>What is said of it.</summary>
internal static class SharingTexts
{
    public static readonly LocalizedText Title = new("複数の読み取り役で攻撃を合算できません", "Readers of logs don't count attackers together");
    public static readonly LocalizedText Well = new("合算できています", "they count together");

    /// <summary>Redis can't be reached.</summary>
    public static LocalizedText Away(string errorId) => new(
        $"Blocking:Redis の Redis に接続できません。それまでは読み取り役ごとに数えるため、複数のサーバーに分散した攻撃のブロックが遅れます。エラー ID {errorId}",
        $"The Redis of Blocking:Redis can't be reached. Until it can, each reader counts for itself, so attacks spread over several servers are blocked later. Error id {errorId}");
}

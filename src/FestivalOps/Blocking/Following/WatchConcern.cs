using FestivalOps.Alerting.Watchdog;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Following;

/// <summary>Are the watched logs read and understood? A log that is silently not read would look like peace.</summary>
internal sealed class WatchConcern(LogWatcher watcher, IOptions<BlockingOptions> options, TimeProvider time) : IConcern
{
    // Of fewer lines nothing is said.
    private const int FewLines = 100;

    private static readonly LocalizedText Title = new("攻撃検知用のログを読めません", "Logs that are watched for attacks can't be read");
    private static readonly LocalizedText Well = new("ログを読めています", "the logs are read");

    private readonly Dictionary<string, (DateTimeOffset Since, int Looks)> _bad = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Lines, long Unread)> _before = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Alert => "LogsNotWatched";

    /// <inheritdoc/>
    public Task<Finding?> LookAsync(CancellationToken ct)
    {
        if (options.Value.Logs.Count == 0) return Task.FromResult<Finding?>(null);
        var now = time.GetUtcNow();
        List<LocalizedText> says = [];
        // A log that is not there yet may come.
        var canWait = true;
        foreach (var follower in watcher.Followers)
        {
            var trouble = follower.Problem is { } problem ? new($"{follower.Name}: {problem.Ja}", $"{follower.Name}: {problem.En}") : NotUnderstood(follower);
            if (trouble is null) _bad.Remove(follower.Name);
            else
            {
                var (since, looks) = _bad.GetValueOrDefault(follower.Name, (now, 0));
                _bad[follower.Name] = (since, looks + 1);
                // A rotation takes a moment.
                if (looks == 0) continue;
                says.Add(trouble);
                canWait &= follower.IsAbsent;
            }
        }
        return Task.FromResult<Finding?>(says.Count == 0
            ? new(false, now, Title, Well)
            : new(true, _bad.Values.Min(b => b.Since), Title, new(string.Join(' ', says.Select(s => s.Ja)), string.Join(' ', says.Select(s => s.En))), canWait));
    }

    private LocalizedText? NotUnderstood(LogFollower follower)
    {
        var (lines, unread) = (follower.Feed.Lines, follower.Feed.Unread);
        var (oldLines, oldUnread) = _before.GetValueOrDefault(follower.Name);
        if (lines - oldLines < FewLines) return _bad.ContainsKey(follower.Name) && oldUnread > 0 ? Says(follower, oldUnread) : null;
        _before[follower.Name] = (lines, unread);
        return 2 * (unread - oldUnread) > lines - oldLines ? Says(follower, unread - oldUnread) : null;
    }

    private static LocalizedText Says(LogFollower follower, long unread) => new(
        $"{follower.Name}: 半数以上の行 ({unread} 行) を解釈できません。Blocking:Logs:{follower.Name}:Kind と log_format を確認してください。",
        $"{follower.Name}: more than half of the lines ({unread}) can't be read. Look at Blocking:Logs:{follower.Name}:Kind and log_format.");
}

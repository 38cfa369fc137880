using System.Globalization;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Webhook;

/// <summary>
/// Was the webhook called with a wrong secret? Alertmanager does not repeat what got a 401, so whoever changed the secret should hear of it; but anyone who reaches the
/// port can do it, so it is a warning that waits for the morning and wakes nobody.
/// </summary>
internal sealed class WrongSecretConcern(TimeProvider time) : IConcern
{
    private static readonly LocalizedText Title = new("アラートの webhook が誤った秘密で呼ばれています", "The webhook of alerts is called with a wrong secret");
    private static readonly LocalizedText Well = new("この 1 時間、誤った秘密での呼び出しはありません", "no call with a wrong secret in the last hour");

    private readonly Lock _lock = new();
    private (long Calls, string From, DateTimeOffset Since, DateTimeOffset Last)? _met;

    /// <inheritdoc/>
    public string Alert => "WebhookWrongSecret";

    /// <summary>A call came with a wrong secret.</summary>
    /// <param name="from">Address of who called.</param>
    public void Met(string from)
    {
        var now = time.GetUtcNow();
        lock (_lock) _met = _met is { } known && now - known.Last <= LeftOutConcern.Lasts ? (known.Calls + 1, from, known.Since, now) : (1, from, now, now);
    }

    /// <inheritdoc/>
    public Task<Finding?> LookAsync(CancellationToken ct)
    {
        (long Calls, string From, DateTimeOffset Since, DateTimeOffset Last)? met;
        lock (_lock) met = _met;
        var now = time.GetUtcNow();
        return Task.FromResult<Finding?>(met is { } some && now - some.Last <= LeftOutConcern.Lasts
            ? new(true, some.Since, Title, Says(some.Calls, some.From), CanWait: true)
            : new(false, now, Title, Well, CanWait: true));
    }

    private static LocalizedText Says(long calls, string from)
    {
        var number = calls.ToString("N0", CultureInfo.InvariantCulture);
        return new(
            $"{number} 回拒否しました (最後は {from} から)。中にアラートがあっても通知されません。Alertmanager の設定と Alerting:Webhook の秘密が一致しているか確認してください。心当たりがなければ、誰かが試しています。",
            $"{number} calls were refused, the last from {from}; nobody is told of alerts in them. See whether Alertmanager has the secret of Alerting:Webhook. If it has, someone is guessing.");
    }
}

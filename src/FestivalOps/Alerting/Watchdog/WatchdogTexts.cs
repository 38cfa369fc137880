using FestivalOps.Language;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>What the bot says when it, or what watches with it, has gone quiet.</summary>
internal static class WatchdogTexts
{
    public static readonly LocalizedText NotMeasuredTitle = new("自動計測が止まっています", "The checks are no longer measured");

    public static readonly LocalizedText Measured = new("自動計測は動いています", "the checks are measured");

    public static readonly LocalizedText SilentTitle = new("Prometheus からの定期信号が途絶えました", "The watchdog signal from Prometheus has stopped");

    public static readonly LocalizedText Heard = new("定期信号を受信しています", "the watchdog signal is heard");

    public static LocalizedText NotMeasured(TimeSpan since)
    {
        var span = SpokenTime.Span(since);
        return new(
            $"{span.Ja}前からチェックが評価されていません。その間の異常は通知されません。ボットのログを確認してください。",
            $"the checks have not been evaluated for {span.En}; what goes wrong meanwhile is not told. Look into the bot's log.");
    }

    public static LocalizedText Silent(string name, TimeSpan since)
    {
        var span = SpokenTime.Span(since);
        return new(
            $"常時発報のアラート {name} が {span.Ja}届いていません。Prometheus・Alertmanager・ネットワークを確認してください。その間、そこからのアラートは届きません。",
            $"the always-firing alert {name} has not arrived for {span.En}. Check Prometheus, Alertmanager and the network: their alerts don't arrive meanwhile.");
    }
}

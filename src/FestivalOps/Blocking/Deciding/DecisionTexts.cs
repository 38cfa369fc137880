using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Deciding;

/// <summary>Reasons of decisions, for people.</summary>
internal static class DecisionTexts
{
    public static readonly LocalizedText Requests = new("拒否されたリクエスト", "refused requests");
    public static readonly LocalizedText ErrorLog = new("nginx エラーログの拒否", "refusals in nginx' error log");
    public static readonly LocalizedText Logins = new("SSH ログイン失敗", "failed SSH log-ins");
    public static readonly LocalizedText Application = new("アプリケーションが拒否したリクエスト", "requests that the application refused");
    public static readonly LocalizedText ScannerPaths = new("スキャナー特有のパスへのリクエスト", "requests for paths that only scanners ask for");
    public static readonly LocalizedText TooMany = new("429 (リクエスト過多) の応答", "answers 429 (too many requests)");
    public static readonly LocalizedText UserNames = new("異なるユーザー名でのログイン失敗", "user names tried in vain");

    /// <summary>Why a rule was met.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="apart">How far the newest and the oldest lie apart. Unit: microseconds.</param>
    public static LocalizedText Met(Rule rule, long apart)
    {
        var (seconds, window) = (Seconds(apart), Seconds(rule.Window));
        return new(
            $"{rule.What.Ja}が {seconds} 秒間に {rule.Count} 件 (基準: {window} 秒未満に {rule.Count} 件)",
            $"{rule.Count} {rule.What.En} within {seconds} s (the rule: {rule.Count} in less than {window} s)");
    }

    /// <summary>Why an address is not blocked although a rule asks for it.</summary>
    public static LocalizedText But(LocalizedText met, Reading.Doubt doubt) => doubt == Reading.Doubt.Proxy
        ? new(
            met.Ja + "。プロキシと思われるためブロックしません: Blocking:TrustedProxies にプロキシのアドレスを (無ければ none を) 設定してください",
            met.En + ". It looks like a proxy, so it is not blocked: name your proxies in Blocking:TrustedProxies, or none")
        : new(
            met.Ja + "。このログの行は偽造できるため、ブロックしません",
            met.En + ". Lines of this log can be forged, so it is not blocked");

    /// <summary>Why an address that the settings protect is not blocked.</summary>
    public static LocalizedText Protected(LocalizedText met) => new(
        met.Ja + "。Blocking:NeverBlock に含まれるためブロックしません", met.En + ". It is in Blocking:NeverBlock, so it is not blocked");

    private static string Seconds(long microseconds) => (microseconds / 1e6).ToString("0.###", CultureInfo.InvariantCulture);
}

using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.MonitoringCheck;

/// <summary>What the check of the monitoring says.</summary>
internal static class MonitoringTexts
{
    public static readonly LocalizedText Summary = new("監視の確認(Prometheus の対象とルール、テストメール、テスト投稿)", "monitoring check: Prometheus' targets and rules, a test mail, a test post");

    public static readonly LocalizedText AskingPrometheus = new("Prometheus を確認しています", "Looking at Prometheus");

    public static readonly LocalizedText Mailing = new("テストメールを送っています", "Sending a test mail");

    public static readonly LocalizedText Posting = new("テスト投稿をしています", "Making a test post");

    public static readonly LocalizedText PrometheusNotSetUp = new("Prometheus: 利用できません: Platform:Prometheus が未設定です", "Prometheus: not available: Platform:Prometheus is not set");

    public static readonly LocalizedText PrometheusAway = new("Prometheus に接続できないか、エラーが返りました", "Prometheus can't be reached, or answered with an error");

    public static readonly LocalizedText NotPrometheus = new("Platform:Prometheus の応答は Prometheus のものではありません", "what answers at Platform:Prometheus is no Prometheus");

    public static readonly LocalizedText MailNotSetUp = new("テストメール: 利用できません: Mail:Host が未設定です", "test mail: not available: Mail:Host is not set");

    public static readonly LocalizedText MailToNotSet = new(
        "テストメール: 利用できません: 宛先 Maintenance:MonitoringCheck:MailTo が未設定です", "test mail: not available: Maintenance:MonitoringCheck:MailTo, who gets it, is not set");

    public static readonly LocalizedText MailSubject = new("【テスト】FestivalOps の通知テスト", "[Test] FestivalOps notification test");

    public static readonly LocalizedText NoChannel = new("テスト投稿: 利用できません: Channels:Reports が未設定です", "test post: not available: Channels:Reports is not set");

    public static readonly LocalizedText SlackAway = new("テスト投稿: Slack に接続できません", "test post: Slack can't be reached");

    public static LocalizedText MailBody(string run, string at) => new(
        $"これは月次の通知テストです。対応は不要です。\n実行: {run}\n日時: {at}", $"This is the monthly test of notifications. Nothing needs to be done.\nRun: {run}\nTime: {at}");

    public static LocalizedText PostText(string run) => new($"通知テストです。対応は不要です(実行 {run})", $"A test of notifications; nothing needs to be done (run {run})");

    public static LocalizedText TargetsUp(int count) => new($"Prometheus: 監視対象 {count} 件はすべて稼働、想定ジョブもそろっています", $"Prometheus: all {count} targets are up and no expected job is missing");

    public static LocalizedText TargetsWrong(int count, int down, int missing) => new(
        $"Prometheus: 監視対象 {count} 件のうち停止 {down} 件、不足ジョブ {missing} 件", $"Prometheus: {down} of {count} targets down, {missing} expected job(s) missing");

    public static LocalizedText MissingJobs(IEnumerable<string> jobs)
    {
        var names = string.Join(", ", jobs.Select(j => ForeignText.OneLine(j, 60)));
        return new($"ないジョブ: {names}", $"missing: {names}");
    }

    public static LocalizedText Down(PrometheusTarget target) => new($"停止: {target.Job} {target.Instance} {target.Error}", $"down: {target.Job} {target.Instance} {target.Error}");

    public static LocalizedText RulesWell(int count) => new($"アラートルール: {count} 件、すべて読み込み済みで正常", $"alert rules: {count}, ours among them, all can be evaluated");

    public static LocalizedText RulesWrong(int count, int broken, int missing) => new(
        $"アラートルール: {count} 件のうち評価エラー {broken} 件、FestivalOps のルールの不足 {missing} 件", $"alert rules: {broken} of {count} can't be evaluated, {missing} of ours missing");

    public static LocalizedText MissingRules(IReadOnlyList<string> names)
    {
        var some = string.Join(", ", names.Take(8)) + (names.Count > 8 ? ", …" : "");
        return new($"ないルール(export-rules で書き出せます): {some}", $"missing (export-rules writes them): {some}");
    }

    public static LocalizedText Broken(PrometheusLoadedRule rule) => new($"評価エラー: {rule.Name} {rule.Error}", $"can't be evaluated: {rule.Name} {rule.Error}");

    public static LocalizedText MailTaken(string answer) => new(
        $"テストメール: メールサーバーが受け付けました({answer})。受信箱への到着までは確認していません",
        $"test mail: the mail server took it ({answer}); whether it reached the mailbox was not looked at");

    public static LocalizedText MailRefused(string reason) => new($"テストメール: 送れませんでした({reason})", $"test mail: not sent ({reason})");

    public static LocalizedText MailUnclear(string reason) => new($"テストメール: 届いたかどうかわかりません({reason})", $"test mail: nobody knows whether it arrived ({reason})");

    public static LocalizedText PostSeen(string channel, string ts) => new($"テスト投稿: チャンネル {channel} に届き、読み返せました(ts {ts})", $"test post: it arrived in {channel} and was read back (ts {ts})");

    public static LocalizedText PostNotSeen(string channel, string ts) => new($"テスト投稿: 投稿しましたが、チャンネル {channel} に見つかりません(ts {ts})", $"test post: posted, but not to be found in {channel} (ts {ts})");

    public static LocalizedText PostRefused(string code) => new($"テスト投稿: Slack が拒否しました({code})", $"test post: Slack refuses ({code})");

    public static LocalizedText Headline(TaskEnd end, bool isPartly) => end switch
    {
        TaskEnd.Ok when isPartly => new("確認できた範囲では正常です (未設定の項目があります)", "What could be looked at is well; some of it is not set up"),
        TaskEnd.Ok => new("監視と通知は正常です", "Monitoring and notifications are well"),
        TaskEnd.Warning => new("監視と通知に確認が必要な点があります", "Something about monitoring or notifications needs a look"),
        TaskEnd.NotAvailable => new("監視の確認の対象がありません", "There is nothing here that the monitoring check could look at"),
        _ => new("監視または通知に問題があります", "There is trouble with monitoring or notifications"),
    };
}

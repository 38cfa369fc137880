using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>What <c>/fops health</c> says.</summary>
internal static class HealthTexts
{
    public static readonly LocalizedText Summary = new("システムの状態を今すぐ確認します", "checks the system now");
    public static readonly LocalizedText Usage = new("[チェック名またはグループ]", "[check or group]");
    public static readonly LocalizedText DetailsButton = new("詳細を見る", "Details");
    public static readonly LocalizedText AgainButton = new("もう一度確認", "Check again");
    public static readonly LocalizedText Limits = new("基準", "Limits");
    public static readonly LocalizedText Name = new("ヘルスチェック", "Health check");

    public static readonly LocalizedText RunGone = new(
        "この結果は保存期間を過ぎたため残っていません。「もう一度確認」を押すか `/fops health` を実行してください。",
        "This result is no longer kept. Press \"Check again\" or run `/fops health`.");

    public static readonly LocalizedText NothingSetUp = new(
        "確認できる対象がまだ設定されていません。", "Nothing is set up to be checked yet.");

    public static LocalizedText NotSetUpYet(string selection) => new($"{selection} はまだ設定されていません", $"{selection} is not set up yet");

    public static LocalizedText OneAtATime => new(
        "一度に指定できるチェックまたはグループは 1 つです。", "Name one check or one group at a time.");

    public static LocalizedText Running(int checks) =>
        new($"{checks} 項目を確認しています…", checks == 1 ? "Running 1 check…" : $"Running {checks} checks…");

    public static LocalizedText UnknownCheck(string typed, string? nearest) => nearest is null
        ? new($"「`{typed}`」というチェックはありません。`/fops help health` で一覧を表示します。", $"There is no check `{typed}`. `/fops help health` lists them.")
        : new($"「`{typed}`」というチェックはありません。`/fops health {nearest}` ですか?", $"There is no check `{typed}`. Did you mean `/fops health {nearest}`?");

    /// <summary>"緊急 1・警告 1・正常 9", "1 critical, 1 warning, 9 OK"; when all is well, just that.</summary>
    public static LocalizedText Headline(HealthRun run)
    {
        if (run.Results.Count == 0) return run.Selection == CheckBook.All ? NothingSetUp : NotSetUpYet(run.Selection);
        var judged = run.Results.Where(r => !r.Measurement.IsNotJudged).ToList();
        var rest = run.Results.Count - judged.Count;
        var ok = judged.Count(r => r.Status == CheckStatus.Ok);
        if (ok == judged.Count && ok > 0)
        {
            return rest == 0
                ? new($"すべて正常 ({ok} 項目)", ok == 1 ? "All well (1 check)" : $"All well ({ok} checks)")
                : new($"すべて正常 ({ok} 項目、{CheckTexts.NotJudged.Ja} {rest})", $"All well ({ok} {(ok == 1 ? "check" : "checks")}, {rest} {CheckTexts.NotJudged.En})");
        }
        var counts = judged.GroupBy(r => r.Status).OrderByDescending(g => g.Key).ToList();
        var parts = counts.Select(g => new LocalizedText($"{g.Key.Name().Ja} {g.Count()}", $"{g.Count()} {(g.Key == CheckStatus.Ok ? "OK" : g.Key.Name().En.ToLowerInvariant())}")).ToList();
        if (rest > 0) parts.Add(new($"{CheckTexts.NotJudged.Ja} {rest}", $"{rest} {CheckTexts.NotJudged.En}"));
        return new(string.Join("・", parts.Select(p => p.Ja)), string.Join(", ", parts.Select(p => p.En)));
    }

    public static LocalizedText Footer(HealthRun run, string stamp)
    {
        var took = SpokenTime.Span(run.Took);
        var what = run.Selection == CheckBook.All ? "" : $" · {run.Selection}";
        return new($"ヘルスチェック{what} · {stamp} · 所要 {took.Ja}", $"Health check{what} · {stamp} · took {took.En}");
    }

    public static LocalizedText NotSetUp(IEnumerable<LocalizedText> titles, LocalizedText why)
    {
        var names = titles.ToList();
        return new($"未設定: {string.Join("、", names.Select(n => n.Ja))} — {why.Ja}", $"Not set up: {string.Join(", ", names.Select(n => n.En))} — {why.En}");
    }

    public static readonly LocalizedText KeepWaits = new("結果は保存待ちです", "The results wait to be stored");

    public static LocalizedText NotKept(string errorId) =>
        new($"結果を保存できませんでした (エラーID: {errorId})", $"The results could not be stored (error id: {errorId})");

    public static LocalizedText DetailsOf(string stamp) => new($"{stamp} の詳細", $"Details of {stamp}");

    public static LocalizedText LastGood(LocalizedText says, string stamp) =>
        new($"最後に正常だった値: {says.Ja} ({stamp})", $"Last good value: {says.En} ({stamp})");

    public static LocalizedText LastGoodNotRead(string errorId) =>
        new($"以前の正常な値は読み出せませんでした (エラーID: {errorId})", $"Earlier good values could not be read (error id: {errorId})");

    public static LocalizedText Took(TimeSpan took)
    {
        var span = SpokenTime.Span(took);
        return new($"計測 {span.Ja}", $"measured in {span.En}");
    }
}

using FestivalOps.Language;

namespace FestivalOps.Escalation.Drills;

/// <summary>What is said about drills. Nothing here is escaped yet.</summary>
internal static class DrillTexts
{
    public static readonly LocalizedText Summary = new("本物のエスカレーションを【訓練】と明示して実行し、通知が届くまでの時間を報告します", "runs the real ladder, marked as a drill, and reports who was reached in how long");
    public static readonly LocalizedText Usage = new("level1 | level2 | level3", "level1 | level2 | level3");
    public static readonly LocalizedText NeedsLevel = new("レベルを指定してください: `/fops drill level3`", "Which level? `/fops drill level3`");
    public static readonly LocalizedText Title = new("エスカレーション訓練", "Escalation drill");
    public static readonly LocalizedText NotPossible = new("この構成では訓練を始められません (インシデント機能がありません)。", "A drill can't be run here: there are no incidents.");
    public static readonly LocalizedText Nobody = new("誰も引き受けませんでした。", "Nobody took it.");
    public static readonly LocalizedText NobodyTold = new("誰にも通知していません。", "Nobody was told.");

    public static LocalizedText Begun(long id, int level, int minutes, string where) => new(
        $"【訓練】レベル {level} の訓練を #{id} として始めました。誰かが引き受けるか {minutes} 分たつと、結果を {where} の #{id} のスレッドに投稿します。",
        $"[DRILL] A drill of level {level} has begun as #{id}. When someone takes it, or after {minutes} minutes, the result appears in the thread of #{id} in {where}.");

    public static LocalizedText Result(long id) => new($"【訓練】#{id} の結果", $"[DRILL] Result of #{id}");

    public static LocalizedText Taken(string span) => new($"{span}で引き受け", $"took it after {span}");

    public static LocalizedText Reached(string way, string span) => new($"{way} {span}", $"{way} after {span}");

    public static LocalizedText NotReached => new("通知が届きませんでした", "was not reached");

    public static LocalizedText WaitsForMorning(string at) => new($"営業時間外のため {at} まで待つ規則です。", $"Outside business hours: its rule is to wait until {at}.");
}

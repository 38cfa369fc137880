using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>What is said of every check.</summary>
internal static class CheckTexts
{
    public static readonly LocalizedText Target = new("対象", "Asked");

    public static LocalizedText Name(this CheckStatus status) => status switch
    {
        CheckStatus.Ok => new("正常", "OK"),
        CheckStatus.Warning => new("警告", "Warning"),
        CheckStatus.Critical => new("緊急", "Critical"),
        CheckStatus.Unknown => new("不明", "Unknown"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This status has no name"),
    };

    /// <summary>A picture whose shape, not only its colour, tells the status.</summary>
    public static string Emoji(this CheckStatus status) => status switch
    {
        CheckStatus.Ok => ":white_check_mark:",
        CheckStatus.Warning => ":warning:",
        CheckStatus.Critical => ":rotating_light:",
        CheckStatus.Unknown => ":question:",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This status has no picture"),
    };

    /// <summary>What is said of a measurement that was not held against its limits, where others have their status.</summary>
    public static readonly LocalizedText NotJudged = new("判定なし", "not judged");

    /// <summary>The picture of a measurement: of its status, if it was judged.</summary>
    public static string Emoji(this Measurement measurement) => measurement.IsNotJudged ? ":heavy_minus_sign:" : measurement.Status.Emoji();

    /// <summary>How a measurement came out, in a word.</summary>
    public static LocalizedText Outcome(this Measurement measurement) => measurement.IsNotJudged ? NotJudged : measurement.Status.Name();

    public static LocalizedText Silent(TimeSpan after)
    {
        var seconds = after.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new($"{seconds} 秒以内に応答がありません", $"no answer within {seconds} s");
    }

    public static LocalizedText Broke(string errorId) =>
        new($"計測中にエラーが起きました (エラーID: {errorId})", $"measuring failed (error id: {errorId})");
}

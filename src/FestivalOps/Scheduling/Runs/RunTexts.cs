using FestivalOps.Language;

namespace FestivalOps.Scheduling.Runs;

/// <summary>What is said about runs.</summary>
internal static class RunTexts
{
    public static readonly LocalizedText Interrupted = new(
        "実行中にボットが停止したため、途中で終わりました。もう一度実行すると、残りを片付けて続けます",
        "The bot stopped while it ran, so it did not get to its end. Running it again cleans up and goes on");

    public static readonly LocalizedText StoppedByPerson = new("停止ボタンで停止しました", "Stopped with the Stop button");

    public static readonly LocalizedText StopButton = new("停止", "Stop");

    public static readonly LocalizedText Stopping = new("停止しています…", "Stopping…");

    public static readonly LocalizedText Starting = new("開始しました", "Started");

    public static readonly LocalizedText Dry = new("ドライラン", "dry run");

    public static readonly LocalizedText Plan = new("承認のための計画", "plan, for approval");

    public static readonly LocalizedText OverRange = new(
        "祝日データの範囲を過ぎています。営業日の計算に祝日が含まれていないので、ボットを更新してください",
        "Beyond the end of the list of public holidays: business days were counted without them. Please update the bot");

    public static LocalizedText Late(TimeSpan by)
    {
        var span = SpokenTime.Span(by);
        return new($"予定より {span.Ja}遅れて実行しました", $"It ran {span.En} later than planned");
    }

    /// <summary>How far a run was that did not get to its end, as its details; none when it had told nothing.</summary>
    public static IReadOnlyList<LocalizedText> WasAt(TaskProgress last) => last is { Steps: > 0, Text: { } text }
        ? [new($"最後の状態 ({last.Step}/{last.Steps} 完了): {text.Ja}", $"last seen ({last.Step} of {last.Steps} done): {text.En}")]
        : [];

    public static LocalizedText TimedOut(TimeSpan limit)
    {
        var span = SpokenTime.Span(limit);
        return new($"{span.Ja}以内に終わらなかったため中断しました", $"It did not end within {span.En} and was stopped");
    }

    public static LocalizedText Broke(string errorId) =>
        new($"エラーが起きて完了できませんでした (エラーID: {errorId})", $"Something broke and it was not completed (error id: {errorId})");

    /// <summary>Why a due moment was not run; the words of people's ids are added by whoever shows it.</summary>
    public static LocalizedText WhyNotRun(DueVerdict verdict, TimeSpan within)
    {
        var span = SpokenTime.Span(within);
        return verdict switch
        {
            DueVerdict.Paused => new("一時停止中のため実行しませんでした", "Not run: the task is paused"),
            DueVerdict.PausedBeforeIt => new(
                "実行を始める前に一時停止されたため実行しませんでした", "Not run: the task was paused before it could be begun"),
            DueVerdict.SkippedOnce => new("指定により今回は実行しませんでした", "Not run: it was to be left out this time"),
            DueVerdict.Replaced => new("後の予定の 1 回にまとめました", "Not run: the later run stands for it, too"),
            DueVerdict.TooLate => new(
                $"ボットが実行できない間に予定時刻を {span.Ja}以上過ぎたため、実行しませんでした",
                $"Not run: the bot could not run it in time, and more than {span.En} have passed"),
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "This moment is run"),
        };
    }

    /// <summary>Of more moments than are written one by one, what is said of the oldest.</summary>
    public static LocalizedText Earlier(int count, LocalizedText why) => new($"この回から {count} 回分をまとめて記録: {why.Ja}", $"{count} times from this one on, in one row: {why.En}");

    public static LocalizedText NotRun(string task, int count, string from, string to, LocalizedText why) => count == 1
        ? new($"{task} ({from}): {why.Ja}", $"{task} ({from}): {why.En}")
        : new($"{task} ({from} 〜 {to}、{count} 回): {why.Ja}", $"{task} ({from} to {to}, {count} times): {why.En}");

    /// <summary>The state in a word.</summary>
    public static LocalizedText Name(this RunState state) => state switch
    {
        RunState.Running => new("実行中", "running"),
        RunState.Ok => new("完了", "done"),
        RunState.Warning => new("要確認", "needs a look"),
        RunState.Failed => new("失敗", "failed"),
        RunState.NotAvailable => new("利用不可", "not available"),
        RunState.Stopped => new("停止", "stopped"),
        RunState.Skipped => new("見送り", "left out"),
        RunState.Missed => new("実行できず", "missed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no name"),
    };

    /// <summary>A picture whose shape tells the state.</summary>
    public static string Emoji(this RunState state) => state switch
    {
        RunState.Running => ":hourglass_flowing_sand:",
        RunState.Ok => ":white_check_mark:",
        RunState.Warning => ":warning:",
        RunState.Failed => ":x:",
        RunState.NotAvailable => ":grey_question:",
        RunState.Stopped => ":octagonal_sign:",
        RunState.Skipped => ":fast_forward:",
        RunState.Missed => ":no_entry:",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no picture"),
    };

    public static LocalizedText TimeLeft(TimeSpan left)
    {
        var span = SpokenTime.Span(left);
        return new($"残り約 {span.Ja}", $"about {span.En} left");
    }

    public static LocalizedText LongerThanUsual(TimeSpan usual)
    {
        var span = SpokenTime.Span(usual);
        return new($"いつもより長くかかっています (通常 {span.Ja})", $"longer than usual (which is {span.En})");
    }

    public static LocalizedText Took(TimeSpan took)
    {
        var span = SpokenTime.Span(took);
        return new($"所要 {span.Ja}", $"took {span.En}");
    }

    public static LocalizedText ByClock(string due) => new($"定期実行 {due}", $"scheduled for {due}");

    public static LocalizedText ByHand(string at) => new($"手動実行 {at}", $"started by hand {at}");

    public static LocalizedText MoreDetails(int count, OutputFileState file) => file switch
    {
        OutputFileState.Waiting or OutputFileState.There => new($"ほか {count} 行。全文はスレッドのファイルにあります", $"{count} more lines; all are in the file in the thread"),
        _ => new($"ほか {count} 行", $"{count} more lines"),
    };

    public static readonly LocalizedText FileThere = new("全出力はスレッドのファイルにあります", "the whole output is in the thread");

    public static LocalizedText FileRefused(string task, string error) => new(
        $"出力をファイルとしてアップロードできませんでした({error})。先頭部分は `/fops schedule history {task}` で確認できます",
        $"The output could not be uploaded as a file ({error}). `/fops schedule history {task}` shows its beginning");

    public static readonly LocalizedText ApprovedBy = new("承認", "approved by");
}

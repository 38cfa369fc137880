using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Scheduling.Commands;

/// <summary>What <c>/fops schedule</c> and <c>/fops run</c> say.</summary>
internal static class ScheduleTexts
{
    public static readonly LocalizedText RunSummary = new("定期タスクを今すぐ実行します", "runs a scheduled task now");

    public static readonly LocalizedText RunUsage = new("タスク名 [dry]", "TASK [dry]");

    public static readonly LocalizedText Summary = new("定期タスクの予定と実行履歴を表示・変更します", "shows and changes when tasks run, and their history");

    public static readonly LocalizedText Usage = new(
        "\npreview [月数]\nhistory [タスク名]\npause タスク名\nresume タスク名\nskip タスク名",
        "\npreview [months]\nhistory [task]\npause TASK\nresume TASK\nskip TASK");

    public static readonly LocalizedText Title = new("定期タスクの予定", "Scheduled tasks");

    public static readonly LocalizedText HistoryTitle = new("実行履歴", "Runs");

    public static readonly LocalizedText NoTasks = new("定期タスクはありません。", "There are no scheduled tasks.");

    public static readonly LocalizedText NoRuns = new("まだ実行されていません。", "Nothing has run yet.");

    public static readonly LocalizedText OnlyByHand = new("定期実行なし(手動のみ)", "only by hand");

    public static readonly LocalizedText OverAlready = new("この実行はすでに終わっています。", "This run has ended already.");

    public static readonly LocalizedText BadMonths = new("月数は 1〜24 の数字で指定してください。例: `/fops schedule preview 12`", "Say how many months, 1 to 24: `/fops schedule preview 12`.");

    public static LocalizedText KnownUntil(string day) => new(
        $"{day} より先は祝日データがないため、営業日は変わることがあります", $"Public holidays are known until {day}; business days after it may change");

    public static LocalizedText UnknownWord(string typed, string? nearest) => nearest is null
        ? new($"「`{typed}`」はわかりません。`/fops help schedule` で使い方を表示します。", $"I don't know `{typed}`. See `/fops help schedule`.")
        : new($"「`{typed}`」はわかりません。`/fops schedule {nearest}` ですか?", $"I don't know `{typed}`. Did you mean `/fops schedule {nearest}`?");

    public static LocalizedText UnknownTask(string command, string typed, string? nearest) => nearest is null
        ? new($"「`{typed}`」というタスクはありません。`/fops schedule` で一覧を表示します。", $"There is no task `{typed}`. `/fops schedule` lists them.")
        : new($"「`{typed}`」というタスクはありません。`/fops {command} {nearest}` ですか?", $"There is no task `{typed}`. Did you mean `/fops {command} {nearest}`?");

    public static LocalizedText WhichTask(TaskBook book)
    {
        var names = book.Tasks.Select(t => $"`{t.Name}`").ToList();
        return new($"タスク名を指定してください: {string.Join("、", names)}", $"Name a task: {string.Join(", ", names)}");
    }

    /// <summary>A line for each task: name and what it does.</summary>
    public static LocalizedText? Tasks(TaskBook book) => book.Tasks.Count == 0 ? null : new(
        string.Join('\n', book.Tasks.Select(t => $"`{t.Name}` {t.Task.Summary.Ja}")),
        string.Join('\n', book.Tasks.Select(t => $"`{t.Name}` {t.Task.Summary.En}")));

    public static LocalizedText OnlyDry(string typed) => new(
        $"「`{typed}`」はわかりません。タスク名の後に指定できるのは `dry`(変更せずに内容だけ表示)だけです。",
        $"I don't know `{typed}`. After the task's name only `dry` may follow (show what would be done, change nothing).");

    public static LocalizedText Started(string task, bool isDry) => isDry
        ? new($"{task} をドライランで開始しました。", $"{task} has started as a dry run.")
        : new($"{task} を開始しました。", $"{task} has started.");

    public static LocalizedText StartedHarmless(string task) => new(
        $"{task} は何も変更しないため、ドライランではなく通常どおり開始しました。", $"{task} changes nothing, so there is no dry run of it: it has simply started.");

    public static LocalizedText RunsAlready(string task, string since) => new(
        $"{task} は {since} から実行中です。終わってからもう一度実行してください。", $"{task} has been running since {since}. Please try again when it has ended.");

    public static readonly LocalizedText PostedIn = new("経過:", "Its post:");

    public static LocalizedText By => new("実行者", "started by");

    public static LocalizedText TheClock => new("定期実行", "the schedule");

    public static LocalizedText Stopping(string task) => new($"{task} を停止しています。", $"{task} is being stopped.");

    public static LocalizedText Paused(string task) => new(
        $"{task} の定期実行を一時停止しました。`/fops schedule resume {task}` で再開します。", $"{task} is paused. `/fops schedule resume {task}` lets it run again.");

    public static LocalizedText PausedAlready(string task) => new($"{task} はすでに一時停止中です。", $"{task} is paused already.");

    public static LocalizedText Resumed(string task) => new($"{task} の定期実行を再開しました。", $"{task} runs by the clock again.");

    public static LocalizedText ResumedButSkipped(string task, string due) => new(
        $"{task} の定期実行を再開しました。ただし {due} の回は見送りのままです。もう一度 `/fops schedule resume {task}` を実行すると取り消せます。",
        $"{task} runs by the clock again, but is still to be left out at {due}. `/fops schedule resume {task}` once more takes that back.");

    public static LocalizedText NothingMore(string typed) => new(
        $"「`{typed}`」は指定できません。タスク名の後には何も付けられません(一時停止は再開するまで、見送りは次の 1 回だけ有効です)。",
        $"`{typed}` can't be used: nothing may follow the task's name. A pause lasts until it is resumed, and only the next run is left out.");

    public static LocalizedText HasNoSchedule(string task) => new(
        $"{task} は手動でだけ実行するタスクで、定期実行はありません。", $"{task} runs only by hand: it has no schedule.");

    public static LocalizedText NotPaused(string task) => new($"{task} は一時停止も見送りもしていません。", $"{task} is neither paused nor to be left out.");

    public static LocalizedText NotSkipped(string task, string due) => new($"見送りを取り消しました。{task} は {due} に実行します。", $"{task} runs at {due} after all.");

    public static LocalizedText Skipped(string task, string due, string? next) => next is null
        ? new($"{task} の {due} の実行を見送ります。`/fops schedule resume {task}` で取り消せます。", $"{task} will be left out at {due}. `/fops schedule resume {task}` takes that back.")
        : new(
            $"{task} の {due} の実行を見送ります。その次は {next} です。`/fops schedule resume {task}` で取り消せます。",
            $"{task} will be left out at {due}; the next run after it is {next}. `/fops schedule resume {task}` takes that back.");

    public static LocalizedText NothingToSkip(string task) => new(
        $"{task} の次の予定はないか、すでに見送りになっています。", $"{task} has no next run, or it is left out already.");

    public static LocalizedText IsPaused(string since) => new($"一時停止中({since} から)", $"paused (since {since})");

    public static LocalizedText IsSkipped => new("次回は見送り", "left out next time");

    public static LocalizedText IsLeftOut => new("見送り", "left out");

    public static LocalizedText Next(string at) => new($"次回 {at}", $"next {at}");

    public static LocalizedText Never => new(
        $"今後 {TaskSchedule.LookAhead} 日に該当する日がないため、定期実行されません", $"no such day in the next {TaskSchedule.LookAhead} days: it does not run by the clock");

    public static LocalizedText Running => new("実行中", "running now");

    public static LocalizedText EveryTime(string task, LocalizedText schedule, int count) => new(
        $"`{task}` {schedule.Ja}({count} 回)", $"`{task}` {schedule.En} ({count} times)");

    /// <summary>A schedule in words.</summary>
    public static LocalizedText Words(TaskSchedule schedule)
    {
        var at = schedule.At.ToString("HH:mm", CultureInfo.InvariantCulture);
        LocalizedText day = schedule.Rule switch
        {
            DayRule.Daily => new("毎日", "every day"),
            DayRule.Weekly weekly => new($"毎週{Day(weekly.Day).Ja}", $"every {Day(weekly.Day).En}"),
            DayRule.First first => new($"毎月第1{Day(first.Day).Ja}", $"first {Day(first.Day).En} of the month"),
            DayRule.BusinessDay nth => new($"毎月第{nth.Nth}営業日", $"business day {nth.Nth} of the month"),
            DayRule.QuarterBusinessDay nth => new($"四半期の第{nth.Nth}営業日", $"business day {nth.Nth} of the quarter"),
            DayRule.BeforeHolidays stretch => new($"{stretch.Days} 日以上の連休の前営業日", $"the last business day before {stretch.Days} or more days off"),
            _ => LocalizedText.Same(schedule.Rule.Words),
        };
        return schedule.Holiday switch
        {
            OnHoliday.Before => new($"{day.Ja} {at}(休業日は前営業日)", $"{day.En} {at} (on a day off: the business day before)"),
            OnHoliday.After => new($"{day.Ja} {at}(休業日は翌営業日)", $"{day.En} {at} (on a day off: the business day after)"),
            OnHoliday.Skip => new($"{day.Ja} {at}(休業日を除く)", $"{day.En} {at} (not on days off)"),
            _ => new($"{day.Ja} {at}", $"{day.En} {at}"),
        };
    }

    /// <summary>A day of the week.</summary>
    public static LocalizedText Day(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => new("月曜日", "Monday"),
        DayOfWeek.Tuesday => new("火曜日", "Tuesday"),
        DayOfWeek.Wednesday => new("水曜日", "Wednesday"),
        DayOfWeek.Thursday => new("木曜日", "Thursday"),
        DayOfWeek.Friday => new("金曜日", "Friday"),
        DayOfWeek.Saturday => new("土曜日", "Saturday"),
        _ => new("日曜日", "Sunday"),
    };
}

using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Post;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Tasks;

/// <summary>What the scheduled reports have in common: the last period that is over, posted in the channel for reports and mailed.</summary>
internal abstract class ReportTask(
    ReportKind kind, ReportMaker maker, ReportDesk desk, BusinessCalendar calendar, IOptions<ChannelsOptions> channels, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages) : IScheduledTask
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract LocalizedText Summary { get; }

    /// <inheritdoc/>
    public abstract TaskSchedule DefaultSchedule { get; }

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(12);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(20);

    /// <summary>The card is what people need.</summary>
    public bool IsQuiet => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var place = channels.Value.ForReports;
        if (place.Length == 0 && options.Value.MailTo.Count == 0) return TaskOutcome.NotAvailable(ReportTaskTexts.NoPlace);
        var period = PeriodReading.Newest(kind, calendar.Day(run.Due));
        var report = await maker.MakeAsync(period, progress => run.Report(progress.Step, progress.Steps, ReportTaskTexts.Asking(progress.Part)), ct);
        (_, report) = await desk.PutUpAsync(report, place, askedBy: "", languages.Value.Channels, ct);
        foreach (var figure in report.Whole)
        {
            var value = ReportLines.Value(report, figure);
            run.WriteLine(new LocalizedText($"{figure.Kind.Name}: {value.Ja}", $"{figure.Kind.Name}: {value.En}"));
        }
        foreach (var remark in report.Remarks) run.WriteLine(remark);
        var (title, missing) = (ReportTexts.Title(period), report.Missing.Count());
        return TaskOutcome.Ok(ReportTaskTexts.Made(title, missing), [.. report.Remarks]);
    }
}

/// <summary>日次レポート: after the morning check (9:00), whose audit and checks it tells of.</summary>
internal sealed class DailyReportTask(
    ReportMaker maker, ReportDesk desk, BusinessCalendar calendar, IOptions<ChannelsOptions> channels, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages)
    : ReportTask(ReportKind.Daily, maker, desk, calendar, channels, options, languages)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "report-daily";

    /// <inheritdoc/>
    public override string Name => TaskName;

    /// <inheritdoc/>
    public override LocalizedText Summary => ReportTaskTexts.Daily;

    /// <inheritdoc/>
    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(9, 15));
}

/// <summary>週次レポート: on Monday, of the week that ended the day before.</summary>
internal sealed class WeeklyReportTask(
    ReportMaker maker, ReportDesk desk, BusinessCalendar calendar, IOptions<ChannelsOptions> channels, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages)
    : ReportTask(ReportKind.Weekly, maker, desk, calendar, channels, options, languages)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "report-weekly";

    /// <inheritdoc/>
    public override string Name => TaskName;

    /// <inheritdoc/>
    public override LocalizedText Summary => ReportTaskTexts.Weekly;

    /// <inheritdoc/>
    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Monday, new(9, 20));
}

/// <summary>月次レポート: 第4営業日, as the guideline has it.</summary>
internal sealed class MonthlyReportTask(
    ReportMaker maker, ReportDesk desk, BusinessCalendar calendar, IOptions<ChannelsOptions> channels, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages)
    : ReportTask(ReportKind.Monthly, maker, desk, calendar, channels, options, languages)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "report-monthly";

    /// <inheritdoc/>
    public override string Name => TaskName;

    /// <inheritdoc/>
    public override LocalizedText Summary => ReportTaskTexts.Monthly;

    /// <inheritdoc/>
    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(4, new(9, 30));
}

/// <summary>What the scheduled reports say.</summary>
internal static class ReportTaskTexts
{
    public static readonly LocalizedText Daily = new("日次レポート(前日の数値)", "daily report: the figures of the day before");

    public static readonly LocalizedText Weekly = new("週次レポート(前週の数値)", "weekly report: the figures of the week before");

    public static readonly LocalizedText Monthly = new("月次レポート(前月の数値)", "monthly report: the figures of the month before");

    public static readonly LocalizedText NoPlace = new(
        "利用できません: 投稿先がありません。設定 Channels:Reports か Reports:MailTo を指定してください", "not available: there is nowhere to send it; set Channels:Reports or Reports:MailTo");

    public static LocalizedText Asking(LocalizedText part) => new($"{part.Ja}を集計しています", $"Asking for {part.En}");

    public static LocalizedText Made(LocalizedText title, int missing) => missing == 0
        ? new($"{title.Ja}を投稿しました", $"{title.En} was posted")
        : new($"{title.Ja}を投稿しました ({ReportTexts.MissingCount(missing).Ja})", $"{title.En} was posted ({ReportTexts.MissingCount(missing).En})");
}

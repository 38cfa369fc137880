using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Reports.Business;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Post;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Reports.Commands;

/// <summary><c>/fops report</c>: the report of a period, or two months side by side.</summary>
internal sealed class ReportCommand(ReportMaker maker, ReportDesk desk, DataBeginning beginning, BusinessCalendar calendar) : ICommand
{
    /// <summary>Who may read reports: revenue is not for everyone.</summary>
    public static readonly IReadOnlyCollection<Role> Readers = [Role.Operations, Role.TechnicalLead, Role.Security, Role.Management];

    private static readonly string[] Words = ["daily", "weekly", "monthly", "compare"];

    /// <inheritdoc/>
    public string Name => "report";

    /// <inheritdoc/>
    public LocalizedText Summary => ReportCommandTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => ReportCommandTexts.Usage;

    /// <inheritdoc/>
    public LocalizedText? Details => ReportCommandTexts.Details;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Readers;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Name(0) == "compare") return await CompareAsync(context, ct);
        if (ReportKinds.Read(context.Name(0)) is { } kind) return await ReportAsync(kind, context, ct);
        return Reply.Refused(
            context.Name(0).Length == 0 ? ReportCommandTexts.WhichReport : ReportCommandTexts.Unknown(CommandTexts.Typed(context.Arguments[0]), Nearest.To(context.Name(0), Words)), context.Language);
    }

    private async Task<Reply> ReportAsync(ReportKind kind, CommandContext context, CancellationToken ct)
    {
        var read = PeriodReading.Read(kind, string.Join(' ', context.Arguments.Skip(1)), calendar.Day(context.AskedAt));
        if (read.Period is not { } period) return Reply.Refused(read.Problem!, context.Language);
        if (await TooEarlyAsync(period, ct) is { } why) return Reply.Refused(why, context.Language);
        context.ShowProgress(Notice.Of(":hourglass_flowing_sand:", ReportCommandTexts.Making(period).In(context.ChannelLanguage)), ct);
        return await PutUpAsync(await maker.MakeAsync(period, tell: null, ct), context, ct);
    }

    private async Task<Reply> PutUpAsync(Report made, CommandContext context, CancellationToken ct)
    {
        var place = context.ChannelId.Length > 0 ? context.ChannelId : context.Person.UserId;
        var (id, report) = await desk.PutUpAsync(made, place, context.Person.UserId, context.ChannelLanguage, ct);
        // It takes the place of the progress, which everyone saw.
        if (await desk.WhyNotPostedAsync(id, ct) is { } why)
        {
            var lost = ReportTexts.NotPosted(ReportTexts.Title(report), why);
            return Reply.InChannel(Notice.Of(":no_entry_sign:", lost.In(context.ChannelLanguage))) with { Detail = lost.En };
        }
        var said = ReportCommandTexts.Made(report);
        return Reply.InChannel(Notice.Of(":bar_chart:", said.In(context.ChannelLanguage))) with { Detail = said.En };
    }

    private async Task<Reply> CompareAsync(CommandContext context, CancellationToken ct)
    {
        var (first, second, problem) = Two(context.Arguments.Skip(1).ToList(), calendar.Day(context.AskedAt));
        if (problem is not null) return Reply.Refused(problem, context.Language);
        if (first == second) return Reply.Refused(ReportCommandTexts.TheSame(first!), context.Language);
        foreach (var month in new[] { first!, second! })
        {
            if (await TooEarlyAsync(month, ct) is { } why) return Reply.Refused(why, context.Language);
        }
        context.ShowProgress(Notice.Of(":hourglass_flowing_sand:", ReportCommandTexts.Comparing(first!, second!).In(context.ChannelLanguage)), ct);
        var report = await maker.MakeAsync(second!, first!, yearBefore: null, tell: null, ct);
        return await PutUpAsync(report with { IsComparison = true }, context, ct);
    }

    private async Task<LocalizedText?> TooEarlyAsync(Period period, CancellationToken ct) =>
        await beginning.FirstDayAsync(ct) is { } first && period.Last < first ? PeriodTexts.BeforeData(period, first) : null;

    // Each month may be two words ("last month"): the first split with which both can be read.
    private static (Period? First, Period? Second, LocalizedText? Problem) Two(List<string> words, DateOnly today)
    {
        if (words.Count < 2) return (null, null, ReportCommandTexts.WhichMonths);
        LocalizedText? problem = null;
        for (var split = 1; split < words.Count; split++)
        {
            var (first, second) = (PeriodReading.Read(ReportKind.Monthly, string.Join(' ', words.Take(split)), today), PeriodReading.Read(ReportKind.Monthly, string.Join(' ', words.Skip(split)), today));
            if (first.Period is not null && second.Period is not null) return (first.Period, second.Period, null);
            problem ??= first.Problem ?? second.Problem;
        }
        return (null, null, problem);
    }
}

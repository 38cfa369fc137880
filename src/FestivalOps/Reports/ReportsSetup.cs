using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Reports.Business;
using FestivalOps.Reports.Commands;
using FestivalOps.Reports.Files;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Operations;
using FestivalOps.Reports.Pictures;
using FestivalOps.Reports.Post;
using FestivalOps.Reports.Security;
using FestivalOps.Reports.Tasks;
using FestivalOps.Reports.Upkeep;
using FestivalOps.Scheduling;
using FestivalOps.Settings;

namespace FestivalOps.Reports;

/// <summary>Registers daily, weekly and monthly reports.</summary>
internal static class ReportsSetup
{
    /// <summary>Adds the parts in the order of the report, the command and the tasks.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSettings<ReportsOptions>("Reports").Validate<IConfiguration>(
            (reports, settings) => reports.MailTo.Count == 0 || !string.IsNullOrEmpty(settings["Mail:Host"]), "MailTo needs a mail server: set Mail:Host and Mail:From.");
        services.AddReportPart<BusinessPart>();
        services.AddReportPart<MeasuredPart>();
        services.AddReportPart<VisitorsPart>();
        services.AddReportPart<IncidentPart>();
        services.AddSingleton<DatabaseState>();
        services.AddReportPart<CapacityPart>();
        services.AddReportPart<SecurityPart>();
        services.AddReportPart<UpkeepPart>();

        services.AddSingleton<DataBeginning>();
        services.AddSingleton<ReportStore>();
        services.AddSingleton<ReportMaker>();
        services.AddSingleton<PictureFont>().AddSingleton<Painter>().AddSingleton<ReportFiles>();
        services.AddSingleton<ReportDesk>();
        services.AddPostKind<ReportCardPost>();
        services.AddPostKind<ReportChapterPost>();
        services.AddPostKind<ReportFilePost>();
        services.AddPostKind<ReportRefusedPost>();
        services.AddPostKind<ReportLostPost>();
        services.AddPostKind<ReportMailPost>();
        services.AddButton<SourcesAction>();
        services.AddCommand<ReportCommand>();
        services.AddTask<DailyReportTask>(DailyReportTask.TaskName);
        services.AddTask<WeeklyReportTask>(WeeklyReportTask.TaskName);
        services.AddTask<MonthlyReportTask>(MonthlyReportTask.TaskName);
        return services;
    }

    private static void AddReportPart<T>(this IServiceCollection services) where T : class, IReportPart => services.AddSingleton<IReportPart, T>();
}

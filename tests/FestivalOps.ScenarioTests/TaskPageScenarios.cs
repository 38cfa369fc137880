using FestivalOps.Commands.Roles;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.DatabaseMaintenance;
using FestivalOps.Maintenance.SystemUpdates;
using FestivalOps.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FestivalOps.ScenarioTests;

/// <summary>The request for an approval and the post of a run in a real browser, as a desktop and a phone show them.</summary>
public sealed class TaskPageScenarios(World world)
{
    [Theory]
    [InlineData("Ja")]
    [InlineData("En")]
    public async Task A_request_and_a_run_fit_a_desktop_and_a_phone(string language)
    {
        Assert.SkipUnless(File.Exists(PageScenarios.Chromium), "Chromium is not installed: sudo apt-get install -y chromium");
        var runs = new TaskCompletionSource();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Channels:Reports"] = Seed.Ops, ["Language:Channels"] = language },
            // The tasks of these names, with a morning's worth of work that no test has to wait for.
            Replace = services =>
            {
                foreach (var own in services.Where(s => s.ImplementationType == typeof(SystemUpdatesTask) || s.ImplementationType == typeof(DatabaseMaintenanceTask)).ToList()) services.Remove(own);
                services.AddSingleton<IScheduledTask>(new Updates()).AddSingleton<IScheduledTask>(new Maintenance(runs.Task));
            },
        });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = PageScenarios.Chromium, Args = PageScenarios.Arguments });
        var (ja, suffix) = (language == "Ja", language == "Ja" ? "" : "-en");

        await stage.Sato.Types("/fops run system-updates", @in: Seed.Ops);
        await stage.Emily.Sees(ja ? "*system-updates の実行には承認が必要です*" : "*system-updates needs an approval to run*");
        await PicturesAsync(stage, browser, ja ? "承認して実行" : "Approve and run", $"approval{{0}}{suffix}.png");

        await stage.Sato.Types("/fops run database-maintenance", @in: Seed.Ops);
        await stage.Emily.Sees("*database-maintenance*", "██████░░░░ 4/6");
        await PicturesAsync(stage, browser, ja ? "停止" : "Stop", $"run{{0}}{suffix}.png");
        runs.SetResult();
        await stage.Emily.Sees("*database-maintenance*", ja ? "所要" : "took");
        await PicturesAsync(stage, browser, null, $"run-ended{{0}}{suffix}.png");
    }

    private static Task PicturesAsync(Stage stage, IBrowser browser, string? button, string name) => PageScenarios.PicturesAsync(
        stage, browser, Seed.Suzuki,
        page =>
        {
            var posts = page.Locator("[data-testid=message][data-ephemeral=false]");
            return button is null ? posts.Last : posts.Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = button }) }).Last;
        },
        name);

    private sealed class Updates : IScheduledTask
    {
        private static readonly ApplicationPlace Place = new("/var/www/festival-planner");

        private static readonly PackageUpdate[] Packages =
            [new("libssl3", "3.0.17-1~deb12u2", "3.0.17-1~deb12u3", true), new("nginx", "1.22.1-9", "1.22.1-9+deb12u3", true), new("openssl", "3.0.17-1~deb12u2", "3.0.17-1~deb12u3", true), new("tzdata", "2025a-0", "2025b-0", false)];

        public string Name => SystemUpdatesTask.TaskName;

        public LocalizedText Summary => UpdateTexts.Summary;

        public TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(1, new(10, 0));

        public bool Changes => true;

        public bool IsDangerous => true;

        public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

        public Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct) => Task.FromResult<TaskPlan?>(new(
            "web1",
            [
                .. new[] { (UpdateTexts.Finishing, HostCommands.ConfigurePackages), (UpdateTexts.Lists, HostCommands.UpdatePackageLists), (UpdateTexts.Upgrade, HostCommands.UpgradePackages), (UpdateTexts.Gems, HostCommands.BundleUpdate(Place)), (UpdateTexts.Npm, HostCommands.NpmAuditFix(Place, dryRun: false)) }
                    .Select(s => new PlannedStep(s.Item1, s.Item2.ToString())),
            ],
            [UpdateTexts.Packages(Packages), .. Packages.Select(UpdateTexts.Package), UpdateTexts.GemsUpToDate, UpdateTexts.NpmWould(2)], []));

        public Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct) => throw new InvalidOperationException("Nobody approved it.");
    }

    private sealed class Maintenance(Task ends) : IScheduledTask
    {
        private static readonly OldRowRule Rule = new("notifications", "created_at", TimeSpan.FromDays(90));

        public string Name => DatabaseMaintenanceTask.TaskName;

        public LocalizedText Summary => MaintenanceTexts.Summary;

        public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Sunday, new(2, 0));

        public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
        {
            run.Report(5, 6, MaintenanceTexts.Deleting(Rule, 12_000, 48_310));
            await ends.WaitAsync(ct);
            run.WriteLine("ANALYZE public.notifications");
            var gone = new DeletedRows(48_309, 1, "pins.fk_notification");
            return FestivalOps.Maintenance.TaskParts.Outcome(
                [
                    FestivalOps.Maintenance.TaskPart.Ok(MaintenanceTexts.Cleaned([])),
                    FestivalOps.Maintenance.TaskPart.Ok(FestivalOps.Maintenance.PlatformDatabase.TableTexts.Analysed(38, 38)),
                    FestivalOps.Maintenance.TaskPart.Ok(MaintenanceTexts.Reindexed(12, 12, 184_549_376)),
                    FestivalOps.Maintenance.TaskPart.Warning(MaintenanceTexts.Deleted(Rule, gone, 48_310), MaintenanceTexts.Refused(gone)),
                    FestivalOps.Maintenance.TaskPart.NotAvailable(MaintenanceTexts.NoTable("sessions")),
                ],
                run, MaintenanceTexts.Headline(TaskEnd.Warning));
        }
    }
}

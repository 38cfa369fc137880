using System.Diagnostics;
using System.Globalization;
using FestivalOps.Benchmarks.Comparison;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Language;
using FestivalOps.Reports.Business;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Benchmarks.Reports;

/// <summary>
/// The monthly report over a PostgreSQL with very many payments: how long and how much memory, beside psql, which asks the same questions and
/// throws the answers away.
/// </summary>
internal static class ReportFigure
{
    private const int Rounds = 5;

    private static readonly DateTimeOffset Now = new(2026, 11, 5, 0, 30, 0, TimeSpan.Zero);

    /// <summary>Measures; with <c>--short</c> 200,000 payments instead of ten million.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["--short"])) return Comparing.Usage();
        if (!PostgresServer.IsAvailable(out var reason))
        {
            await Console.Error.WriteLineAsync(reason);
            return 69; // EX_UNAVAILABLE of sysexits.h
        }
        var payments = args.Length == 0 ? 10_000_000 : 200_000;
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"report-{Guid.NewGuid():N}")).FullName;
        try
        {
            await using var server = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
            var database = await server.CreateDatabaseAsync("reports");
            var begin = Stopwatch.GetTimestamp();
            await ManyPayments.FillAsync(database, payments, Now);
            Say($"{payments:#,##0} payments over 24 months, {ManyPayments.Users:#,##0} users, {ManyPayments.Festivals:#,##0} festivals; made in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s. {Environment.ProcessorCount} cores.");
            await MeasureAsync(database, folder, "seqscan", "as the platform has it, without an index on payments.created_at");
            await ManyPayments.DoAsync(database, "CREATE INDEX index_payments_on_created_at ON payments (created_at); VACUUM ANALYZE payments");
            await MeasureAsync(database, folder, "index", "with the index that the report asks for");
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string database, string folder, string name, string what)
    {
        var file = Path.Combine(folder, $"{name}.db");
        await using var bot = BotHost.Build(Settings(database, file), services => services.AddSingleton<TimeProvider>(new HeldClock(Now)), TextWriter.Null);
        await using (var store = bot.Services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext()) await store.Database.MigrateAsync();
        bot.Services.GetRequiredService<StoreState>().SetReady();
        var month = PeriodReading.Newest(ReportKind.Monthly, new(2026, 11, 5));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var script = Path.Combine(folder, "questions.sql");
        await File.WriteAllTextAsync(script, SameQuestions.Of([month.In(zone), month.Before.In(zone), month.YearBefore!.In(zone)]));

        var (questions, psql, whole) = (new List<double>(), new List<double>(), new List<double>());
        double before = 0, after = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            var asked = await TimeAsync(() => PartAsync(bot.Services, month, zone));
            var limit = await TimeAsync(() => SameQuestions.RunAsync(database, script));
            before = Resident();
            var report = await TimeAsync(() => WholeAsync(bot.Services, month));
            after = Resident();
            // The first round fills the caches of everyone.
            if (round == 0) continue;
            questions.Add(asked);
            psql.Add(limit);
            whole.Add(report);
        }
        Say($"{what}: questions {Median(questions):F0} ms ({questions.Min():F0}–{questions.Max():F0}), psql {Median(psql):F0} ms ({psql.Min():F0}–{psql.Max():F0}); the whole report with pictures and files {Median(whole):F0} ms ({whole.Min():F0}–{whole.Max():F0}), memory {before:F0} → {after:F0} MB");
        Say($"report_{name}_ms={Median(whole):F0} report_{name}_questions_ms={Median(questions):F0} report_{name}_psql_ms={Median(psql):F0} report_{name}_ratio={Median(questions) / Median(psql):F2} report_{name}_ratio_least={questions.Min() / psql.Min():F2} report_{name}_memory_mb={after:F0}");
    }

    // What psql does, too: connect, ask, read.
    private static Task PartAsync(IServiceProvider services, Period month, TimeZoneInfo zone) =>
        services.GetServices<IReportPart>().OfType<BusinessPart>().Single().AskAsync([month.In(zone), month.Before.In(zone), month.YearBefore!.In(zone)], CancellationToken.None);

    // As after the end of a month: nothing is kept yet.
    private static async Task WholeAsync(IServiceProvider services, Period month)
    {
        await using (var db = services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext()) await db.Set<ReportPartRecord>().ExecuteDeleteAsync();
        var report = await services.GetRequiredService<ReportMaker>().MakeAsync(month, tell: null, CancellationToken.None);
        if (report.Figures.All(f => f.Kind.Name != "payments" || f.Value is null)) throw new InvalidOperationException("The report has no payments.");
        await services.GetRequiredService<ReportDesk>().PutUpAsync(report, "C0000000001", "", SpokenLanguage.Ja, CancellationToken.None);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var begin = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1024.0 / 1024;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static IConfiguration Settings(string database, string file) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Slack:Transport"] = "Http",
        ["Slack:BotToken"] = "xoxb-benchmark",
        ["Slack:SigningSecret"] = "benchmark",
        ["Http:Address"] = "http://127.0.0.1:0",
        ["Storage:SqliteFile"] = file,
        ["Platform:Database"] = database,
        ["Reports:StatementSeconds"] = "120",
    }).Build();

    private sealed class HeldClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

using FestivalOps.Alerting.Silences;
using FestivalOps.Checks;
using FestivalOps.Escalation;
using FestivalOps.Maintenance;
using FestivalOps.Maintenance.Readiness;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>The post before days off, line by line. The days: Friday, November 20, 2026, 15:00, before Saturday to Labour Thanksgiving Day on Monday.</summary>
public sealed class ReadinessTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Leaving = "2026-11-20 15:00";

    [Theory]
    [InlineData("2026-11-20 15:00", "2026-11-21", "2026-11-23", "2026-11-24 09:00")]
    [InlineData("2026-11-16 10:00", "2026-11-21", "2026-11-23", "2026-11-24 09:00")] // by hand, days ahead
    [InlineData("2026-11-27 15:00", "2026-11-28", "2026-11-29", "2026-11-30 09:00")] // by hand before a weekend: that one
    [InlineData("2026-12-28 15:00", "2026-12-29", "2027-01-03", "2027-01-04 09:00")]
    [InlineData("2026-05-01 15:00", "2026-05-02", "2026-05-06", "2026-05-07 09:00")]
    public void The_stretch_is_the_days_off_that_come(string now, string first, string last, string back)
    {
        var calendar = new BusinessCalendar(HolidayList.Japan, new() { DaysOff = ["12-29..01-03"] }, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        var stretch = Stretch.Next(ClockStage.At(now), 3, calendar)!;
        (stretch.First, stretch.Last).ShouldBe((Day(first), Day(last)));
        stretch.Until.ShouldBe(ClockStage.At(back));
    }

    [Fact]
    public async Task Everything_quiet_is_said_in_one_sentence_and_with_what_could_not_be_looked_at()
    {
        await using var stage = await StageAsync(Engine.Sqlite, ("Schedule:Backups:At", "Monday 10:00"));
        await stage.RanAsync("backups", "2026-11-16 10:00", RunState.Ok, new("正常", "fine"));
        var (outcome, run) = await stage.RunsAsync<ReadinessTask>();
        outcome.End.ShouldBe(TaskEnd.Ok);
        outcome.Sentence.Ja.ShouldBe("11月21日(土) から 3 日間の休み(11月24日(火) 09:00 まで)。対応が必要なものはありません、確認できないもの 2 件");
        outcome.Sentence.En.ShouldBe("3 days off from Sat Nov 21 (back Tue Nov 24 09:00): nothing needs action; 2 could not be looked at");
        Lines(outcome).ShouldContain("? disk: not available (there are no recent figures)");
        Lines(outcome).ShouldContain("○ incidents: none is open");
        Lines(outcome).ShouldContain("○ on call: no gap in these days");
        Lines(outcome).ShouldContain("○ backups: fine at Mon Nov 16 10:00");
        Lines(outcome).ShouldContain("○ backups: the next look is in these days, Mon Nov 23 10:00");
        run.Output().ShouldContain("NotAvailable: disk");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_disk_that_fills_up_inside_the_stretch_is_told_with_the_day(Engine engine)
    {
        await using var stage = await StageAsync(engine);
        // 80 % now and 5 points more a day: 90 % in two days, on Sunday.
        await FiguresAsync(stage, days: 5, hour => 80 - hour * 5 / 24.0);
        var (outcome, _) = await stage.RunsAsync<ReadinessTask>();
        outcome.End.ShouldBe(TaskEnd.Warning);
        Lines(outcome)[0].ShouldMatch(@"^△ disk: 80(\.\d)? %, growing by 5\.0 points a day; 90 % in about (1\.9|2\.0) days$");
    }

    [Theory]
    [InlineData(60, 1.0, "○ disk: 60 %, growing by 1.0 points a day; 90 % in about 30.0 days")]
    [InlineData(60, 0.0, "○ disk: 60 % and not growing")]
    [InlineData(60, -2.0, "○ disk: 60 % and not growing")]
    [InlineData(92, 0.5, "△ disk: 92 % already, 90 % or more")]
    public async Task A_disk_that_lasts_is_told_too(double now, double perDay, string line)
    {
        await using var stage = await StageAsync(Engine.Sqlite);
        await FiguresAsync(stage, days: 5, hour => now - hour * perDay / 24);
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain(line);
    }

    [Fact]
    public async Task Too_few_or_old_figures_are_no_forecast()
    {
        await using var stage = await StageAsync(Engine.Sqlite);
        await FiguresAsync(stage, days: 1, hour => 50);
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain("? disk: not available (50 % now; too few figures for a forecast (24 h of them))");
        stage.GoTo("2026-11-22 09:00");
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain(l => l.StartsWith("? disk: not available (the newest figure is 1 day", StringComparison.Ordinal));
        stage.GoTo("2026-12-28 15:00");
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain("? disk: not available (there are no recent figures)");
    }

    [Fact]
    public void The_forecast_is_the_line_through_the_points()
    {
        // By hand: hours 0 to 71, y = 10 + x / 24 points a day, and a jump of one hour that may not turn it round.
        var begin = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var hours = Enumerable.Range(0, 72).Select(h => (begin.AddHours(h), 10 + h * 1.0 / 24)).ToList();
        var line = Of(hours)!;
        line.PerDay.ShouldBe(1, 1e-9);
        line.AtNewest.ShouldBe(10 + 71 / 24.0, 1e-9);
        line.Reaches(90, line.AtNewest, days: 365)!.Value.ShouldBe(begin.AddDays(80), TimeSpan.FromSeconds(1));
        Of(hours[..48]).ShouldBeNull("47 hours are no two days");
        Of([.. hours.Where((_, i) => i % 4 == 0)]).ShouldBeNull("18 points");
        Of([.. hours.Select(h => (h.Item1, 5.0))])!.Reaches(90, 5, days: 365).ShouldBeNull();

        static DiskForecast? Of(List<(DateTimeOffset, double)> figures) => DiskForecast.Of(figures, DiskPart.FewestHours, DiskPart.ShortestSpan);
    }

    [Theory]
    [InlineData(2.0, "△ certificate: ends Sun Nov 22 15:00")]
    [InlineData(8.0, "△ certificate: falls below 7 days in these days (it ends Sat Nov 28 15:00)")]
    [InlineData(32.0, "△ certificate: falls below 30 days in these days (it ends Tue Dec 22 15:00)")]
    [InlineData(20.0, "○ certificate: ends Thu Dec 10 15:00")]
    [InlineData(62.0, "○ certificate: ends Thu Jan 21 15:00")]
    public async Task A_certificate_is_told_when_it_ends_or_passes_a_mark_meanwhile(double days, string line)
    {
        await using var stage = await StageAsync(Engine.Sqlite);
        await stage.MeasuredAsync("certificate", stage.Clock.GetUtcNow(), CheckStatus.Ok, days, Unit.Days);
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain(line);
    }

    [Theory]
    [InlineData(nameof(RunState.Ok), "2026-11-11 10:00", "△ backups: last looked at Wed Nov 11 10:00, more than 8 days ago")]
    [InlineData(nameof(RunState.Failed), "2026-11-16 10:00", "△ backups: the look of Mon Nov 16 10:00 ended as failed — 2 of 3 missing")]
    [InlineData(nameof(RunState.Warning), "2026-11-16 10:00", "△ backups: the look of Mon Nov 16 10:00 ended as ")]
    [InlineData(nameof(RunState.NotAvailable), "2026-11-16 10:00", "? backups: not available (2 of 3 missing)")]
    [InlineData("", "", "△ backups: they were never looked at (`/fops run backups`)")]
    public async Task Backups_that_nobody_can_trust_are_told(string state, string at, string line)
    {
        await using var stage = await StageAsync(Engine.Sqlite);
        if (state.Length > 0) await stage.RanAsync("backups", at, Enum.Parse<RunState>(state), new("3 件中 2 件なし", "2 of 3 missing"));
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain(l => l.StartsWith(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Gaps_on_call_are_told_from_when_to_when_and_who_stands_in_for_whom(Engine engine)
    {
        await using var stage = await StageAsync(engine, ("Roles:Operations:Users:1", "U0OPER0002"), ("OnCall:Operations:Rotation:0", ChecklistStage.Operator), ("OnCall:Operations:Rotation:1", "U0OPER0002"));
        await using (var db = stage.Db())
        {
            db.Add(Leave(1, ChecklistStage.Lead, "2026-11-21 00:00", "2026-11-23 00:00"));
            db.Add(Leave(2, ChecklistStage.Operator, "2026-11-20 18:00", "2026-11-25 00:00"));
            db.Add(Leave(3, ChecklistStage.Guard, "2026-11-28 00:00", "2026-12-01 00:00")); // after it
            await db.SaveChangesAsync();
        }
        var lines = Lines((await stage.RunsAsync<ReadinessTask>()).Outcome);
        lines.ShouldContain("△ on call: nobody for technical lead from Sat Nov 21 00:00 to Mon Nov 23 00:00");
        lines.Count(l => l.Contains("on call: nobody", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldContain(l => l.StartsWith($"○ on call: {ChecklistStage.Operator} (operations) is on leave; U0OPER0002 is asked from ", StringComparison.Ordinal));
        lines.ShouldNotContain(l => l.Contains(ChecklistStage.Guard, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_role_is_given_to_anyone_that_is_said()
    {
        const string none = FestivalOps.Tests.House.TestBot.Absent;
        await using var stage = await StageAsync(
            Engine.Sqlite, ("Roles:Operations:Users:0", none), ("Roles:TechnicalLead:Users:0", none), ("Roles:Security:Users:0", none), ("Roles:Administrator:Users:0", none));
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain("? on call: not available (no role is given to anyone (Roles))");
    }

    [Fact]
    public async Task Tasks_that_run_meanwhile_are_told_and_paused_ones_more_loudly()
    {
        await using var stage = await StageAsync(Engine.Sqlite, ("Schedule:MorningCheck:Enabled", "true"), ("Schedule:MorningCheck:At", "daily 09:00"));
        await using (var db = stage.Db())
        {
            db.Add(new TaskClockRecord { Task = "morning-check", Schedule = "daily 09:00", PausedBy = ChecklistStage.Lead, PausedAt = stage.Clock.GetUtcNow() });
            await db.SaveChangesAsync();
        }
        var lines = Lines((await stage.RunsAsync<ReadinessTask>()).Outcome);
        lines.ShouldContain(l => l.StartsWith("△ scheduled tasks: ", StringComparison.Ordinal) && l.Contains("morning-check", StringComparison.Ordinal) && l.Contains("paused", StringComparison.Ordinal));
        lines.ShouldContain(l => l.Contains("that only look", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_open_and_what_comes_back_meanwhile_is_told(Engine engine)
    {
        await using var stage = await StageAsync(engine);
        var now = stage.Clock.GetUtcNow();
        await using (var db = stage.Db())
        {
            db.Add(ChecklistEvidenceTests.IncidentOf(1, now));
            db.Add(ChecklistEvidenceTests.IncidentOf(2, now, taken: now));
            var snoozed = ChecklistEvidenceTests.IncidentOf(3, now);
            snoozed.SnoozedUntil = ClockStage.At("2026-11-22 09:00").ToUniversalTime();
            db.Add(snoozed);
            for (var id = 4; id <= 8; id++) db.Add(ChecklistEvidenceTests.IncidentOf(id, now));
            db.Add(SilenceOf(7, "2026-11-22 12:00"));
            db.Add(SilenceOf(8, "2026-11-24 09:01")); // when they are back
            var over = SilenceOf(9, "2026-11-22 12:00");
            over.ClosedAt = now;
            db.Add(over);
            await db.SaveChangesAsync();
        }
        var lines = Lines((await stage.RunsAsync<ReadinessTask>()).Outcome);
        lines.ShouldContain("△ incident #1 Payments are slow: nobody has taken it (level 2)");
        lines.ShouldContain("△ incident #2 Payments are slow: in progress (level 2)");
        lines.ShouldContain("△ incident #3 Payments are slow: its snooze ends in these days, Sun Nov 22 09:00");
        lines.ShouldContain("△ incidents: 3 more are open");
        lines.Where(l => l.Contains("silence", StringComparison.Ordinal)).ShouldBe(["△ silence 7 ends Sun Nov 22 12:00, then its alerts page again (DB 移行)"]);
    }

    [Fact]
    public async Task Holidays_that_are_not_known_for_long_are_told()
    {
        await using var stage = await StageAsync(Engine.Sqlite, ("Calendar:WarnDaysBeforeEnd", "60"));
        var end = HolidayList.Japan.Last;
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain($"○ Public holidays are known until {end:yyyy-MM-dd}");
        stage.Clock.SetUtcNow(new DateTimeOffset(end.AddDays(-20).ToDateTime(new(6, 0)), TimeSpan.Zero));
        Lines((await stage.RunsAsync<ReadinessTask>()).Outcome).ShouldContain($"△ The list of public holidays ends on {end:yyyy-MM-dd}. Please update the bot");
    }

    [Fact]
    public async Task A_part_that_breaks_takes_nothing_else_with_it()
    {
        await using var stage = await StageAsync(Engine.Sqlite);
        await using (var db = stage.Db()) await db.Database.ExecuteSqlRawAsync("DROP TABLE on_call_changes");
        var (outcome, _) = await stage.RunsAsync<ReadinessTask>();
        Lines(outcome).ShouldContain(l => l.StartsWith("? on call: not available (error id ", StringComparison.Ordinal));
        Lines(outcome).ShouldContain("○ incidents: none is open");
        outcome.Details.ShouldAllBe(d => d.Ja.Length < 300);
    }

    private Task<ChecklistStage> StageAsync(Engine engine, params (string, string)[] settings) =>
        ChecklistStage.SetAtAsync(Leaving, engine, postgres, [("Calendar:DaysOff:0", "12-29..01-03"), .. settings]);

    private static List<string> Lines(TaskOutcome outcome) => [.. outcome.Details.Select(d => d.En)];

    // One figure an hour, backwards from now.
    private static async Task FiguresAsync(ChecklistStage stage, int days, Func<int, double> at)
    {
        for (var hour = 0; hour < days * 24; hour++) await stage.MeasuredAsync("disk", stage.Clock.GetUtcNow().AddMinutes(-30).AddHours(-hour), CheckStatus.Ok, at(hour));
    }

    private static OnCallChange Leave(long id, string user, string from, string until) => new()
    {
        Id = id, Kind = OnCallChangeKind.Leave, UserId = user, StartsAt = ClockStage.At(from).ToUniversalTime(), EndsAt = ClockStage.At(until).ToUniversalTime(), Author = user,
        CreatedAt = ClockStage.At(Leaving).ToUniversalTime(),
    };

    private static Silence SilenceOf(long id, string until) => new()
    {
        Id = id, IsMaintenance = false, Matchers = "a=b", Reason = "DB 移行", Author = ChecklistStage.Lead, ChannelId = "C0ALERTS01", CreatedAt = ClockStage.At("2026-11-20 10:00").ToUniversalTime(),
        StartsAt = ClockStage.At("2026-11-20 10:00").ToUniversalTime(), EndsAt = ClockStage.At(until).ToUniversalTime(),
    };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

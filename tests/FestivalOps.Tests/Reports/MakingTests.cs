using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Post;
using FestivalOps.Tests.Maintenance;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>A report is made of parts, of which each may fail, and a closed period says the same for ever.</summary>
public sealed class MakingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Period Yesterday = Period.Of(ReportKind.Daily, new(2026, 11, 26));

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_closed_period_says_the_same_whatever_becomes_of_its_source(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        var part = new StandIn { Value = 100 };
        var first = await MakeAsync(stage, Yesterday, part);
        first.IsClosed.ShouldBeTrue();
        part.Value = 250;
        stage.Clock.Advance(TimeSpan.FromDays(2));
        var second = await MakeAsync(stage, Yesterday, part);
        second.Figures.ShouldBe(first.Figures);
        second.Earlier.ShouldBe(first.Earlier, "what it is compared with is the same, too");
        second.Figures[0].AskedAt.ShouldBe(first.MadeAt, "and tells when it was asked");
        part.Asked.ShouldBe(1, "a source is not asked for what is known");
    }

    [Fact]
    public async Task What_was_missing_may_still_come_and_what_was_there_stays()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var part = new StandIn { Value = 100, IsAway = true };
        var report = await MakeAsync(stage, Yesterday, part);
        report.Figures.Select(f => f.Value).ShouldBe([100m, null]);
        (part.IsAway, part.Value) = (false, 300);
        report = await MakeAsync(stage, Yesterday, part);
        report.Figures.Select(f => f.Value).ShouldBe([100m, 7m]);
        part.Value = 400;
        (await MakeAsync(stage, Yesterday, part)).Figures.Select(f => f.Value).ShouldBe([100m, 7m]);
        part.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_away_makes_a_closed_report_not_final_until_it_came()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var part = new StandIn { Value = 100, IsAway = true };
        var report = await MakeAsync(stage, Yesterday, part);
        report.IsClosed.ShouldBeTrue();
        ReportTexts.State(report).Ja.ShouldBe("未確定: 取得できなかった値はあとで入ります (もう一度実行してください)");
        ReportTexts.State(await MakeAsync(stage, Yesterday, new Broken())).ShouldBe(ReportTexts.Awaiting, "what broke says nothing for good");
        part.IsAway = false;
        ReportTexts.State(await MakeAsync(stage, Yesterday, part)).ShouldBe(ReportTexts.Closed);
        ReportTexts.State(await stage.Get<ReportMaker>().MakeAsync(Yesterday, tell: null, CancellationToken.None)).ShouldBe(ReportTexts.SoFar, "without a database in the settings nobody waits");
    }

    [Fact]
    public async Task What_it_is_compared_with_is_asked_again_when_it_was_away_and_until_then_the_card_says_why()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var part = new StandIn { Value = 100, AwayFor = Yesterday.Before.Key };
        var report = await MakeAsync(stage, Yesterday, part);
        report.Since(report.Figures.Find("other")!).ShouldBeNull();
        report.Remarks.ShouldHaveSingleItem().Ja.ShouldBe("前日と比べられない数値があります。データ欠損: 不在");
        part.AwayFor = null;
        report = await MakeAsync(stage, Yesterday, part);
        report.Since(report.Figures.Find("other")!).ShouldNotBeNull();
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_earlier_version_kept_of_a_part_of_a_period_is_read_and_not_compared()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var old = FigureKinds.Festivals.Of(3, ReportSamples.Source, ReportSamples.At, new("2026-11-25 以降のみ (それより前の記録はありません)", "only from 2026-11-25 on (there is no record before)"));
        var json = System.Text.Json.JsonSerializer.Serialize<Figure[]>([old], ReportStore.Json).Replace(",\"IsAway\":false,\"Partly\":null", "", StringComparison.Ordinal);
        json.ShouldNotContain("Partly");
        await using (var db = stage.Db())
        {
            db.Add(new ReportPartRecord { Period = Yesterday.Before.Key, Part = "stand-in", KeptAt = ReportSamples.At, Figures = json, IsComplete = true });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var report = await MakeAsync(stage, Yesterday, new StandIn { Value = 100 });
        report.Earlier.ShouldHaveSingleItem().Partly!.En.ShouldStartWith("only from 2026-11-25");
        report.Since(report.Figures.Find("festivals")!).ShouldBeNull();
    }

    [Fact]
    public async Task A_period_under_way_is_asked_anew_and_says_that_it_is()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var part = new StandIn { Value = 1 };
        var today = Period.Of(ReportKind.Daily, new(2026, 11, 27));
        var report = await MakeAsync(stage, today, part);
        report.Remarks.ShouldHaveSingleItem().Ja.ShouldBe("期間の途中です (11/27 11:00 まで)。前の期間も同じ時点までの数値と比べています");
        part.Value = 2;
        (await MakeAsync(stage, today, part)).Figures[0].Value.ShouldBe(2);
    }

    [Fact]
    public async Task A_part_that_breaks_takes_nothing_else_down_and_is_named_with_its_error_id()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var report = await MakeAsync(stage, Yesterday, new Broken(), new StandIn { Value = 5 });
        report.Figures[0].Value.ShouldBe(5);
        report.Remarks.ShouldHaveSingleItem().En.ShouldMatch("^\"broken\" could not be had because of an error \\(error id: E-[A-Z0-9-]+\\)$");
        report.Headline.Single(h => h.Kind == FigureKinds.Payments).Figure.ShouldBeNull();
    }

    [Fact]
    public async Task A_part_that_never_ends_is_given_up()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var making = MakeAsync(stage, Yesterday, new Endless(), new StandIn { Value = 5 });
        while (!making.IsCompleted)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
        (await making).Remarks.ShouldHaveSingleItem().En.ShouldBe("\"endless\" did not end within its time");
    }

    [Fact]
    public async Task The_sentence_names_what_changed_most_and_ignores_what_is_too_little()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var report = ReportSamples.Of(ReportKind.Monthly);
        report.Greatest!.Kind.Name.ShouldBe("payments:status:failed");
        Change.Of(Count("x", 9), Count("x", 1))!.Weight.ShouldBe(0);
        Change.Of(Count("x", 30), Count("x", 0))!.Text.En.ShouldBe("▲ 30");
        Change.Of(Count("x", 30_000), Count("x", 20))!.Text.En.ShouldBe("▲ 20 → 30,000");
        Change.Of(Count("x", 90), Count("x", 100))!.Text.Ja.ShouldBe("▼ 10 %");
        Change.Of(Count("x", 90), Count("x", 90))!.Text.Ja.ShouldBe("→ 変化なし");
        Change.Of(FigureKinds.Availability.Of(99.5m, ReportSamples.Source, ReportSamples.At), FigureKinds.Availability.Of(99.9m, ReportSamples.Source, ReportSamples.At))!.Text.En.ShouldBe("▼ 0.4 pt");
        Change.Of(Count("x", 90), null).ShouldBeNull();
    }

    [Theory]
    [InlineData(FigureUnit.Money, "JPY", "1234567", "¥1,234,567")]
    [InlineData(FigureUnit.Money, "USD", "-1234.5", "-$1,234.50")]
    [InlineData(FigureUnit.Money, "CHF", "12.3", "CHF 12.30")]
    [InlineData(FigureUnit.Percent, "", "99.999", "99.99 %")]
    [InlineData(FigureUnit.Percent, "", "0.001", "<0.01 %")]
    [InlineData(FigureUnit.Percent, "", "0", "0 %")]
    [InlineData(FigureUnit.Milliseconds, "", "0.4", "<1 ms")]
    [InlineData(FigureUnit.Seconds, "", "3725", "1 h 2 min")]
    [InlineData(FigureUnit.Bytes, "", "1610612736", "1.5 GiB")]
    public void Values_read_as_what_they_are(object unit, string currency, string value, string text) =>
        new FigureKind("x", Chapter.Business, LocalizedText.Same("x"), (FigureUnit)unit, Currency: currency)
            .Format(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).En.ShouldBe(text);

    [Fact]
    public async Task Every_part_of_the_bot_answers_for_a_bot_that_knows_nothing()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var report = await stage.Get<ReportMaker>().MakeAsync(Yesterday, tell: null, CancellationToken.None);
        report.Figures.Count.ShouldBeGreaterThan(25);
        report.Figures.Where(f => f.Value is not null).Select(f => f.Kind.Name).ShouldBeEmpty("nothing that is not known is a number");
        report.Remarks.ShouldBeEmpty();
        report.Figures.ShouldAllBe(f => f.Source.En.Length > 3 && f.AskedAt == report.MadeAt);
        report.Figures.ShouldAllBe(f => f.Why!.En.StartsWith("missing data", StringComparison.Ordinal) || f.Why.En.StartsWith("no ", StringComparison.Ordinal));
    }

    private static Figure Count(string name, decimal value) => new FigureKind(name, Chapter.Business, LocalizedText.Same(name), FigureUnit.Count).Of(value, ReportSamples.Source, ReportSamples.At);

    private static Task<Report> MakeAsync(ChecklistStage stage, Period period, params IReportPart[] parts)
    {
        foreach (var part in parts.OfType<StandIn>()) part.Now = stage.Clock.GetUtcNow;
        return new ReportMaker(parts, stage.Get<ReportStore>(), stage.Get<IOptions<LanguageOptions>>(), stage.Clock, NullLogger<ReportMaker>.Instance).MakeAsync(period, tell: null, CancellationToken.None);
    }

    private sealed class StandIn : IReportPart
    {
        private static readonly FigureKind Other = new("other", Chapter.Operations, new("その他", "other"), FigureUnit.Count);

        public decimal Value { get; set; }

        public bool IsAway { get; set; }

        /// <summary>It can't say anything of this period.</summary>
        public string? AwayFor { get; set; }

        public int Asked { get; private set; }

        public Func<DateTimeOffset> Now { get; set; } = () => default;

        public string Name => "stand-in";

        public LocalizedText Title { get; } = new("代役", "a stand-in");

        public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct)
        {
            Asked++;
            return PartAnswer.EachAsync(spans, span => Task.FromResult<IReadOnlyList<Figure>>(
            [
                FigureKinds.Festivals.Of(Value, ReportSamples.Source, Now()),
                IsAway || AwayFor == span.Period.Key ? Other.Missing(new("データ欠損: 不在", "missing data: away"), ReportSamples.Source, Now(), mayCome: true) with { IsAway = true } : Other.Of(7, ReportSamples.Source, Now()),
            ]));
        }
    }

    private sealed class Broken : IReportPart
    {
        public string Name => "broken";

        public LocalizedText Title { get; } = new("故障", "broken");

        public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => throw new InvalidOperationException("as broken as can be");
    }

    private sealed class Endless : IReportPart
    {
        public string Name => "endless";

        public LocalizedText Title { get; } = new("終わらない", "endless");

        public async Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct)
        {
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return new(new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal), []);
        }
    }
}

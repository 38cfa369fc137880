using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Reports.Commands;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Files;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Post;
using FestivalOps.Reports.Tasks;
using FestivalOps.Scheduling;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;
using FestivalOps.Tests.Maintenance;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>A report goes out: card, thread, files, mail; by hand and by the clock.</summary>
public sealed class PostingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_card_comes_first_and_its_thread_follows_when_it_is_there(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        await stage.Get<ReportDesk>().PutUpAsync(ReportSamples.Of(ReportKind.Monthly), ChecklistStage.Channel, ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        var card = (await stage.PostsAsync(ReportCardPost.Name)).ShouldHaveSingleItem();
        (await stage.PostsAsync(ReportChapterPost.Name)).ShouldBeEmpty();
        var text = Text(await stage.PrepareAsync(card));
        text.ShouldContain("*月次レポート 2026年10月*");
        text.ShouldContain("• *売上 (JPY)*: ¥38,400,000 · 前月比 ▲ 11.1 % · 前年同月比 ▲ 42.9 % / $12,340.50");
        text.ShouldContain("• *アクティブユーザー*: データ欠損: users.last_sign_in_at がありません (API を利用したユーザー: 861)");
        text.ShouldContain("前月から最も変わったのは");

        await stage.ArrivesAsync(card, "1.1");
        (await stage.PrepareAsync(card)).ShouldBeOfType<Prepared.Drop>("a card is posted once");
        var chapters = await stage.PostsAsync(ReportChapterPost.Name);
        chapters.Select(c => c.Argument).ShouldBe(["Business", "Operations", "Security", "Upkeep"]);
        var business = ((Prepared.Post)await stage.PrepareAsync(chapters[0])).Message;
        business.ThreadTs.ShouldBe("1.1");
        Text(new Prepared.Post(business)).ShouldContain("決済: 失敗: *136 · 前月比 ▲ 11.5 % · 前年同月比 ▲ 43.2 %*");
        (await stage.PrepareAsync(chapters[2])).ShouldBeOfType<Prepared.Drop>("a chapter without figures is no post");
    }

    [Fact]
    public async Task Files_follow_with_alternative_texts_and_are_forgotten_when_they_are_there()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.Get<ReportDesk>().PutUpAsync(ReportSamples.Of(ReportKind.Monthly), ChecklistStage.Channel, ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        await ArrivesAsync(stage, (await stage.PostsAsync(ReportCardPost.Name))[0], "1.1");
        foreach (var chapter in await stage.PostsAsync(ReportChapterPost.Name)) await ArrivesAsync(stage, chapter, "1.2");
        var files = await stage.PostsAsync(ReportFilePost.Name);
        files.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var row in files)
        {
            var upload = (await stage.PrepareAsync(row)).ShouldBeOfType<Prepared.Upload>();
            upload.ThreadTs.ShouldBe("1.1");
            upload.Content!.Length.ShouldBeGreaterThan(500);
            upload.AltText.Length.ShouldBeGreaterThan(upload.FileName.EndsWith(".png", StringComparison.Ordinal) ? 30 : -1);
            await ArrivesAsync(stage, row, "1.3");
        }
        await using var db = stage.Db();
        (await db.Set<ReportFileRecord>().CountAsync()).ShouldBe(0);
        (await stage.Get<ReportDesk>().FindAsync(files[0].Subject, CancellationToken.None)).ShouldNotBeNull("its buttons still work");
    }

    [Fact]
    public async Task A_file_that_Slack_refuses_is_said_once_and_the_figures_are_there()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.Get<ReportDesk>().PutUpAsync(ReportSamples.Of(ReportKind.Monthly), ChecklistStage.Channel, ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        await ArrivesAsync(stage, (await stage.PostsAsync(ReportCardPost.Name))[0], "1.1");
        foreach (var file in await stage.PostsAsync(ReportFilePost.Name)) await stage.FailsAsync(file, "missing_scope (files:write)");
        var note = (await stage.PostsAsync(ReportRefusedPost.Name)).ShouldHaveSingleItem();
        Text(await stage.PrepareAsync(note)).ShouldContain("画像・ファイルを添付できませんでした (missing_scope (files:write))");
    }

    [Fact]
    public async Task A_card_that_can_not_be_posted_is_told_to_who_asked()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.Get<ReportDesk>().PutUpAsync(ReportSamples.Of(ReportKind.Daily), "C0ELSE0001", ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        await stage.FailsAsync((await stage.PostsAsync(ReportCardPost.Name))[0], "not_in_channel");
        var lost = (await stage.PostsAsync(ReportLostPost.Name)).ShouldHaveSingleItem();
        (lost.Carrier, lost.Target, lost.Argument).ShouldBe((Carrier.Person, ChecklistStage.Operator, "not_in_channel"));
    }

    [Fact]
    public async Task Who_asked_hears_that_the_card_could_not_be_posted_with_the_error_id_in_both_places()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var desk = stage.Get<ReportDesk>();
        var (id, _) = await desk.PutUpAsync(ReportSamples.Of(ReportKind.Daily), "C0ELSE0001", ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        var card = (await stage.PostsAsync(ReportCardPost.Name))[0];
        await using (var db = stage.Db())
        {
            await db.Set<OutboxRow>().Where(r => r.Id == card.Id).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, OutboxState.Dropped).SetProperty(r => r.Reason, "undeliverable: not_in_channel (error id E-1)"), TestContext.Current.CancellationToken);
        }
        await stage.FailsAsync(card, "not_in_channel");
        var why = await desk.WhyNotPostedAsync(id, CancellationToken.None);
        ReportTexts.NotPosted(ReportTexts.Title(ReportSamples.Of(ReportKind.Daily)), why!).Ja.ShouldStartWith("日次レポート 2026年10月14日(水)は作成しましたが、このチャンネルに投稿できませんでした (not_in_channel、エラーID: E-1)。");
        Text(await stage.PrepareAsync((await stage.PostsAsync(ReportLostPost.Name))[0])).ShouldContain("E-1");

        var (there, _) = await desk.PutUpAsync(ReportSamples.Of(ReportKind.Daily), ChecklistStage.Channel, ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        var waiting = desk.WhyNotPostedAsync(there, CancellationToken.None);
        while (!waiting.IsCompleted)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        (await waiting).ShouldBeNull("what is still on its way is not lost");
    }

    [Fact]
    public async Task Two_months_are_a_short_card_too_and_what_both_lack_is_one_line()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var report = ReportSamples.Of(ReportKind.Monthly, FigureKinds.Requests.Missing(new("データ欠損: 設定 Platform:Prometheus がありません", "missing data: Platform:Prometheus is not set"), ReportSamples.Source, ReportSamples.At, mayCome: true),
            FigureKinds.ErrorRate.Missing(new("データ欠損: 設定 Platform:Prometheus がありません", "missing data: Platform:Prometheus is not set"), ReportSamples.Source, ReportSamples.At, mayCome: true)) with { IsComparison = true };
        await stage.Get<ReportDesk>().PutUpAsync(report, ChecklistStage.Channel, ChecklistStage.Operator, SpokenLanguage.Ja, CancellationToken.None);
        var card = (await stage.PostsAsync(ReportCardPost.Name)).ShouldHaveSingleItem();
        var text = Text(await stage.PrepareAsync(card));
        text.ShouldContain("*月の比較 2026年9月 → 2026年10月*");
        text.ShouldContain("• *処理した決済*: 11,106 → 12,340 (▲ 11.1 %)");
        text.Split('\n').Length.ShouldBeLessThan(10);
        await stage.ArrivesAsync(card, "1.1");
        var operations = Text(await stage.PrepareAsync((await stage.PostsAsync(ReportChapterPost.Name))[1]));
        operations.Split('\n').ShouldBe(["*運用*", "稼働率: *99.93 % → 99.93 % (→ 変化なし)*", "_どちらの月も取得できない数値: リクエスト数、エラー率 (5xx)_"]);
    }

    [Fact]
    public void The_command_s_forms_stand_side_by_side_and_its_examples_know_this_month()
    {
        ReportCommandTexts.Usage.Ja.ShouldBe("daily [日] | weekly [週] | monthly [月] | compare 月 月");
        ReportCommandTexts.Details.Ja.ShouldContain("`今月`");
    }

    [Fact]
    public async Task By_the_clock_each_period_that_is_over_is_posted_and_mailed()
    {
        await using var stage = await ChecklistStage.SetAtAsync(
            "2026-11-05 09:30", Engine.Sqlite, postgres, ("Reports:MailTo:0", "ceo@example.com"), ("Mail:Host", "localhost"), ("Mail:From", "ops@example.com"));
        var (daily, _) = await stage.RunsAsync<DailyReportTask>();
        daily.End.ShouldBe(TaskEnd.Ok);
        daily.Sentence.Ja.ShouldStartWith("日次レポート 2026年11月4日(水)を投稿しました (データ欠損 ");
        (await stage.RunsAsync<WeeklyReportTask>()).Outcome.Sentence.En.ShouldStartWith("Weekly report: week 44 of 2026 (Oct 26 – Nov 1) was posted");
        var (monthly, run) = await stage.RunsAsync<MonthlyReportTask>();
        monthly.Sentence.En.ShouldStartWith("Monthly report: October 2026 was posted");
        run.Progress.Steps.ShouldBe(7);
        run.Output().ShouldContain("users_active: missing data: Platform:Database is not set");
        (await stage.PostsAsync(ReportCardPost.Name)).Count.ShouldBe(3);

        var mails = await stage.PostsAsync(ReportMailPost.Name);
        mails.Select(m => m.Target).ShouldBe(["ceo@example.com", "ceo@example.com", "ceo@example.com"]);
        var mail = (await stage.PrepareAsync(mails[2])).ShouldBeOfType<Prepared.Mail>();
        mail.Subject.ShouldBe("[FestivalOps] 月次レポート 2026年10月");
        mail.Text.ShouldContain("- 処理した決済: データ欠損: 設定 Platform:Database がありません");
        mail.Files.Select(f => f.MediaType).ShouldBe(["text/csv", "text/html"]);
    }

    [Fact]
    public async Task Without_a_place_nothing_is_made()
    {
        await using var stage = await ChecklistStage.SetAtAsync("2026-11-05 09:30", Engine.Sqlite, postgres, ("Channels:Reports", ""));
        (await stage.RunsAsync<DailyReportTask>()).Outcome.End.ShouldBe(TaskEnd.NotAvailable);
    }

    [Fact]
    public void Foreign_words_are_neither_markup_nor_formulas_anywhere()
    {
        var method = FigureKinds.Method("=HYPERLINK(\"http://evil\")<script>&<!channel>").Of(5, ReportSamples.Source, ReportSamples.At);
        var report = ReportSamples.Of(ReportKind.Monthly, method, FigureKinds.Revenue("<b>").Of(1, ReportSamples.Source, ReportSamples.At));
        var html = ReportHtml.Of(report, [], Tokyo, SpokenLanguage.Ja);
        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<b>\"");
        html.ShouldContain("=HYPERLINK(&quot;http://evil&quot;)&lt;script&gt;");
        var csv = ReportCsv.Of(report, Tokyo, SpokenLanguage.En);
        csv.Split("\r\n").ShouldAllBe(line => !line.StartsWith('=') && !line.Contains(",=", StringComparison.Ordinal));
        var message = ReportMessage.Details(report, Chapter.Business, SpokenLanguage.Ja)!;
        Text(new Prepared.Post(message)).ShouldNotContain("<!channel>");
        Text(new Prepared.Post(ReportMessage.Card(report, "id", Tokyo, SpokenLanguage.Ja))).ShouldNotContain("<b>");
    }

    [Fact]
    public void The_table_holds_every_figure_with_its_source_and_moment()
    {
        var report = ReportSamples.Of(ReportKind.Monthly);
        var lines = ReportCsv.Of(report, Tokyo, SpokenLanguage.En).TrimEnd().Split("\r\n");
        lines.Length.ShouldBe(report.Figures.Count + 1);
        lines[0].ShouldBe("\ufeffchapter,name,figure,period or day,value,unit,month before,same month last year,why it is missing,note,source,asked at");
        lines.ShouldContain("Business,revenue:USD,revenue (USD),2026-10,12340.5,USD,11106.45,8638.35,,,PostgreSQL 10.0.0.5:5432: SELECT …,2026-11-05 09:30:00");
        lines.ShouldContain(l => l.StartsWith("Business,users_active,active users,2026-10,,count,,,missing data: there is no users.last_sign_in_at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_for_management_is_complete_in_itself()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        var drawn = stage.Get<ReportFiles>().Of(ReportSamples.Of(ReportKind.Monthly), "0123456789abcdef", SpokenLanguage.Ja);
        var page = System.Text.Encoding.UTF8.GetString(drawn.Files.Single(f => f.MediaType == "text/html").Content);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(House.RepositoryRoot.Path("artifacts", "pictures")).FullName, "report.html"), page, TestContext.Current.CancellationToken);
        page.ShouldStartWith("<!doctype html>\n<html lang=\"ja\">");
        page.ShouldContain("<h1>月次レポート 2026年10月</h1>");
        page.ShouldNotContain("src=\"http");
        page.ShouldNotContain("href=");
        // Each picture has its words, each table its heads.
        var pictures = drawn.Files.Count(f => f.MediaType == "image/png");
        page.Split("<img alt=\"").Length.ShouldBe(pictures + 1);
        page.Split("src=\"data:image/png;base64,").Length.ShouldBe(pictures + 1);
        page.ShouldContain("<th scope=\"row\">売上 (USD)</th><td>$12,340.50");
        page.ShouldContain("<td class=\"missing\">データ欠損: users.last_sign_in_at がありません");
        // On a phone nothing lies beyond the right edge: rows become blocks whose cells name their columns.
        page.ShouldContain("@media screen and (max-width:48rem)");
        page.ShouldContain("tr,tbody th,td{display:block}");
        page.ShouldContain("<td data-head=\"前月\">");
        page.ShouldNotContain("overflow-x");
        drawn.Files.Select(f => f.Name).ShouldBeUnique();
        drawn.Files.ShouldAllBe(f => f.Name.StartsWith("monthly-2026-10-", StringComparison.Ordinal) && f.Name.Contains("89abcdef", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sources_name_where_each_figure_came_from_and_when() =>
        Text(new Prepared.Post(ReportMessage.Sources(ReportSamples.Of(ReportKind.Daily), Tokyo, SpokenLanguage.En)))
            .ShouldContain("payments processed, revenue (JPY), revenue (USD)");

    [Fact]
    public void A_source_that_is_not_set_up_was_not_asked_at_any_time()
    {
        var text = Text(new Prepared.Post(ReportMessage.Sources(
            ReportSamples.Of(ReportKind.Daily, FigureKinds.Requests.Missing(FigureTexts.NotAsked, FigureTexts.NotSent("Platform:Prometheus"), ReportSamples.At, mayCome: true)), Tokyo, SpokenLanguage.Ja)));
        text.ShouldContain("*リクエスト数*\n　問い合わせていません (設定 Platform:Prometheus がありません)");
        text.Split('\n').Last(l => l.Contains("問い合わせていません", StringComparison.Ordinal)).ShouldNotContain("取得");
    }

    private static async Task ArrivesAsync(ChecklistStage stage, OutboxRow row, string ts)
    {
        await stage.ArrivesAsync(row, ts);
        await using var db = stage.Db();
        await db.Set<OutboxRow>().Where(r => r.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Sent));
    }

    private static string Text(Prepared prepared) => string.Join('\n', ((Prepared.Post)prepared).Message.Blocks.OfType<SectionBlock>().Select(b => b.Text!.Text));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FestivalOps.Tests.Channels;

namespace FestivalOps.ScenarioTests;

/// <summary>Alerts while something else is away: Slack, the bot itself, the card, its channel, the platform's database.</summary>
public sealed class AlertOutageScenarios(World world)
{
    private const string Secret = "webhook-secret-0123456789";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task While_Slack_is_away_people_are_told_by_mail_and_phone_and_afterwards_one_card_tells_of_it(Store store)
    {
        await using var mail = await MailServer.StartAsync();
        await using var sms = await SmsProvider.StartAsync(_ => 200);
        await using var stage = await StageAsync(store, mail, sms);
        await stage.Slack.FaultAsync(new { down_seconds = 300 });
        var gone = stage.Clock.GetUtcNow();
        await stage.FiresAsync("HighErrorRate", "critical");

        await stage.WaitsAsync(
            () => mail.Mails.Exists(m => m.GetProperty("to")[0].GetString() == "suzuki@festival-planner.example") && !sms.Calls.IsEmpty ? "told" : null,
            "mail and webhook", () => string.Join('\n', stage.Log.Lines.TakeLast(20)));
        (stage.Clock.GetUtcNow() - gone).ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        await stage.PassesAsync(gone + TimeSpan.FromMinutes(5.5) - stage.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        var catchUp = await stage.SaysAsync(Seed.Alerts, "Slack とのやり取りが再開しました");
        await stage.RunsAsync(TimeSpan.FromMinutes(2));

        var (headers, body) = sms.Calls.ShouldHaveSingleItem();
        headers["X-FestivalOps-Signature"].ShouldBe(
            "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{headers["X-FestivalOps-Timestamp"]}.{body}"))));
        using var call = JsonDocument.Parse(body);
        call.RootElement.GetProperty("title_ja").GetString().ShouldBe("#1 HighErrorRate");
        call.RootElement.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("phone").GetString()).ShouldContain("+819012345678");
        mail.Mails.Select(m => m.GetProperty("to")[0].GetString()).ShouldBeUnique();
        catchUp.Text.ShouldContain("続いているインシデント 1 件");
        catchUp.Text.ShouldContain($"<@{Seed.Suzuki}> (メール)");
        // The catch-up, the card and the newest page; nothing else.
        stage.Said().Count(m => m.ThreadTs is null).ShouldBe(2);
        stage.Mentions().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Mail_and_phone_wait_for_their_time_and_nobody_is_called_for_what_is_taken_before_it(Store store)
    {
        await using var mail = await MailServer.StartAsync();
        await using var sms = await SmsProvider.StartAsync(_ => 200);
        await using var stage = await StageAsync(store, mail, sms);
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 2");
        await stage.RunsAsync(TimeSpan.FromMinutes(4.5), TimeSpan.FromSeconds(5));
        mail.Mails.ShouldBeEmpty("mail is sent to whoever does not react for five minutes");
        await stage.RunsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
        mail.Mails.ShouldNotBeEmpty();

        await stage.Sato.Presses("対応する", @in: Seed.Alerts);
        await stage.Sato.Sees("#1 を引き受けました");
        await stage.RunsAsync(TimeSpan.FromMinutes(9));
        stage.Card("HighErrorRate").Buttons.ShouldContain(b => b.Label == "元に戻す");
        await stage.RunsAsync(TimeSpan.FromMinutes(2));

        sms.Calls.ShouldBeEmpty("nobody is called by phone for what someone has");
        stage.Card("HighErrorRate").Buttons.ShouldNotContain(b => b.Label == "元に戻す", "that works for ten minutes");
    }

    [Theory]
    [InlineData(Transport.Http, Store.Sqlite)]
    [InlineData(Transport.Socket, Store.Postgres)]
    public async Task A_bot_that_was_away_says_what_it_missed_makes_up_for_it_and_repeats_nothing(Transport transport, Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", transport, store));
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 2");
        await stage.CalmAsync();

        await stage.StopBotAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(20));
        await stage.StartBotAsync();
        var notice = await stage.SaysAsync(Seed.Ops, "ボットが再起動しました", "20 分停止");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 3: 時間内に誰も対応しなかったため)");
        await stage.RunsAsync(TimeSpan.FromMinutes(3));

        notice.Text.ShouldContain("停止中に期限が来たエスカレーション 1 件をこれから行います");
        notice.Text.ShouldContain("続いているインシデント: 1 件");
        stage.Said(Seed.Alerts, "HighErrorRate").Count(m => m.ThreadTs is null).ShouldBe(1);
        stage.Mentions().Count.ShouldBe(2);
        stage.Said(Seed.Ops).Count.ShouldBe(1);
        stage.Said(stage.Sato.Direct).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_card_that_someone_deleted_is_posted_anew(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", Transport.Http, store));
        stage.Expects("chat.update: message_not_found");
        stage.Expects("chat.postMessage: cannot_reply_to_message");
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        await stage.CalmAsync();
        var deleted = stage.Card("HighErrorRate");
        await stage.Slack.PostAsync("delete-message", new { channel = Seed.Alerts, ts = deleted.Ts });

        await stage.Sato.Types("/fops ack 1", @in: Seed.Ops);
        await stage.Sato.Sees("#1 を引き受けました");
        await stage.CalmAsync();

        var card = stage.Card("HighErrorRate");
        card.Ts.ShouldNotBe(deleted.Ts);
        card.Header.ShouldStartWith(":eyes: 対応中");
        stage.Mentions().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_next_level_is_told_although_someone_deleted_the_card(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", Transport.Http, store));
        stage.Expects("chat.update: message_not_found");
        stage.Expects("chat.postMessage: cannot_reply_to_message");
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        await stage.CalmAsync();
        var deleted = stage.Card("HighErrorRate");
        await stage.Slack.PostAsync("delete-message", new { channel = Seed.Alerts, ts = deleted.Ts });

        await stage.RunsAsync(TimeSpan.FromMinutes(16));

        stage.Mentions().Count(m => m.Text.Contains("(レベル 3: 時間内に", StringComparison.Ordinal)).ShouldBe(1);
        stage.Said(Seed.Alerts, "通知できません").ShouldBeEmpty();
        var card = stage.Card("HighErrorRate");
        card.Ts.ShouldNotBe(deleted.Ts);
        card.Text.ShouldContain("レベル 3");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_bot_that_is_thrown_out_of_its_channel_speaks_in_another_and_says_why(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", Transport.Http, store));
        stage.Expects("not_in_channel");
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        await stage.CalmAsync();
        await stage.Slack.PostAsync("membership", new { channel = Seed.Alerts, user = Seed.BotUser, is_member = false });
        await stage.FiresAsync("DatabaseDown", "critical");
        await stage.RunsAsync(TimeSpan.FromMinutes(6));

        var moved = stage.Card("DatabaseDown", Seed.Ops);
        moved.Text.ShouldContain($"<#{Seed.Alerts}> に投稿できないため、このチャンネルに表示しています");
        stage.Mentions(Seed.Ops).ShouldContain(m => m.Text.Contains("#2 DatabaseDown", StringComparison.Ordinal));
        stage.Said(stage.Takahashi.Direct, "#2 DatabaseDown").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_card_whose_channel_is_archived_moves_with_what_comes_next(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", Transport.Http, store));
        stage.Expects("is_archived");
        stage.Expects("chat.update: is_inactive");
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        await stage.CalmAsync();
        await stage.Slack.PostAsync("archive", new { channel = Seed.Alerts });

        await stage.RunsAsync(TimeSpan.FromMinutes(21));

        stage.Card("HighErrorRate", Seed.Ops).Text.ShouldContain($"<#{Seed.Alerts}> に投稿できないため、このチャンネルに表示しています");
        stage.Mentions(Seed.Ops).ShouldNotBeEmpty();
        stage.Mentions(Seed.Ops).ShouldAllBe(m => m.Text.Contains("(レベル 3: 時間内に", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_platforms_database_being_down_is_told_although_nothing_of_it_answers(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-24 20:00", Transport.Http, store,
            ("Checks:Run:EverySeconds", "30"), ("Platform:BaseUrl", null), ("Platform:Redis", null), ("Checks:Certificate:Endpoint", null),
            ("Platform:Database", "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=nothing")));

        var page = await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 3: 発生したため)");
        await stage.RunsAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));

        (page.At - stage.StartedAt).ShouldBeLessThan(TimeSpan.FromMinutes(1));
        page.Text.ShouldContain($"<@{Seed.Takahashi}>");
        var card = stage.Said().Where(m => m.ThreadTs is null).ShouldHaveSingleItem();
        card.Header.ShouldContain("PostgreSQL");
        card.Text.ShouldContain("レベル 3 重大 · 対応目標: 30 分以内");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_drill_climbs_the_real_ladder_and_reports_who_was_reached_in_how_long(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", Transport.Http, store));

        await stage.Suzuki.Types("/fops drill level3", @in: Seed.Ops);
        await stage.Suzuki.Sees("【訓練】レベル 3 の訓練を #1 として始めました");
        await stage.SaysAsync(Seed.Alerts, "*【訓練】#1 エスカレーション訓練*", "訓練です。");
        await stage.RunsAsync(TimeSpan.FromMinutes(2));
        await stage.Sato.Presses("対応する", @in: Seed.Alerts);
        var report = await stage.SaysAsync(Seed.Alerts, "【訓練】#1 の結果");
        await stage.RunsAsync(TimeSpan.FromMinutes(10));

        stage.Card("エスカレーション訓練").Header.ShouldBe(":white_check_mark: 【訓練】解決 | エスカレーション訓練");
        stage.Said(stage.Takahashi.Direct, "【訓練】#1").Count.ShouldBe(1);
        report.Text.ShouldContain($"<@{Seed.Sato}> 2 分");
        report.Text.ShouldContain("で引き受け");
        foreach (var person in new[] { Seed.Sato, Seed.Suzuki, Seed.Tanaka, Seed.Takahashi, Seed.Emily })
            report.Lines.ShouldContain(l => l.StartsWith($"• <@{person}> ", StringComparison.Ordinal) && l.Contains("ダイレクトメッセージ", StringComparison.Ordinal));
        stage.Mentions().Count.ShouldBe(1);
    }

    private Task<Stage> StageAsync(Store store, MailServer mail, SmsProvider sms) => world.NewStageAsync(AlertsOnStage.At(
        "2026-11-24 20:00", Transport.Http, store,
        ("Mail:Host", "localhost"), ("Mail:Port", $"{mail.Port}"), ("Mail:From", "FestivalOps <ops@festival-planner.example>"), ("Mail:User", "ops"),
        ("Mail:Password", "mail-secret-1"), ("Mail:AcceptedCertificate", mail.Certificate),
        ("Webhooks:Targets:Sms:Url", sms.Address), ("Webhooks:Targets:Sms:Secret", Secret),
        ("People:Emails:0", $"{Seed.Suzuki}=suzuki@festival-planner.example"), ("People:Phones:0", $"{Seed.Suzuki}=+819012345678")));
}

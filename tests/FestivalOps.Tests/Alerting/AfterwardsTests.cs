using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Commands;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.Audit;
using FestivalOps.Language;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using static FestivalOps.Tests.Alerting.IncidentSamples;

namespace FestivalOps.Tests.Alerting;

/// <summary>What is said once after Slack or the bot was away, and to who pressed.</summary>
public sealed class AfterwardsTests
{
    private static readonly OutcomeReply Outcomes = new(Options.Create(new LanguageOptions()), new FakeTimeProvider(Now));

    [Fact]
    public void After_an_outage_one_card_says_what_began_what_is_open_and_who_was_told()
    {
        var card = CatchUpMessage.Of(
            new(Now - TimeSpan.FromMinutes(30), Now, [Incident(41, i => (i.State, i.ResolvedAt) = (IncidentState.Resolved, Now))], [Incident(42)], [new(Now - TimeSpan.FromMinutes(29), 42, Sato, Carrier.Mail)]),
            Time, SpokenLanguage.Ja);
        var text = Text(card);
        text.ShouldContain("02:42 から 03:12 まで(30 分)投稿できませんでした");
        text.ShouldContain("続いているインシデント 1 件");
        text.ShouldContain("*【新規】* :large_orange_circle: *#42* CPU 使用率が高い");
        text.ShouldContain("その間に始まり、終わったインシデント 1 件");
        text.ShouldContain($"02:43 #42 → <@{Sato}> (メール)");
    }

    [Fact]
    public void A_storm_is_counted_and_fits_one_message()
    {
        var many = Enumerable.Range(1, 10_000).Select(n => Incident(n, i => i.TitleJa = new string('<', 200))).ToList();
        var card = CatchUpMessage.Of(new(Now - TimeSpan.FromHours(2), Now, many, many, []), Time, SpokenLanguage.En);
        Text(card).ShouldContain("9992 more");
        MessageLimits.Fit(card).Count.ShouldBe(1);
    }

    [Fact]
    public void A_short_gap_is_not_worth_a_post() =>
        RestartNotice.Of(new(Now - TimeSpan.FromSeconds(60), Now, 1, 1, 1, 1, 1), Time, SpokenLanguage.Ja).ShouldBeNull();

    [Fact]
    public void A_restart_says_what_it_missed_made_up_for_and_skipped()
    {
        var text = Text(RestartNotice.Of(new(Now - TimeSpan.FromMinutes(7), Now, 3, 1, 7, 0, 2), Time, SpokenLanguage.Ja).ShouldNotBeNull());
        text.ShouldContain("ボットが再起動しました(03:05 から 03:12 まで 7 分停止)");
        text.ShouldContain("3 件をこれから送ります");
        text.ShouldContain("チェック 7 回分は測定していません");
        text.ShouldContain("続いているインシデント: 2 件");
        text.ShouldNotContain("コマンド");
        text.ShouldNotContain("タスク");
        Text(RestartNotice.Of(new(Now - TimeSpan.FromMinutes(7), Now, 0, 0, 0, 0, 0, 2), Time, SpokenLanguage.Ja)!).ShouldContain("実行中だったタスク 2 件が中断しました");
        Text(RestartNotice.Of(new(Now - TimeSpan.FromMinutes(7), Now, 0, 0, 0, 0, 0), Time, SpokenLanguage.En)!).ShouldContain("No notification was missed.");
    }

    [Fact]
    public void Who_comes_late_learns_who_was_first_and_when()
    {
        var reply = Outcomes.Of(new(OutcomeKind.Already, Incident(), new("すでに対応中です。", "Already taken."), Sato, Now - TimeSpan.FromMinutes(2)), SpokenLanguage.Ja);
        reply.ToChannel.ShouldBeFalse();
        reply.Message.Text.ShouldBe($":information_source: *#42* すでに対応中です。 (<@{Sato}> 03:10)");
        reply.Outcome.ShouldBe(AuditEvent.Done);
    }

    [Fact]
    public void A_sentence_that_names_a_person_mentions_them_and_nothing_else_in_it_is_markup()
    {
        var says = new LocalizedText($"#42 は <@{Sato}> が対応中です <!channel>", "x");
        var reply = Outcomes.Of(new(OutcomeKind.Refused, Incident(), says, Sato), SpokenLanguage.Ja);
        reply.Message.Text.ShouldBe($":no_entry_sign: #42 は <@{Sato}> が対応中です &lt;!channel&gt;");
        reply.Outcome.ShouldBe(AuditEvent.Refused);
    }

    [Theory]
    [InlineData("42", 42L)]
    [InlineData("#42", 42L)]
    [InlineData("＃４２", 42L)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("4 2", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    public void The_number_of_an_incident_is_read_with_and_without_its_mark(string typed, long? number) => IncidentWords.Number(typed).ShouldBe(number);

    [Theory]
    [InlineData("alertname=\"High CPU\" for 2h x", "alertname=\"High CPU\"|for|2h|x")]
    [InlineData("alertname=“High CPU” instance=web for 2h x", "alertname=“High CPU”|instance=web|for|2h|x")]
    [InlineData("alertname=\"High CPU for 2h x", "alertname=\"High|CPU|for|2h|x")]
    [InlineData("the \"reason for\" it", "the|\"reason|for\"|it")]
    public void What_stands_in_quotes_is_one_condition(string typed, string words) => string.Join('|', IncidentWords.Joined([.. typed.Split(' ')])).ShouldBe(words);

    [Theory]
    [InlineData("critical", Severity.Critical, 3)]
    [InlineData("緊急", Severity.Critical, 3)]
    [InlineData("level2", Severity.Warning, 2)]
    [InlineData("レベル2", Severity.Warning, 2)]
    [InlineData("info", Severity.Information, 1)]
    public void How_bad_it_is_can_be_said_in_both_languages(string word, object severity, int level) =>
        SeverityWords.Find(word).ShouldBe(((Severity)severity, level));

    private static string Text(Message card) => string.Join('\n', card.Blocks.OfType<SectionBlock>().Select(b => b.Text!.Text));
}

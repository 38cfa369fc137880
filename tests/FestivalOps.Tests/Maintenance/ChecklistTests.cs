using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Checklists.Card;
using FestivalOps.Maintenance.Checklists.Export;
using FestivalOps.Scheduling;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Blocks;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>A list from its opening to its signature, over both stores.</summary>
public sealed class ChecklistTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_period_has_one_list_however_many_ask_at_once(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        var bots = new[] { stage.Services, stage.AnotherBot() };
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => stage.RunsAsync<WeeklyChecklistTask>(bots[n % 2]))));
        var list = await stage.ListAsync();
        list.List.Id.ShouldBe(1);
        (list.List.PeriodKey, list.Items.Count).ShouldBe(("Weekly:2026-11-23", 5));
        (await stage.PostsAsync(ChecklistCardPost.Name)).ShouldHaveSingleItem().Target.ShouldBe(ChecklistStage.Channel);
        list.Items.Select(i => i.AssignedTo).Distinct().ShouldBe([ChecklistStage.Guard, ChecklistStage.Operator], ignoreOrder: true, "who is on call for its role");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_left_goes_into_the_next_list_with_its_age_and_its_person(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        var withMore = stage.AnotherBot(("Maintenance:Checklists:Daily:0", "WAF のルール確認 | rules of the WAF"));
        await stage.RunsAsync<DailyChecklistTask>(withMore);
        var desk = stage.Get<ChecklistDesk>();
        foreach (var number in new[] { 1, 2, 3, 5 }) await desk.TickAsync(1, number, ChecklistStage.Guard, "", CancellationToken.None);
        await desk.AssignAsync(1, 4, ChecklistStage.Lead, CancellationToken.None);
        var begin = (await stage.ListAsync()).List.OpenedAt;

        // The settings don't ask for the WAF any more; someone still owes it.
        stage.GoTo("2026-11-30 09:10");
        await stage.RunsAsync<DailyChecklistTask>();
        stage.GoTo("2026-12-01 09:10");
        await stage.RunsAsync<DailyChecklistTask>();

        var (first, second, third) = (await stage.ListAsync(1), await stage.ListAsync(2), await stage.ListAsync(3));
        (first.List.State, first.List.CarriedTo).ShouldBe((ChecklistState.CarriedOver, 2));
        (second.List.State, second.List.CarriedTo, third.List.State).ShouldBe((ChecklistState.CarriedOver, 3, ChecklistState.Open));
        third.Items.Select(i => i.Key).Take(5).ShouldBe(["certificate", "access", "score", "api-usage", "vulnerabilities"]);
        third.Items[3].OpenSince.ShouldBe(begin);
        third.Items[3].AssignedTo.ShouldBe(ChecklistStage.Lead);
        third.Items[4].OpenSince.ShouldBe(second.List.OpenedAt);
        (third.Items[5].TitleEn, third.Items[5].OpenSince, third.Items.Count).ShouldBe(("rules of the WAF", begin, 6));
        Text(third).ShouldContain("2026-11-27 から未完了");
        Text(first).ShouldContain("未完了 2 件をリスト 2 に引き継ぎました");
        (await desk.TickAsync(1, 4, ChecklistStage.Lead, "", CancellationToken.None)).End.ShouldBe(PressEnd.Closed);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Of_many_presses_at_once_one_counts_and_the_others_learn_whose(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        await stage.RunsAsync<DailyChecklistTask>();
        var desks = new[] { stage.Services, stage.AnotherBot() }.Select(b => b.GetRequiredService<ChecklistDesk>()).ToArray();
        var presses = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => desks[n % 2].TickAsync(1, 4, $"U0PRESS{n:00}", "", CancellationToken.None))));
        var won = presses.Single(p => p.End == PressEnd.Done);
        presses.Where(p => p != won).ShouldAllBe(p => p.End == PressEnd.Already && p.By == won.Item!.DoneBy && p.At == won.At);
        (await stage.ListAsync()).Items[3].DoneBy.ShouldBe(won.Item!.DoneBy);
    }

    [Fact]
    public async Task A_tick_is_taken_back_by_who_made_it_or_an_administrator()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.RunsAsync<DailyChecklistTask>();
        var desk = stage.Get<ChecklistDesk>();
        (await desk.UndoAsync(1, 4, ChecklistStage.Guard, false, CancellationToken.None)).End.ShouldBe(PressEnd.NotDone);
        await desk.TickAsync(1, 4, ChecklistStage.Operator, "見た", CancellationToken.None);
        var other = await desk.UndoAsync(1, 4, ChecklistStage.Guard, false, CancellationToken.None);
        (other.End, other.By).ShouldBe((PressEnd.NotYours, ChecklistStage.Operator));
        (await desk.UndoAsync(1, 4, ChecklistStage.Operator, false, CancellationToken.None)).End.ShouldBe(PressEnd.Done);
        (await stage.ListAsync()).Items[3].ShouldSatisfyAllConditions(i => i.DoneAt.ShouldBeNull(), i => i.Note.ShouldBe(""));
        await desk.TickAsync(1, 4, ChecklistStage.Operator, "", CancellationToken.None);
        (await desk.UndoAsync(1, 4, ChecklistStage.Admin, true, CancellationToken.None)).End.ShouldBe(PressEnd.Done);
        (await desk.TickAsync(9, 4, ChecklistStage.Operator, "", CancellationToken.None)).End.ShouldBe(PressEnd.Missing);
        (await desk.TickAsync(1, 99, ChecklistStage.Operator, "", CancellationToken.None)).End.ShouldBe(PressEnd.Missing);
    }

    [Fact]
    public async Task An_unfinished_list_is_reminded_of_once_a_day_and_not_for_ever()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres, ("Maintenance:Checklists:MaxReminders", "2"));
        await stage.RunsAsync<WeeklyChecklistTask>();
        await stage.ArrivesAsync((await stage.PostsAsync(ChecklistCardPost.Name)).Single(), "1.1");
        stage.GoTo("2026-11-27 14:00");
        await stage.RunsAsync<ChecklistReminderTask>();
        await stage.RunsAsync<ChecklistReminderTask>();
        var first = (await stage.PostsAsync(ChecklistReminderPost.Name)).ShouldHaveSingleItem("twice on one day is once");
        var post = (await stage.PrepareAsync(first)).ShouldBeOfType<Prepared.Post>().Message;
        post.ThreadTs.ShouldBe("1.1");
        ClockStage.Text(post).ShouldContain("未完了の項目が 5 件あります");
        ClockStage.Text(post).ShouldContain($"ユーザーアカウント棚卸し <@{ChecklistStage.Guard}>");

        stage.GoTo("2026-11-30 14:00");
        await stage.RunsAsync<ChecklistReminderTask>();
        stage.GoTo("2026-12-01 14:00");
        await stage.RunsAsync<ChecklistReminderTask>();
        var rows = await stage.PostsAsync(ChecklistReminderPost.Name);
        rows.Count.ShouldBe(2, "two were allowed");
        ClockStage.Text(((Prepared.Post)await stage.PrepareAsync(rows[1])).Message).ShouldContain("通知はこれで最後です");

        await stage.FinishesAsync(1);
        await stage.Get<ChecklistSigning>().SignAsync(1, ChecklistStage.Guard, CancellationToken.None);
        (await stage.PrepareAsync(rows[1])).ShouldBeOfType<Prepared.Drop>("what is signed needs no reminder");
    }

    [Fact]
    public async Task A_monthly_list_is_reminded_of_on_the_last_business_days_of_its_month()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres, ("Calendar:DaysOff:0", "12-29..01-03"));
        stage.GoTo("2026-12-01 09:20");
        await stage.RunsAsync<MonthlyChecklistTask>();
        for (var day = 1; day <= 31; day++)
        {
            stage.GoTo($"2026-12-{day:00} 14:00");
            if (stage.Get<FestivalOps.Scheduling.Calendar.BusinessCalendar>().IsBusinessDay(new(2026, 12, day))) await stage.RunsAsync<ChecklistReminderTask>();
        }
        (await stage.PostsAsync(ChecklistReminderPost.Name)).Select(r => r.Key[^10..]).ShouldBe(["2026-12-22", "2026-12-23", "2026-12-24", "2026-12-25", "2026-12-28"]);
    }

    [Fact]
    public async Task A_card_that_was_deleted_is_posted_anew_once()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.RunsAsync<DailyChecklistTask>();
        await stage.ArrivesAsync((await stage.PostsAsync(ChecklistCardPost.Name)).Single(), "1.1");
        await stage.Get<ChecklistDesk>().TickAsync(1, 4, ChecklistStage.Guard, "", CancellationToken.None);
        var redraw = (await stage.PostsAsync(ChecklistRedrawPost.Name)).Single();
        (await stage.PrepareAsync(redraw)).ShouldBeOfType<Prepared.Redraw>().Ts.ShouldBe("1.1");
        await stage.FailsAsync(redraw, "message_not_found");
        await stage.FailsAsync(redraw, "message_not_found");
        var again = (await stage.PostsAsync(ChecklistCardPost.Name)).Where(r => r.Key.Contains("instead-of", StringComparison.Ordinal)).ShouldHaveSingleItem();
        ClockStage.Text((await stage.PrepareAsync(again)).ShouldBeOfType<Prepared.Post>().Message).ShouldContain($"<@{ChecklistStage.Guard}> が確認");
        await stage.ArrivesAsync(again, "2.2");
        (await stage.PrepareAsync(redraw)).ShouldBeOfType<Prepared.Redraw>().Ts.ShouldBe("2.2");
        await stage.ArrivesAsync(redraw, "2.2");
        (await stage.PrepareAsync(redraw)).ShouldBeOfType<Prepared.Drop>("the newest state is shown");
    }

    [Fact]
    public async Task The_fullest_card_fits_one_message_of_Slack()
    {
        var settings = Enumerable.Range(0, 20).Select(n => ($"Maintenance:Checklists:Weekly:{n}", $"{new string('項', 110)}{n} | {new string('x', 110)}{n}")).ToArray();
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres, settings);
        await stage.RunsAsync<WeeklyChecklistTask>();
        var other = stage.AnotherBot([.. settings.Select(s => (s.Item1, s.Item2.Replace('項', '目')))]);
        stage.GoTo("2026-12-04 11:00");
        await stage.RunsAsync<WeeklyChecklistTask>(other);
        var list = await stage.ListAsync();
        list.Items.Count.ShouldBe(ChecklistOpening.MostItems);
        MessageLimits.Fit(ChecklistMessage.Of(list, Tokyo, SpokenLanguage.Ja)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Foreign_text_is_shown_as_text_on_the_card_and_in_the_files()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.RunsAsync<DailyChecklistTask>();
        await stage.Get<ChecklistDesk>().TickAsync(1, 4, ChecklistStage.Guard, "=HYPERLINK(\"http://evil\")\n<!channel> | [x](y) \u202e", CancellationToken.None);
        var list = await stage.ListAsync();
        Text(list).ShouldContain("メモ: =HYPERLINK(\"http://evil\") &lt;!channel&gt; | [x](y)");
        var csv = ChecklistFile.Csv(list, SealVerdict.None, Tokyo, SpokenLanguage.En);
        csv.ShouldStartWith("\ufeffnumber,item,state,");
        csv.ShouldContain("\"'=HYPERLINK(\"\"http://evil\"\") <!channel> | [x](y)\"");
        var markdown = ChecklistFile.Markdown(list, SealVerdict.None, Tokyo, SpokenLanguage.Ja);
        markdown.ShouldContain("\\<!channel\\> \\| \\[x\\](y)");
        markdown.Split('\n').Count(l => l.StartsWith('|')).ShouldBe(7, "columns, their line, five items");
    }

    [Fact]
    public async Task Without_a_channel_nothing_is_opened_and_that_is_said()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres, ("Channels:Reports", FestivalOps.Tests.House.TestBot.Absent));
        var (outcome, _) = await stage.RunsAsync<DailyChecklistTask>();
        outcome.End.ShouldBe(TaskEnd.NotAvailable);
        outcome.Sentence.En.ShouldContain("Channels:Reports");
    }

    [Fact]
    public void Each_week_with_a_business_day_on_it_gets_its_list_in_that_week()
    {
        var law = JapaneseLaw.Years(2026, 2045);
        var calendar = new FestivalOps.Scheduling.Calendar.BusinessCalendar(law.List, new() { DaysOff = ["12-29..01-03"] }, Tokyo);
        var schedule = TaskSchedule.Weekly(DayOfWeek.Friday, new(11, 0), OnHoliday.Before);
        var got = new HashSet<string>(StringComparer.Ordinal);
        for (var at = schedule.Next(ClockStage.At("2026-01-05 00:00"), calendar)!.Value; at < ClockStage.At("2045-12-18 00:00"); at = schedule.Next(at, calendar)!.Value)
            got.Add(ChecklistPeriod.Of(ChecklistKind.Weekly, calendar.Day(at)).Key);
        var expected = new List<string>();
        for (var monday = new DateOnly(2026, 1, 5); monday < new DateOnly(2045, 12, 14); monday = monday.AddDays(7))
        {
            if (Enumerable.Range(0, 5).Select(d => monday.AddDays(d)).Any(d => !law.Days.Contains(d) && d is not ({ Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 })))
                expected.Add(ChecklistPeriod.Of(ChecklistKind.Weekly, monday).Key);
        }
        expected.Where(k => !got.Contains(k)).ShouldBeEmpty();
    }

    private static string Text(FullChecklist list) => ClockStage.Text(ChecklistMessage.Of(list, Tokyo, SpokenLanguage.Ja));
}

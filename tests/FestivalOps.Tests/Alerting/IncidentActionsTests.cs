using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;
using static FestivalOps.Alerting.Incidents.IncidentEventKind;

namespace FestivalOps.Tests.Alerting;

/// <summary>What people do with an incident.</summary>
public sealed class IncidentActionsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Sato = "U0SATO";
    private const string Tanaka = "U0TANAKA";

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_takes_it_first_has_it_and_a_late_presser_learns_who_and_when(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        var first = await Actions(stage).AcknowledgeAsync(1, Sato, null, default);
        first.Kind.ShouldBe(OutcomeKind.Done);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await Actions(stage).AcknowledgeAsync(1, Tanaka, null, default);
        (late.Kind, late.By).ShouldBe((OutcomeKind.Already, Sato));
        late.Says.Ja.ShouldBe("#1 は <@U0SATO> さんが 11-24 12:00 に引き受けました。");
        var incident = await stage.IncidentAsync();
        (incident.State, incident.AcknowledgedBy, incident.NextStepAt, incident.Version).ShouldBe((IncidentState.Acknowledged, Sato, null, 2));
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.Quiet));
        (await stage.OutboxAsync()).Select(r => r.Key).ShouldBe(["incident:1:card", "incident:1:redraw:2", "incident:1:note:2"], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_double_press_does_nothing_twice(Engine engine)
    {
        await using var stage = await OpenAsync(engine, source: AlertSource.Person);
        var until = stage.Clock.GetUtcNow().AddHours(1);
        await TwiceAsync(() => Actions(stage).SnoozeAsync(1, Sato, until, default));
        await TwiceAsync(() => Actions(stage).EscalateAsync(1, Sato, default));
        await TwiceAsync(() => Actions(stage).AcknowledgeAsync(1, Sato, null, default));
        await TwiceAsync(() => Actions(stage).AssignAsync(1, Sato, Tanaka, default));
        await TwiceAsync(() => Actions(stage).NoteAsync(1, Sato, "見ています", default));
        await TwiceAsync(() => Actions(stage).ResolveAsync(1, Sato, "", default));
        (await stage.TimelineAsync()).ShouldBe([Opened, Snoozed, Escalated, Acknowledged, Assigned, Noted, Resolved]);

        static async Task TwiceAsync(Func<Task<IncidentOutcome>> press)
        {
            (await press()).Kind.ShouldBe(OutcomeKind.Done);
            (await press()).Kind.ShouldBe(OutcomeKind.Already);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_people_who_press_different_buttons_at_once_are_one_winner_and_one_who_learns_who(Engine engine)
    {
        await using var stage = await OpenAsync(engine, source: AlertSource.Person);
        for (var round = 1; round <= 10; round++)
        {
            await stage.Intake.RaiseAsync([Some.Alert($"R{round}", source: AlertSource.Person)], default);
            var id = round + 1;
            var outcomes = await Task.WhenAll(
                Task.Run(() => Actions(stage).AcknowledgeAsync(id, Sato, null, default)),
                Task.Run(() => Actions(stage).ResolveAsync(id, Tanaka, "", default)));
            outcomes.Count(o => o.Kind == OutcomeKind.Done).ShouldBe(1);
            var winner = outcomes[0].Kind == OutcomeKind.Done ? Sato : Tanaka;
            outcomes.Single(o => o.Kind != OutcomeKind.Done).By.ShouldBe(winner);
            outcomes.Single(o => o.Kind != OutcomeKind.Done).Says.Ja.ShouldContain($"<@{winner}>");
            (await stage.IncidentAsync(id)).Version.ShouldBe(2);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Twenty_presses_of_two_instances_are_one_winner(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await using var other = stage.Another();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => Actions(i % 2 == 0 ? stage : other).AcknowledgeAsync(1, $"U0P{i}", null, default))));
        outcomes.Count(o => o.Kind == OutcomeKind.Done).ShouldBe(1);
        var winner = (await stage.IncidentAsync()).AcknowledgedBy;
        outcomes.Where(o => o.Kind == OutcomeKind.Already).ShouldAllBe(o => o.By == winner);
        (await stage.TimelineAsync()).ShouldBe([Opened, Acknowledged]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task It_can_not_be_resolved_while_it_fires_and_the_way_out_is_named(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        var refused = await Actions(stage).ResolveAsync(1, Sato, "", default);
        refused.Kind.ShouldBe(OutcomeKind.Refused);
        refused.Says.Ja.ShouldContain("サイレンス");
        refused.Says.En.ShouldContain("1 alert still fires");
        (await stage.IncidentAsync()).Version.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_person_opened_ends_with_its_alert_when_a_person_says_so(Engine engine)
    {
        await using var stage = await OpenAsync(engine, source: AlertSource.Person);
        (await Actions(stage).ResolveAsync(1, Sato, "直しました", default)).Kind.ShouldBe(OutcomeKind.Done);
        var incident = await stage.IncidentAsync();
        (incident.State, incident.ResolvedBy, incident.OpenKey, incident.FiringAlerts).ShouldBe((IncidentState.Resolved, Sato, null, 0));
        await using var db = stage.Db();
        db.Set<AlertRecord>().Single().Firing.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Escalate_climbs_one_level_and_opens_it_again_for_those(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await Actions(stage).AcknowledgeAsync(1, Sato, null, default);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Actions(stage).EscalateAsync(1, Sato, default)).Kind.ShouldBe(OutcomeKind.Done);
        var incident = await stage.IncidentAsync();
        (incident.Level, incident.State, incident.AcknowledgedBy).ShouldBe((2, IncidentState.Triggered, null));
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.ByHand));
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await Actions(stage).EscalateAsync(1, Tanaka, default);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Actions(stage).EscalateAsync(1, Tanaka, default)).Kind.ShouldBe(OutcomeKind.Refused);
        (await stage.IncidentAsync()).Level.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_assignment_takes_it_for_someone_and_hands_it_on(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await Actions(stage).AssignAsync(1, Sato, Tanaka, default);
        var incident = await stage.IncidentAsync();
        (incident.State, incident.AcknowledgedBy, incident.AssignedTo).ShouldBe((IncidentState.Acknowledged, Tanaka, null));
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await Actions(stage).AssignAsync(1, Sato, "U0THIRD", default);
        incident = await stage.IncidentAsync();
        (incident.AcknowledgedBy, incident.AssignedTo).ShouldBe((Tanaka, "U0THIRD"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_time_in_the_past_or_too_far_ahead_is_refused(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        var now = stage.Clock.GetUtcNow();
        (await Actions(stage).SnoozeAsync(1, Sato, now, default)).Says.ShouldBe(IncidentTexts.UntilPast);
        (await Actions(stage).SnoozeAsync(1, Sato, now.AddDays(8), default)).Says.ShouldBe(IncidentTexts.UntilFar);
        (await Actions(stage).AcknowledgeAsync(1, Sato, now.AddMinutes(-1), default)).Says.ShouldBe(IncidentTexts.UntilPast);
        (await Actions(stage).AcknowledgeAsync(7, Sato, null, default)).Kind.ShouldBe(OutcomeKind.Missing);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_newest_action_can_be_taken_back_for_ten_minutes_while_nothing_came_after_it(Engine engine)
    {
        await using var stage = await OpenAsync(engine, source: AlertSource.Person);
        await Actions(stage).AcknowledgeAsync(1, Sato, null, default);
        (await Actions(stage).UndoAsync(1, Sato, default)).Kind.ShouldBe(OutcomeKind.Done);
        var incident = await stage.IncidentAsync();
        (incident.State, incident.AcknowledgedBy).ShouldBe((IncidentState.Triggered, null));
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.CameBack));
        (await Actions(stage).UndoAsync(1, Sato, default)).Kind.ShouldBe(OutcomeKind.Refused);

        await Actions(stage).AcknowledgeAsync(1, Sato, null, default);
        await Actions(stage).ResolveAsync(1, Sato, "", default);
        await Actions(stage).UndoAsync(1, Tanaka, default);
        incident = await stage.IncidentAsync();
        (incident.State, incident.AcknowledgedBy, incident.OpenKey, incident.ResolvedBy).ShouldBe((IncidentState.Acknowledged, Sato, incident.GroupKey, null));

        await Actions(stage).ResolveAsync(1, Sato, "", default);
        stage.Clock.Advance(TimeSpan.FromMinutes(11));
        (await Actions(stage).UndoAsync(1, Sato, default)).Kind.ShouldBe(OutcomeKind.Refused);
    }

    [Fact]
    public async Task What_is_taken_back_leaves_things_as_they_were_before()
    {
        await using var stage = await OpenAsync(Engine.Sqlite, source: AlertSource.Person);
        var promise = stage.Clock.GetUtcNow().AddHours(2);
        await Actions(stage).AcknowledgeAsync(1, Sato, null, default);
        await Actions(stage).AssignAsync(1, Sato, Tanaka, default);
        (await Actions(stage).AcknowledgeAsync(1, Sato, promise, default)).Kind.ShouldBe(OutcomeKind.Done);
        var held = await stage.IncidentAsync();
        (held.AcknowledgedBy, held.AssignedTo, held.PromiseUntil).ShouldBe((Sato, Tanaka, promise), "a promise takes nothing from whoever works on it");

        await Actions(stage).SnoozeAsync(1, Sato, promise, default);
        await Actions(stage).UndoAsync(1, Sato, default);
        await ShouldBeHeldAsync();
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.Quiet), "nobody is told of what is taken");

        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await Actions(stage).ResolveAsync(1, Sato, "", default);
        await Actions(stage).UndoAsync(1, Sato, default);
        await ShouldBeHeldAsync();

        async Task ShouldBeHeldAsync()
        {
            var now = await stage.IncidentAsync();
            (now.State, now.AcknowledgedBy, now.AcknowledgedAt, now.AssignedTo, now.PromiseUntil, now.SnoozedUntil)
                .ShouldBe((IncidentState.Acknowledged, Sato, held.AcknowledgedAt, Tanaka, promise, null));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_end_can_not_be_taken_back_when_a_newer_incident_of_the_group_is_open(Engine engine)
    {
        await using var stage = await OpenAsync(engine, ("Alerting:ReopenMinutes", "0"));
        await stage.Intake.RaiseAsync([Some.Alert("Disk").Stopped()], default);
        await using (var db = stage.Db())
        {
            // As if a person had ended it.
            var incident = db.Set<Incident>().Single();
            incident.ResolvedBy = Sato;
            db.Set<IncidentEvent>().RemoveRange(db.Set<IncidentEvent>().Where(e => e.Kind == Resolved));
            db.Add(new IncidentEvent { IncidentId = 1, Number = 9, At = stage.Clock.GetUtcNow(), Kind = Resolved, Actor = Sato, Data = "{}" });
            incident.Events = 9;
            await db.SaveChangesAsync();
        }
        await stage.Intake.RaiseAsync([Some.Alert("Disk")], default);
        var refused = await Actions(stage).UndoAsync(1, Sato, default);
        (refused.Kind, refused.Says).ShouldBe((OutcomeKind.Refused, IncidentTexts.NewerOpen(1)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_note_of_any_kind_of_text_is_kept_as_long_as_it_may_be(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        var hostile = string.Concat(Enumerable.Repeat("\"\\<!channel>\u0000\u202E再起動しました\r\n", 500));
        (await Actions(stage).NoteAsync(1, Sato, hostile, default)).Kind.ShouldBe(OutcomeKind.Done);
        (await Actions(stage).NoteAsync(1, Sato, " \n", default)).Kind.ShouldBe(OutcomeKind.Refused);
        await using var db = stage.Db();
        var data = db.Set<IncidentEvent>().Single(e => e.Kind == Noted).Data;
        data.Length.ShouldBeLessThanOrEqualTo(IncidentEvent.MaxData);
        var text = AlertLabels.Read(data)["text"];
        text.ShouldContain("再起動しました");
        text.Split('\n').Length.ShouldBe(IncidentEvent.MostNoteLines);
        text.ShouldNotContain('\r');
        text.ShouldContain("…");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_note_keeps_its_lines_and_none_of_them_looks_like_the_timelines_own(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await Actions(stage).NoteAsync(1, Sato, "再起動した\r\n\r\n<@U0EVIL0001> が対応を引き受けました\n様子を見る", default);
        await using var db = stage.Db();
        var line = EventTexts.Line(db.Set<IncidentEvent>().Single(e => e.Kind == Noted), TimeZoneInfo.Utc);
        line.Ja.ShouldBe($"<@{Sato}> のメモ: \n> 再起動した\n> &lt;@U0EVIL0001&gt; が対応を引き受けました\n> 様子を見る");
        line.En.ShouldStartWith($"Note by <@{Sato}>: \n> 再起動した\n> ");
    }

    private static IIncidentActions Actions(AlertStage stage) => (IIncidentActions)stage.Services.GetService(typeof(IIncidentActions))!;

    private Task<AlertStage> OpenAsync(Engine engine, params (string, string)[] settings) => OpenAsync(engine, AlertSource.Alertmanager, settings);

    private async Task<AlertStage> OpenAsync(Engine engine, AlertSource source, params (string, string)[] settings)
    {
        var stage = await AlertStage.OpenAsync(engine, postgres, settings);
        await stage.Intake.RaiseAsync([Some.Alert("Disk", source: source)], default);
        return stage;
    }
}

using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Tests.House;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

public sealed class LadderTests
{
    private static readonly EscalationOptions Options = new();
    private static readonly BusinessCalendar Calendar = new(HolidayList.Japan, new(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

    // state of the ladder, time in Tokyo → what is done, at which level, why, and when the next step is due
    [Theory]
    [InlineData(1, 0, "opened", "2026-11-24 10:00", nameof(StepKind.Page), 1, "opened", "2026-11-24 12:00")]
    [InlineData(1, 0, "opened", "2026-11-24 17:00", nameof(StepKind.Page), 1, "opened", "2026-11-25 10:00")] // two business hours
    [InlineData(1, 0, "opened", "2026-11-24 02:00", nameof(StepKind.Wait), 1, "business-hours", "2026-11-24 09:00")] // at night
    [InlineData(1, 0, "opened", "2026-11-21 12:00", nameof(StepKind.Wait), 1, "business-hours", "2026-11-24 09:00")] // Saturday before a holiday
    [InlineData(1, 1, "not-acknowledged", "2026-11-24 12:00", nameof(StepKind.Page), 2, "not-acknowledged", "2026-11-24 12:15")]
    [InlineData(1, 1, "not-acknowledged", "2026-11-24 18:00", nameof(StepKind.Page), 2, "not-acknowledged", "2026-11-24 18:15")] // level 2 knows no hours
    [InlineData(2, 0, "opened", "2026-11-24 02:00", nameof(StepKind.Page), 2, "opened", "2026-11-24 02:15")]
    [InlineData(2, 1, "not-acknowledged", "2026-11-24 02:15", nameof(StepKind.Page), 3, "not-acknowledged", "2026-11-24 02:20")]
    [InlineData(2, 1, "unreachable", "2026-11-24 02:01", nameof(StepKind.Page), 3, "unreachable", "2026-11-24 02:06")]
    [InlineData(3, 0, "worsened", "2026-11-22 02:00", nameof(StepKind.Page), 3, "worsened", "2026-11-22 02:05")]
    [InlineData(3, 1, "not-acknowledged", "2026-11-24 02:05", nameof(StepKind.Page), 3, "not-acknowledged", "2026-11-24 02:10")]
    [InlineData(3, 900, "not-acknowledged", "2026-11-27 05:00", nameof(StepKind.Page), 3, "not-acknowledged", "2026-11-27 05:05")] // no end
    [InlineData(3, 0, "by-hand", "2026-11-24 02:00", nameof(StepKind.Page), 3, "by-hand", "2026-11-24 02:05")]
    [InlineData(2, 0, "came-back", "2026-11-24 02:00", nameof(StepKind.Page), 2, "came-back", "2026-11-24 02:15")]
    public void The_step_that_is_due(int level, int step, string rule, string now, string kind, int at, string why, string next)
    {
        var incident = LadderStage.NewIncident(1, level, At(now));
        (incident.Step, incident.NextStepRule) = (step, rule);

        var taken = EscalationLadder.Next(incident, Options, Calendar, At(now));

        (taken.Kind.ToString(), taken.Level, taken.Rule, taken.NextAt).ShouldBe((kind, at, why, At(next)));
        taken.Plan[0].At.ShouldBe(At(next));
        taken.Plan.ShouldBe(taken.Plan.OrderBy(p => p.At).ThenBy(p => p.Level));
    }

    [Fact]
    public void Nobody_is_told_of_what_is_taken_over_put_off_hidden_or_for_information()
    {
        var now = At("2026-11-24 10:00");
        StepKind After(Action<Incident> with)
        {
            var incident = LadderStage.NewIncident(1, 3, now);
            with(incident);
            return EscalationLadder.Next(incident, Options, Calendar, now).Kind;
        }

        After(_ => { }).ShouldBe(StepKind.Page);
        After(i => i.State = IncidentState.Acknowledged).ShouldBe(StepKind.None);
        After(i => i.State = IncidentState.Resolved).ShouldBe(StepKind.None);
        After(i => i.SnoozedUntil = now.AddSeconds(1)).ShouldBe(StepKind.None);
        After(i => i.SnoozedUntil = now).ShouldBe(StepKind.Page);
        After(i => i.HiddenBy = "silence:7").ShouldBe(StepKind.None);
        After(i => (i.Severity, i.Level) = (Severity.Information, 1)).ShouldBe(StepKind.None);
        After(i => (i.Severity, i.Level) = (Severity.Information, 2)).ShouldBe(StepKind.Page, "a person raised it");
    }

    [Fact]
    public void The_card_shows_the_way_to_the_top()
    {
        var incident = LadderStage.NewIncident(1, 1, At("2026-11-24 02:00"));
        Plan(incident, PlanCause.Opened, "2026-11-24 02:00");

        incident.NextStepAt.ShouldBe(At("2026-11-24 02:00"));
        incident.NextStepRule.ShouldBe("opened");
        PlannedStep.Read(incident.Plan).Select(p => (p.At, p.Level, p.WaitsForMorning)).ShouldBe(
        [
            (At("2026-11-24 09:00"), 1, true),
            (At("2026-11-24 11:00"), 2, false),
            (At("2026-11-24 11:15"), 3, false),
            (At("2026-11-24 11:20"), 3, false),
        ]);
        PlannedStep.Read(incident.Plan)[1].Roles.ShouldBe(["TechnicalLead", "Operations"]);
    }

    [Theory]
    [InlineData(nameof(PlanCause.Opened), "opened")]
    [InlineData(nameof(PlanCause.Worsened), "worsened")]
    [InlineData(nameof(PlanCause.CameBack), "came-back")]
    [InlineData(nameof(PlanCause.ByHand), "by-hand")]
    public void A_new_plan_begins_at_once_with_its_reason(string cause, string rule)
    {
        var incident = LadderStage.NewIncident(1, 2, At("2026-11-24 02:00"));
        (incident.Step, incident.NextStepAt) = (4, At("2026-11-24 03:00"));
        Plan(incident, Enum.Parse<PlanCause>(cause), "2026-11-24 02:30");
        (incident.Step, incident.NextStepAt, incident.NextStepRule).ShouldBe((0, At("2026-11-24 02:30"), rule));
    }

    [Fact]
    public void A_quiet_incident_has_no_plan()
    {
        var incident = LadderStage.NewIncident(1, 2, At("2026-11-24 02:00"));
        Plan(incident, PlanCause.Opened, "2026-11-24 02:00");
        Plan(incident, PlanCause.Quiet, "2026-11-24 02:01");
        (incident.NextStepAt, incident.NextStepRule, incident.Plan).ShouldBe((null, "", "[]"));
        incident.State = IncidentState.Acknowledged;
        Plan(incident, PlanCause.Worsened, "2026-11-24 02:02");
        incident.NextStepAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("Escalation:Level1:Roles", "Operators", "Escalation: Level1:Roles must name roles with commas (Operations, TechnicalLead,")]
    [InlineData("Escalation:Level1:Roles", "3", "Escalation: Level1:Roles must name roles with commas")]
    [InlineData("Escalation:Level2:AcknowledgeWithinMinutes", "0", "Escalation: Level2:AcknowledgeWithinMinutes must be between 1 and 1440, but is 0.")]
    [InlineData("Escalation:Level3:MailAfterSeconds", "-2", "Escalation: Level3:MailAfterSeconds must be between 0 and 86400, or -1 (never), but is -2.")]
    [InlineData("Escalation:Level3:Ways", "Mail", "Escalation:Level3:Ways is not a setting.")]
    [InlineData("OnCall:HandOverTime", "9", "OnCall: HandOverTime must be a time like 09:00, but is '9'.")]
    [InlineData("OnCall:HandOverDay", "Moonday", "OnCall:HandOverDay must be ")]
    [InlineData("OnCall:Operations:Rotation:0", "sato", "OnCall: Operations:Rotation must hold Slack user ids like U012AB3CD, but 'sato' is none.")]
    [InlineData("OnCall:Operations:StartsOn", "soon", "OnCall: Operations:StartsOn must be a day like 2026-01-05, but is 'soon'.")]
    [InlineData("OnCall:Security:UserGroup", "U012AB3CD", "OnCall: Security:UserGroup must be a Slack user group id like S012AB3CD, but is 'U012AB3CD'.")]
    [InlineData("People:Emails:0", "sato@example.com", "People: Emails:0 must look like U012AB3CD=tanaka@example.com.")]
    [InlineData("People:Phones:0", "U012AB3CD=0901234", "People: Phones:0 must look like U012AB3CD=+819012345678.")]
    public void A_wrong_setting_is_refused(string key, string value, string sentence) => TestBot.Complaint((key, value)).ShouldStartWith(sentence);

    private static void Plan(Incident incident, PlanCause cause, string now) =>
        new LadderPlan(new OptionsWrapper<EscalationOptions>(Options), Calendar).Plan(incident, cause, At(now));

    private static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(9));
}

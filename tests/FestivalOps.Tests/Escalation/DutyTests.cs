using FestivalOps.Commands.People;
using System.Globalization;
using FestivalOps.Commands.Roles;
using FestivalOps.Escalation;
using FestivalOps.Escalation.OnCall;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

public sealed class DutyTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly DutyRotation ThreeWeeks = new() { Rotation = ["UA", "UB", "UC"], StartsOn = "2026-01-05" };
    private static readonly Dictionary<string, Account> Nothing = [];

    [Theory]
    [InlineData("2026-01-05 09:00", "UA")]
    [InlineData("2026-01-12 08:59", "UA")] // the hand-over is at nine
    [InlineData("2026-01-12 09:00", "UB")]
    [InlineData("2026-01-19 09:00", "UC")]
    [InlineData("2026-01-26 09:00", "UA")]
    [InlineData("2025-12-29 12:00", "UC")] // before its start it goes round the same way
    [InlineData("2026-11-24 10:00", "UB")]
    public void The_week_decides_whose_turn_it_is(string at, string user) => DutyWeek.Order(ThreeWeeks, new(), At(at), Tokyo)[0].ShouldBe(user);

    [Fact]
    public void A_change_of_the_clocks_makes_no_week_longer()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var turns = Enumerable.Range(0, 60).Select(week =>
        {
            var local = new DateTime(2026, 1, 5, 9, 0, 0).AddDays(7 * week);
            return DutyWeek.Order(ThreeWeeks, new(), new(local, berlin.GetUtcOffset(local)), berlin)[0];
        });
        turns.ShouldBe(Enumerable.Range(0, 60).Select(week => ThreeWeeks.Rotation[week % 3]));
    }

    [Fact]
    public void The_hand_over_is_a_week_after_the_last() =>
        DutyWeek.End(new() { HandOverDay = DayOfWeek.Friday, HandOverTime = "17:30" }, At("2026-11-24 10:00"), Tokyo).ShouldBe(At("2026-11-27 17:30"));

    [Fact]
    public void Without_a_rotation_everyone_of_the_role_is_on_call() => Of(["UX", "UY"], [], []).OnCall.ShouldBe(["UX", "UY"]);

    [Fact]
    public void An_override_wins_over_the_rotation_for_its_role_only()
    {
        Of(["UX"], ["UA", "UB"], [Change(OnCallChangeKind.Override, "UZ", Role.Operations)]).OnCall.ShouldBe(["UZ"]);
        Of(["UX"], ["UA", "UB"], [Change(OnCallChangeKind.Override, "UZ", Role.Security)]).OnCall.ShouldBe(["UA"]);
    }

    [Fact]
    public void Who_is_away_gone_or_unknown_is_passed_over_with_the_reason()
    {
        var accounts = new Dictionary<string, Account> { ["UB"] = new(AccountState.Deactivated, null, null), ["UC"] = new(AccountState.Unknown, null, null) };
        var duty = Of(["UX"], ["UA", "UB", "UC", "UD"], [Change(OnCallChangeKind.Leave, "UA", null)], accounts);
        duty.OnCall.ShouldBe(["UD"]);
        duty.PassedOver.ShouldBe([new("UA", PassedOverReason.OnLeave), new("UB", PassedOverReason.Deactivated), new("UC", PassedOverReason.Unknown)]);
        duty.Everyone.ShouldBe(["UX", "UD"]);
    }

    [Fact]
    public void When_nobody_of_the_rotation_is_there_the_role_answers() =>
        Of(["UX", "UY"], ["UA"], [Change(OnCallChangeKind.Leave, "UA", null)]).OnCall.ShouldBe(["UX", "UY"]);

    [Fact]
    public void A_role_is_empty_only_when_nobody_can_be_told_at_all()
    {
        Of([], [], []).IsEmpty.ShouldBeTrue();
        Of(["UA"], [], [Change(OnCallChangeKind.Leave, "UA", null)]).IsEmpty.ShouldBeTrue();
        Duty.Of(Role.Operations, new([], ["S012"]), [], [], Nothing).IsEmpty.ShouldBeFalse();
    }

    private static Duty Of(string[] people, string[] order, OnCallChange[] changes, Dictionary<string, Account>? accounts = null) =>
        Duty.Of(Role.Operations, new(people, []), order, changes, accounts ?? Nothing);

    private static OnCallChange Change(OnCallChangeKind kind, string user, Role? role) => new()
    {
        Id = 1, Kind = kind, Role = role, UserId = user, StartsAt = DateTimeOffset.MinValue, EndsAt = DateTimeOffset.MaxValue, Author = "UZ", CreatedAt = DateTimeOffset.MinValue,
    };

    private static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(9));
}

using FestivalOps.Slack.Receiving;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

public sealed class ReplayMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_remembers_for_ten_minutes_and_then_forgets()
    {
        var memory = new ReplayMemory(_time);
        memory.IsFirst('e', "Ev1").ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(9.9));
        memory.IsFirst('e', "Ev1").ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(0.2));
        memory.IsFirst('e', "Ev1").ShouldBeTrue();
        memory.Count.ShouldBe(1);
    }

    [Fact]
    public void It_never_holds_more_than_its_limit_and_the_oldest_go_first()
    {
        var memory = new ReplayMemory(_time, most: 100);
        for (var number = 0; number < 1000; number++)
            memory.IsFirst('e', $"Ev{number}").ShouldBeTrue();
        memory.Count.ShouldBeLessThanOrEqualTo(100);
        memory.IsFirst('e', "Ev0").ShouldBeTrue();
    }

    [Fact]
    public void Ids_of_different_kinds_are_told_apart_and_a_missing_id_is_always_new()
    {
        var memory = new ReplayMemory(_time);
        memory.IsFirst('e', "1").ShouldBeTrue();
        memory.IsFirst('t', "1").ShouldBeTrue();
        memory.IsFirst('t', "").ShouldBeTrue();
        memory.IsFirst('t', "").ShouldBeTrue();
        memory.IsFirst('t', new string('日', 1000)).ShouldBeTrue();
        memory.IsFirst('t', new string('日', 1000)).ShouldBeFalse();
    }
}

using FestivalOps.Commands.Queue;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

public sealed class BurstTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 28, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_few_commands_at_once_are_worked_on_at_once()
    {
        var burst = new Burst(_clock);
        Arrive(burst, Burst.Arrivals - 1);
        burst.PassAsync(CancellationToken.None).AsTask().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_waits_while_many_arrive_and_goes_on_right_after_them()
    {
        var burst = new Burst(_clock);
        Arrive(burst, Burst.Arrivals);
        var work = burst.PassAsync(CancellationToken.None).AsTask();
        work.IsCompleted.ShouldBeFalse();
        _clock.Advance(Burst.Slot);
        work.IsCompleted.ShouldBeFalse();
        _clock.Advance(Burst.Slot);
        await work.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_burst_without_end_does_not_stop_the_work()
    {
        var burst = new Burst(_clock);
        Arrive(burst, Burst.Arrivals);
        var work = burst.PassAsync(CancellationToken.None).AsTask();
        var start = _clock.GetUtcNow();
        while (!work.IsCompleted)
        {
            _clock.Advance(Burst.Slot);
            Arrive(burst, Burst.Arrivals);
            await Task.Yield();
        }
        (_clock.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(Burst.Patience);
    }

    [Fact]
    public void Twenty_within_a_tenth_of_a_second_are_a_crowd_and_no_burst_and_it_passes()
    {
        var burst = new Burst(_clock);
        for (var arrival = 0; arrival < Burst.Arrivals; arrival++)
        {
            burst.IsCrowd.ShouldBeFalse();
            burst.Arrive();
            _clock.Advance(Burst.CrowdSlot / 25);
        }
        burst.IsCrowd.ShouldBeTrue();
        burst.IsOn.ShouldBeFalse();
        _clock.Advance(2 * Burst.CrowdSlot);
        burst.IsCrowd.ShouldBeFalse();
    }

    private static void Arrive(Burst burst, int times)
    {
        for (var i = 0; i < times; i++) burst.Arrive();
    }
}

using Shouldly;
using Xunit;

namespace FestivalOps.Tests.House;

public sealed class IdleMemoryTests
{
    private readonly IdleMemory _memory;
    private long _allocated;
    private int _given;

    public IdleMemoryTests() => _memory = new(TimeProvider.System, () => _allocated, () => _given++);

    [Fact]
    public void What_the_start_needed_is_given_back_once_the_bot_idles_and_not_before()
    {
        Look(allocated: 11_000_000);
        _given.ShouldBe(0);
        Look(allocated: 40_000);
        _given.ShouldBe(1);
    }

    [Fact]
    public void A_busy_bot_is_not_stopped_for_a_collection()
    {
        for (var look = 0; look < 20; look++) Look(allocated: 50_000_000);
        _given.ShouldBe(0);
    }

    [Fact]
    public void An_idling_bot_gives_back_again_when_enough_has_come_together()
    {
        Look(allocated: 11_000_000);
        Look(allocated: 40_000);
        for (var look = 0; look < 6; look++) Look(allocated: 1_200_000);
        _given.ShouldBe(1);
        Look(allocated: 1_200_000);
        _given.ShouldBe(2);
    }

    private void Look(long allocated)
    {
        _allocated += allocated;
        _memory.Look();
    }
}

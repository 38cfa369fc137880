using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Lockdown;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Tests.Maintenance;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>The plans and steps of a lock-down over two hosts, one of which may be away.</summary>
public sealed class LockdownPlanTests : IAsyncLifetime
{
    private readonly Wall _web = new("web1");
    private readonly Wall _db = new("db1");
    private readonly TaskStage _stage;

    public LockdownPlanTests() => _stage = new(services => services.AddSingleton<IFirewalls>(new Walls([_web, _db])).AddSingleton<ILockdownProbe>(new NoProbe()));

    public ValueTask InitializeAsync()
    {
        _stage.Set("Blocking:Lockdown:Allow:0", "203.0.113.0/24").Set("Blocking:Lockdown:Allow:1", "2001:db8::/32").Set("Blocking:NeverBlock:0", "198.51.100.7").Set("Blocking:TrustedProxies:0", "10.0.0.1");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_plan_names_each_host_everyone_who_still_comes_in_and_what_it_needs_to_be_kept()
    {
        var plan = await _stage.PlanAsync<LockdownTask>();
        plan.Instead.ShouldBeNull();
        plan.IsPartial.ShouldBeFalse();
        plan.Host.ShouldBe("web1, db1");
        plan.Steps.Select(s => s.Exact).ShouldBe(["nftables on web1: drop new connections except from the list for 5 min", "nftables on db1: drop new connections except from the list for 5 min"]);
        var facts = plan.Facts.Select(f => f.En).ToList();
        facts.ShouldContain("unless someone presses Keep within 5 minutes, the hosts lift it by themselves");
        facts.Where(f => f.StartsWith("allowed: ", StringComparison.Ordinal)).ShouldBe(["allowed: 10.0.0.1", "allowed: 198.51.100.7", "allowed: 203.0.113.0/24", "allowed: 2001:db8::/32"]);
        facts.ShouldContain("web1 can't be kept: there is no way to try a connection from outside (set Blocking:Lockdown:ProbeFrom and ProbeTo)");
        _web.Says.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_host_is_away_and_the_other_is_locked_and_both_are_said()
    {
        _db.Problem = new("db1 に接続できません", "db1 can't be reached");
        var plan = await _stage.PlanAsync<LockdownTask>();
        plan.Facts.ShouldContain(f => f.En == "db1: not known (db1 can't be reached)");
        plan.IsPartial.ShouldBeTrue();
        var outcome = await _stage.RunAsync<LockdownTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("web1: locked down");
        outcome.En().ShouldContain("db1: not done. db1 can't be reached");
        _web.Says.ShouldBe(["lock 10.0.0.1 198.51.100.7 203.0.113.0/24 2001:db8::/32 for 300"]);
    }

    [Fact]
    public async Task Lifting_has_the_same_way_and_nothing_to_lift_is_said()
    {
        (await _stage.PlanAsync<LockdownLiftTask>()).Instead!.Sentence.En.ShouldBe("It is not locked down");
        _web.State = _db.State = new(IsLocked: true, null, null, []);
        (await _stage.PlanAsync<LockdownLiftTask>()).Steps.Select(s => s.Says.Ja).ShouldBe(["web1: 新しい接続の拒否をやめます", "db1: 新しい接続の拒否をやめます"]);
        (await _stage.PlanAsync<LockdownTask>()).Instead!.Sentence.En.ShouldBe("It is locked down already");
        var outcome = await _stage.RunAsync<LockdownLiftTask>();
        outcome.End.ShouldBe(TaskEnd.Ok);
        outcome.Sentence.En.ShouldStartWith("Lock-down lifted; comes back by itself at ");
        _web.Says.ShouldBe(["lift for 300"]);
    }

    [Theory]
    [InlineData("Lock:1795917600:run1", true)]
    [InlineData("Lock:99999999999999999:run1", false)]
    [InlineData("Lock:-5:run1", false)]
    [InlineData("Open:1795917600:run1", false)]
    [InlineData("Lock:1795917600", false)]
    [InlineData("", false)]
    public void A_button_whose_value_is_not_ours_is_none(string value, bool isOurs) => (LockdownTime.Read(value) is not null).ShouldBe(isOurs);

    private sealed class Walls(IReadOnlyList<ILockdownFirewall> walls) : IFirewalls
    {
        public IReadOnlyList<IFirewall> All => [];

        public IReadOnlyList<ILockdownFirewall> Lockdowns => walls;
    }

    private sealed class NoProbe : ILockdownProbe
    {
        public LocalizedText? Way(string host) => null;

        public Task<LocalizedText?> TryAsync(string host, CancellationToken ct) => Task.FromResult<LocalizedText?>(LockdownTexts.NoWay(host));
    }

    private sealed class Wall(string host) : ILockdownFirewall
    {
        public string Host => host;

        public LockdownState State { get; set; } = LockdownState.None;

        public LocalizedText? Problem { get; set; }

        public List<string> Says { get; } = [];

        public Task<LockdownReading> ReadAsync(CancellationToken ct) => Task.FromResult(Problem is null ? new LockdownReading(State, null) : new(null, Problem));

        public Task<FirewallAnswer> LockAsync(IReadOnlyCollection<AddressRange> allow, TimeSpan? time, CancellationToken ct) => Done($"lock {string.Join(' ', allow)} for {time?.TotalSeconds}");

        public Task<FirewallAnswer> LiftAsync(TimeSpan? time, CancellationToken ct) => Done($"lift for {time?.TotalSeconds}");

        public Task<FirewallAnswer> KeepAsync(LockdownStep step, CancellationToken ct) => Done($"keep {step}");

        private Task<FirewallAnswer> Done(string what)
        {
            if (Problem is not null) return Task.FromResult(new FirewallAnswer(Problem));
            Says.Add(what);
            return Task.FromResult(FirewallAnswer.Done);
        }
    }
}

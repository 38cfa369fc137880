using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>The lock-down, with real packets and the kernel's own clock.</summary>
public sealed class LockdownTests : IAsyncLifetime
{
    private static readonly string[] Clients = [FirewalledMachine.First, FirewalledMachine.Far, FirewalledMachine.FirstV6, FirewalledMachine.OtherV6];

    private static readonly AddressRange[] Allowlist = [Range("192.0.2.128/25"), Range("192.0.2.130"), Range("2001:db8:1:3::/64"), Range("198.51.100.0/25"), Range("198.51.100.128/25")];

    private FirewalledMachine _machine = null!;
    private MachineHost _host = null!;
    private NftablesLockdown _lockdown = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(FirewalledMachine.IsAvailable(FirewallKind.Nftables, out var reason), reason);
        _machine = await FirewalledMachine.StartAsync(Ct);
        _host = _machine.Host();
        _lockdown = new(_host);
    }

    public async ValueTask DisposeAsync()
    {
        if (_machine is null) return;
        _host.Dispose();
        await _machine.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_allowlist_comes_in_until_it_is_lifted()
    {
        (await StateAsync()).ShouldBe(LockdownState.None);
        await DoneAsync(_lockdown.LockAsync(Allowlist, null, Ct));
        var state = await StateAsync();
        (state.IsLocked, state.IsShut, state.EndsIn, state.LiftedFor).ShouldBe((true, true, null, null));
        state.Allowed.ShouldBe([Range("192.0.2.128/25"), Range("2001:db8:1:3::/64"), Range("198.51.100.0/25"), Range("198.51.100.128/25")], ignoreOrder: true);
        (await ServedAsync(FirewalledMachine.Far, FirewalledMachine.OtherV6)).ShouldBe([FirewalledMachine.Far, FirewalledMachine.OtherV6]);
        await DoneAsync(_lockdown.LiftAsync(null, Ct));
        (await StateAsync()).ShouldBe(LockdownState.None);
        (await ServedAsync(Clients)).Count.ShouldBe(4);
        await DoneAsync(_lockdown.LiftAsync(null, Ct));
        (await _machine.RunAsync("/usr/sbin/nft", "list", "tables")).ShouldBe("");
    }

    [Fact]
    public async Task It_ends_by_itself_after_its_time()
    {
        await DoneAsync(_lockdown.LockAsync(Allowlist, TimeSpan.FromSeconds(2), Ct));
        (await StateAsync()).EndsIn.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
        (await FirewalledMachine.ComesTrueAsync(() => _machine.GetsInAsync(FirewalledMachine.First, isExpected: false), Ct)).ShouldBeTrue();
        (await FirewalledMachine.ComesTrueAsync(() => _machine.GetsInAsync(FirewalledMachine.FirstV6, isExpected: false), Ct)).ShouldBeTrue();
        (await StateAsync()).ShouldBe(LockdownState.None);
        (await _lockdown.KeepAsync(LockdownStep.Lock, Ct)).Problem.ShouldNotBeNull().En.ShouldBe("The time was over before it was kept: web1 has gone back by itself.");
        (await ServedAsync(Clients)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Kept_it_stays()
    {
        await DoneAsync(_lockdown.LockAsync(Allowlist, TimeSpan.FromSeconds(5), Ct));
        await DoneAsync(_lockdown.KeepAsync(LockdownStep.Lock, Ct));
        await DoneAsync(_lockdown.KeepAsync(LockdownStep.Lock, Ct));
        var state = await StateAsync();
        (state.IsShut, state.EndsIn).ShouldBe((true, null));
        (await ServedAsync(FirewalledMachine.Far, FirewalledMachine.OtherV6)).ShouldBe([FirewalledMachine.Far, FirewalledMachine.OtherV6]);
    }

    [Fact]
    public async Task Lifted_for_a_time_it_comes_back_by_itself()
    {
        await DoneAsync(_lockdown.LockAsync(Allowlist, null, Ct));
        await DoneAsync(_lockdown.LiftAsync(TimeSpan.FromSeconds(60), Ct));
        var state = await StateAsync();
        (state.IsLocked, state.IsShut, state.EndsIn).ShouldBe((true, false, null));
        state.LiftedFor.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
        (await ServedAsync(Clients)).Count.ShouldBe(4);
        await DoneAsync(_lockdown.LiftAsync(TimeSpan.FromSeconds(1), Ct));
        (await FirewalledMachine.ComesTrueAsync(async () => (await StateAsync()).IsShut, Ct)).ShouldBeTrue();
        (await ServedAsync(FirewalledMachine.Far, FirewalledMachine.OtherV6)).ShouldBe([FirewalledMachine.Far, FirewalledMachine.OtherV6]);
        (await _lockdown.KeepAsync(LockdownStep.Lift, Ct)).Problem.ShouldNotBeNull().Ja.ShouldContain("自動的に元の状態に戻っています");
        (await StateAsync()).IsShut.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lifting_that_is_kept_stays()
    {
        await DoneAsync(_lockdown.LockAsync(Allowlist, null, Ct));
        await DoneAsync(_lockdown.LiftAsync(TimeSpan.FromSeconds(60), Ct));
        await DoneAsync(_lockdown.KeepAsync(LockdownStep.Lift, Ct));
        (await StateAsync()).ShouldBe(LockdownState.None);
        (await ServedAsync(Clients)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Connections_that_are_there_go_on_except_of_who_is_blocked()
    {
        using var first = (await _machine.CallAsync(FirewalledMachine.First)).ShouldNotBeNull();
        using var second = (await _machine.CallAsync(FirewalledMachine.Second)).ShouldNotBeNull();
        await DoneAsync(_lockdown.LockAsync(Allowlist, null, Ct));
        (await FirewalledMachine.AnswersAsync(first)).ShouldBeTrue();
        (await FirewalledMachine.AnswersAsync(second)).ShouldBeTrue();
        var firewall = new HostFirewall(_host, FirewallKind.Nftables);
        await DoneAsync(firewall.ApplyAsync(new([new(Range(FirewalledMachine.Second), null)], []), Ct));
        (await FirewalledMachine.AnswersAsync(first)).ShouldBeTrue();
        (await FirewalledMachine.AnswersAsync(second, isExpected: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_allowlist_takes_the_place_of_the_one_before()
    {
        await DoneAsync(_lockdown.LockAsync(Allowlist, null, Ct));
        await DoneAsync(_lockdown.LockAsync([Range(FirewalledMachine.First)], null, Ct));
        (await ServedAsync(FirewalledMachine.First)).ShouldBe([FirewalledMachine.First]);
    }

    [Fact]
    public async Task Ports_that_containers_publish_are_shut_and_containers_still_reach_out()
    {
        await _machine.PublishAsync();
        await DoneAsync(_lockdown.LockAsync(Allowlist, null, Ct));
        (await _machine.CallAsync(FirewalledMachine.First, isExpected: false, FirewalledMachine.PublishedPort)).ShouldBeNull();
        using var allowed = (await _machine.CallAsync(FirewalledMachine.Far, port: FirewalledMachine.PublishedPort)).ShouldNotBeNull();
        (await FirewalledMachine.AnswersAsync(allowed)).ShouldBeTrue();
        (await _machine.ContainerReachesOutAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_that_would_shut_everyone_out_or_holds_nonsense_changes_nothing()
    {
        (await _lockdown.LockAsync([], null, Ct)).Problem.ShouldNotBeNull().En.ShouldBe("The allowlist is empty, which would shut everyone out. Nothing was changed.");
        (await _lockdown.LockAsync([Range("192.0.2.1"), Range("127.0.0.1")], null, Ct)).Problem.ShouldNotBeNull().En.ShouldStartWith("127.0.0.1 can't be used");
        (await _lockdown.LockAsync([.. Enumerable.Range(0, 1_001).Select(n => Range($"203.0.{n / 250}.{n % 250}"))], null, Ct)).Problem.ShouldNotBeNull().En.ShouldContain("1,001");
        foreach (var (verb, input) in ((string, string)[])
            [("lock", ""), ("lock", "for 60\n"), ("lock", "allow 192.0.2.1\n"), ("lock", "for 60\nallow 0.0.0.0/0\n"), ("lock", "for 60\nallow 192.0.2.1; flush ruleset\n"), ("lock", "for 60 }\nallow 192.0.2.1\n"),
            ("unlock", ""), ("unlock", "for -1\n"), ("unlock", "for 1\nfor 2\n"), ("keep", ""), ("keep", "all\n"), ("keep", "lock; id\n")])
        {
            var command = new FestivalOps.Hosts.HostCommand(FestivalOps.Hosts.HostCommands.FirewallScript, verb, "nftables") { AsRoot = true, Input = System.Text.Encoding.ASCII.GetBytes(input) };
            (await _host.RunAsync(command, null, Ct)).ExitCode.ShouldBe(2, $"{verb}: {input}");
        }
        (await _machine.RunAsync("/usr/sbin/nft", "list", "tables")).ShouldBe("");
    }

    [Fact]
    public async Task Firewalls_that_can_not_say_so()
    {
        var none = new NoLockdown("web1", FirewallKind.Ufw);
        const string said = "ufw on web1 can't be locked down: that needs nftables (Blocking:Firewalls:web1:Kind).";
        (await none.LockAsync(Allowlist, null, Ct)).Problem!.En.ShouldBe(said);
        (await none.LiftAsync(null, Ct)).Problem!.En.ShouldBe(said);
        (await none.KeepAsync(LockdownStep.Lock, Ct)).Problem!.En.ShouldBe(said);
        (await none.ReadAsync(Ct)).Problem!.En.ShouldBe(said);
    }

    private static AddressRange Range(string text) => AddressRange.TryParse(text, out var range) ? range : throw new FormatException(text);

    private static async Task DoneAsync(Task<FirewallAnswer> answer) => (await answer).Problem?.En.ShouldBeNull();

    private async Task<LockdownState> StateAsync()
    {
        var reading = await _lockdown.ReadAsync(Ct);
        reading.Problem?.En.ShouldBeNull();
        return reading.State.ShouldNotBeNull();
    }

    // Of four clients those that are served. Who is expected is waited for; who is not, for a moment only.
    private async Task<List<string>> ServedAsync(params string[] expected)
    {
        var served = new List<string>();
        foreach (var client in Clients)
        {
            if (await _machine.GetsInAsync(client, isExpected: expected.Contains(client))) served.Add(client);
        }
        return served;
    }
}

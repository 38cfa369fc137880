using System.Text;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Hosts;
using FestivalOps.Language;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>What every kind of firewall does the same way, with real packets; each kind runs these.</summary>
public abstract class FirewallSpecs : IAsyncLifetime
{
    private MachineHost _host = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract FirewallKind Kind { get; }

    /// <summary>Whether blocks end by themselves.</summary>
    protected virtual bool HasTimes => true;

    private protected FirewalledMachine Machine { get; private set; } = null!;

    private protected HostFirewall Firewall { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(FirewalledMachine.IsAvailable(Kind, out var reason), reason);
        Machine = await FirewalledMachine.StartAsync(Ct);
        _host = Machine.Host();
        Firewall = new HostFirewall(_host, Kind);
        await BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Machine is null) return;
        await EndAsync();
        _host.Dispose();
        await Machine.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_blocked_gets_no_answer_and_who_is_let_in_again_does()
    {
        (await GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.First);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await GetsInAsync(FirewalledMachine.Second)).ShouldBeTrue();
        await UnblockAsync(FirewalledMachine.First);
        (await GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_IPv6_the_whole_64_is_blocked_and_no_other()
    {
        (await GetsInAsync(FirewalledMachine.FirstV6)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.FirstV6);
        (await GetsInAsync(FirewalledMachine.FirstV6, isExpected: false)).ShouldBeFalse();
        (await GetsInAsync(FirewalledMachine.NeighbourV6, isExpected: false)).ShouldBeFalse();
        (await GetsInAsync(FirewalledMachine.OtherV6)).ShouldBeTrue();
        await UnblockAsync(FirewalledMachine.FirstV6);
        (await GetsInAsync(FirewalledMachine.FirstV6)).ShouldBeTrue();
    }

    [Fact]
    public async Task Ranges_overlap_as_they_like_and_each_is_taken_away_by_itself()
    {
        await BlockAsync("192.0.2.0/25");
        await BlockAsync(FirewalledMachine.First, "192.0.2.0/28", "192.0.0.0/8", "192.0.2.0/25", "2001:db8::/32", "2001:db8:1:2::/64");
        (await ReadAsync()).ShouldBe(["192.0.0.0/8", FirewalledMachine.First, "192.0.2.0/25", "192.0.2.0/28", "2001:db8::/32", "2001:db8:1:2::/64"], ignoreOrder: true);
        (await GetsInAsync(FirewalledMachine.Far, isExpected: false)).ShouldBeFalse();
        await UnblockAsync("192.0.0.0/8", "192.0.2.0/28", FirewalledMachine.First, "2001:db8:1:2::/64");
        (await GetsInAsync(FirewalledMachine.Far)).ShouldBeTrue();
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await GetsInAsync(FirewalledMachine.OtherV6, isExpected: false)).ShouldBeFalse();
        await UnblockAsync("192.0.2.0/25", "2001:db8::/32");
        (await GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
        (await GetsInAsync(FirewalledMachine.OtherV6)).ShouldBeTrue();
        (await ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_read_is_what_was_applied()
    {
        (await ReadAsync()).ShouldBeEmpty();
        (string Range, TimeSpan? For)[] wanted =
            [("203.0.113.9", null), ("198.51.100.0/24", TimeSpan.FromHours(1)), ("10.128.0.0/9", TimeSpan.FromDays(7)), ("2001:db8:1:2::/64", TimeSpan.FromMinutes(5)), ("2a00:8000::/17", null)];
        await ApplyAsync(new([.. wanted.Select(w => new FirewallEntry(Range(w.Range), w.For))], []));
        var read = (await Firewall.ReadAsync(Ct)).Entries.ShouldNotBeNull();
        read.Select(e => e.Range.ToString()).ShouldBe(wanted.Select(w => w.Range), ignoreOrder: true);
        foreach (var (range, time) in wanted)
        {
            var left = read.Single(e => e.Range == Range(range)).For;
            if (time is null || !HasTimes) left.ShouldBeNull(range);
            else left.ShouldNotBeNull(range).ShouldBeInRange(time.Value - TimeSpan.FromSeconds(60), time.Value, range);
        }
    }

    [Fact]
    public async Task Twice_is_once()
    {
        for (var i = 0; i < 2; i++)
        {
            await BlockAsync(FirewalledMachine.First, FirewalledMachine.FirstV6);
            (await ReadAsync()).ShouldBe([FirewalledMachine.First, "2001:db8:1:2::/64"], ignoreOrder: true);
        }
        for (var i = 0; i < 2; i++)
        {
            await UnblockAsync(FirewalledMachine.First, FirewalledMachine.FirstV6, "203.0.113.77");
            (await ReadAsync()).ShouldBeEmpty();
        }
        await ApplyAsync(new([], []));
        (await ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_that_would_shut_out_half_the_world_or_the_host_itself_is_refused_with_all_that_stands_beside_it()
    {
        foreach (var text in (string[])["0.0.0.0/1", "10.0.0.0/7", "127.0.0.1", "169.254.1.1", "224.0.0.1", "2000::/3", "fe80::1", "ff02::1"])
        {
            var change = new FirewallChange([new(Range(FirewalledMachine.First), null), new(Range(text), null)], []);
            (await Firewall.ApplyAsync(change, Ct)).Problem.ShouldNotBeNull(text).En.ShouldContain("can't be used");
        }
        (await ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_that_would_do_more_are_refused_by_the_script_itself()
    {
        await BlockAsync(FirewalledMachine.Second);
        foreach (var line in (string[])["add 1.2.3.4; id 60", "add 1.2.3.4 60; flush ruleset", "add $(id) 60", "add -j 60", "add any 60", "add 0.0.0.0/0 60", "del *"])
        {
            var (code, said) = await SayAsync(HostCommands.AsRoot.Single(c => c.ToString().EndsWith($"apply {FirewallTexts.Name(Kind)}", StringComparison.Ordinal)), $"add 203.0.113.5 60\n{line}\n");
            code.ShouldBe(2, line);
            said.ShouldStartWith("festivalops-firewall: line 2 ");
        }
        (await ReadAsync()).ShouldBe([FirewalledMachine.Second]);
    }

    [Fact]
    public async Task A_host_without_the_script_and_one_whose_sudo_refuses_say_how_it_is_set_up()
    {
        var script = Path.Combine(Machine.Folder, "sbin", "festivalops-firewall");
        var rules = Path.Combine(Machine.Folder, "sudoers.d", "festivalops");
        File.Move(script, script + ".away");
        var problem = (await Firewall.ReadAsync(Ct)).Problem.ShouldNotBeNull();
        problem.En.ShouldBe("not available: web1 has no /usr/local/sbin/festivalops-firewall. How to set it up: deploy/firewall/README.md");
        File.Move(script + ".away", script);
        File.Delete(rules);
        problem = (await Firewall.ApplyAsync(new([new(Range(FirewalledMachine.First), null)], []), Ct)).Problem.ShouldNotBeNull();
        problem.En.ShouldStartWith("not available: sudo on web1 does not allow sudo /usr/local/sbin/festivalops-firewall apply ");
        problem.En.ShouldEndWith("How to set it up: deploy/firewall/README.md");
    }

    [Fact]
    public async Task A_tool_that_is_missing_refuses_or_hangs_is_said_so_in_one_sentence()
    {
        var tool = Kind switch
        {
            FirewallKind.Nftables => "nft",
            FirewallKind.Iptables => "ipset",
            FirewallKind.Ufw => "ufw",
            _ => "nginx",
        };
        var change = new FirewallChange([new(Range(FirewalledMachine.First), null)], []);
        await Machine.ReplaceAsync($"/usr/sbin/{tool}", null);
        foreach (var problem in await ProblemsAsync(Firewall, change))
        {
            problem.En.ShouldStartWith($"web1 lacks {FirewallTexts.Name(Kind)} ({tool} is not installed). Run there: sudo apt-get install -y ");
            problem.Ja.ShouldContain("sudo apt-get install -y");
        }
        await Machine.ReplaceAsync($"/usr/sbin/{tool}", "#!/bin/sh\necho '[emerg] Operation not permitted' >&2\necho more >&2\nexit 1\n");
        foreach (var problem in await ProblemsAsync(Firewall, change))
            problem.En.ShouldBe($"{FirewallTexts.Name(Kind)} on web1 failed: [emerg] Operation not permitted");
        await Machine.ReplaceAsync($"/usr/sbin/{tool}", "#!/bin/sh\nsleep 3600\n");
        using var impatient = Machine.Host(TimeSpan.FromSeconds(2));
        var hanging = new HostFirewall(impatient, Kind);
        foreach (var problem in await ProblemsAsync(hanging, change))
            problem.En.ShouldBe("web1: it did not end within 2 s and was ended.");
    }

    private protected static AddressRange Range(string text) => AddressRange.TryParse(text, out var range) ? range : throw new FormatException(text);

    private protected Task BlockAsync(params string[] ranges) => ApplyAsync(new([.. ranges.Select(r => new FirewallEntry(Range(r), TimeSpan.FromHours(1)))], []));

    private protected Task BlockForAsync(string range, TimeSpan? time) => ApplyAsync(new([new(Range(range), time)], []));

    private protected Task UnblockAsync(params string[] ranges) => ApplyAsync(new([], [.. ranges.Select(Range)]));

    private protected async Task ApplyAsync(FirewallChange change) => (await Firewall.ApplyAsync(change, Ct)).Problem?.En.ShouldBeNull();

    private protected async Task<List<string>> ReadAsync()
    {
        var reading = await Firewall.ReadAsync(Ct);
        reading.Problem?.En.ShouldBeNull();
        return [.. reading.Entries!.Select(e => e.Range.ToString())];
    }

    private protected async Task<(int? Code, string Said)> SayAsync(HostCommand verb, string input)
    {
        var result = await _host.RunAsync(verb with { Input = Encoding.Latin1.GetBytes(input) }, null, Ct);
        return (result.ExitCode, result.Error.Text);
    }

    /// <summary>Whether a client is served.</summary>
    private protected virtual Task<bool> GetsInAsync(string source, bool isExpected = true) => Machine.GetsInAsync(source, isExpected);

    /// <summary>What a kind needs before.</summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>Puts that away.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    private static async Task<LocalizedText[]> ProblemsAsync(HostFirewall firewall, FirewallChange change) =>
        [(await firewall.ReadAsync(Ct)).Problem.ShouldNotBeNull(), (await firewall.ApplyAsync(change, Ct)).Problem.ShouldNotBeNull()];
}

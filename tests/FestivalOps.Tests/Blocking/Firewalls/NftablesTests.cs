using FestivalOps.Blocking.Firewalls;
using FestivalOps.Hosts;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>nftables.</summary>
public sealed class NftablesTests : KernelFirewallSpecs
{
    private static readonly string[] Hostile =
    [
        "add 1.2.3.4; rm -rf / 60",
        "add 1.2.3.4 60; flush ruleset",
        "add 1.2.3.4 60 }",
        "add $(id) 60",
        "add `id` 60",
        "add 1.2.3.4\t60",
        "add  1.2.3.4 60",
        " add 1.2.3.4 60",
        "add 1.2.3.4 60 ",
        "add 1.2.3.4 60\r",
        "add 1.2.3.4 60\0; flush ruleset",
        "add 1.2.3.4",
        "add 1.2.3.4 -1",
        "add 1.2.3.4 060",
        "add 1.2.3.4 1e3",
        "add 1.2.3.4 9999999999",
        "add 1.2.3.4 315360001",
        "add 1.2.3.256 60",
        "add 1.2.3.04 60",
        "add 1.2.3 60",
        "add 1.2.3.4.5 60",
        "add 1.2.3.4/ 60",
        "add 1.2.3.4/33 60",
        "add 1.2.3.4/24 60",
        "add 1.2.3.4/24/24 60",
        "add 0.0.0.0/0 60",
        "add 10.0.0.0/7 60",
        "add 0.0.0.0 60",
        "add 127.0.0.1 60",
        "add 169.254.169.254 60",
        "add 224.0.0.0/8 60",
        "add ::/0 60",
        "add ::1/64 60",
        "add 2001:db8::1 60",
        "add 2001:db8::/65 60",
        "add 2001:db8::1/64 60",
        "add 2001:db9::/31 60",
        "add 2001:db8::1::/64 60",
        "add 2001:db8:::/64 60",
        "add 2001:db8:1:2:3:4:5:6:7/64 60",
        "add 2001:DB8::/32 60",
        "add 2001:0db80::/32 60",
        "add fe80::/64 60",
        "add ff02::/64 60",
        "add ::ffff:1.2.3.4/64 60",
        "del *",
        "del 1.2.3.4 60",
        "flush ruleset",
        "# comment",
        "",
    ];

    private protected override FirewallKind Kind => FirewallKind.Nftables;

    [Fact]
    public async Task A_line_that_is_none_refuses_all_of_them()
    {
        await BlockAsync(FirewalledMachine.Second);
        var before = await ForeignAsync();
        foreach (var line in Hostile)
        {
            foreach (var input in (string[])[$"add 203.0.113.5 60\n{line}\n", $"{line}\nadd 203.0.113.5 60\n"])
            {
                var (code, said) = await SayAsync(HostCommands.ChangeNftables, input);
                code.ShouldBe(2, $"{line}: {said}");
                said.ShouldMatch(@"^festivalops-firewall: line [12] (is neither add ADDRESS SECONDS nor del ADDRESS|has no address that may be named here|has no time from 0 to 315360000 seconds)\n$");
            }
        }
        (await ReadAsync()).ShouldBe([FirewalledMachine.Second]);
        (await ForeignAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_stands_at_the_edge_of_that_is_taken()
    {
        string[] right =
        [
            "add 1.0.0.0/8 0", "add 223.255.255.255 315360000", "add 169.253.0.0/16 60", "add 2001:db8:0:0:0:0:0:0/64 60", "add 2001:db8::0/64 90", "add 1::/16 86400", "add fe7f::/16 60", "add fec0::/16 60",
            "add feff:ffff:ffff:ffff::/64 60", "del 203.0.113.9", "add 203.0.113.9 60",
        ];
        (await SayAsync(HostCommands.ChangeNftables, string.Join('\n', right))).ShouldBe((0, ""));
        (await ReadAsync()).ShouldBe(
            ["1.0.0.0/8", "223.255.255.255", "169.253.0.0/16", "2001:db8::/64", "1::/16", "fe7f::/16", "fec0::/16", "feff:ffff:ffff:ffff::/64", "203.0.113.9"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_line_without_end_is_refused()
    {
        (await SayAsync(HostCommands.ChangeNftables, "add 203.0.113.5 60\n" + new string('1', 3_000_000))).ShouldBe((2, "festivalops-firewall: line 2 is too long\n"));
        (await ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rules_that_were_taken_away_are_missed_and_put_back()
    {
        await BlockAsync(FirewalledMachine.First);
        await Machine.RunAsync("/usr/sbin/nft", "flush", "chain", "inet", "festivalops", "v4_32");
        (await GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
        (await ReadAsync()).ShouldBeEmpty();
        await BlockAsync(FirewalledMachine.First);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        await Machine.RunAsync("/usr/sbin/nft", "flush", "ruleset");
        (await ReadAsync()).ShouldBeEmpty();
        await BlockAsync(FirewalledMachine.First);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await ReadAsync()).ShouldBe([FirewalledMachine.First]);
    }

    [Fact]
    public async Task What_someone_else_put_into_our_set_is_no_reason_to_fail()
    {
        await BlockAsync(FirewalledMachine.First, FirewalledMachine.FirstV6);
        await Machine.RunAsync("/usr/sbin/nft", "add", "element", "inet", "festivalops", "v6_64", "{", "::", "}");
        await Machine.RunAsync("/usr/sbin/nft", "add", "rule", "inet", "festivalops", "v4_32", "ip", "saddr", "198.51.100.9", "drop");
        (await ReadAsync()).ShouldBe([FirewalledMachine.First, "2001:db8:1:2::/64"], ignoreOrder: true);
    }

    [Fact]
    public async Task Ports_that_containers_publish_are_shut_too()
    {
        await Machine.PublishAsync();
        using (var before = (await Machine.CallAsync(FirewalledMachine.First, port: FirewalledMachine.PublishedPort)).ShouldNotBeNull())
            (await FirewalledMachine.AnswersAsync(before)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.First);
        (await Machine.CallAsync(FirewalledMachine.First, isExpected: false, FirewalledMachine.PublishedPort)).ShouldBeNull();
        using var other = await Machine.CallAsync(FirewalledMachine.Second, port: FirewalledMachine.PublishedPort);
        other.ShouldNotBeNull();
    }

    protected override async Task<string> ForeignAsync()
    {
        var tables = (await Machine.RunAsync("/usr/sbin/nft", "list", "tables")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(t => t != "table inet festivalops");
        var texts = new List<string>();
        foreach (var table in tables) texts.Add(await Machine.RunAsync(["/usr/sbin/nft", "list", .. table.Split(' ')]));
        return string.Concat(texts);
    }
}

using FestivalOps.Blocking;
using FestivalOps.Blocking.Blocks.Commands;
using FestivalOps.Blocking.Blocks.Guarding;
using FestivalOps.Hosts;
using FestivalOps.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Blocks;

/// <summary>What nobody can block, and what is said to who tries.</summary>
public sealed class UntouchableTests
{
    private static readonly ProtectedPlace[] Places =
    [
        new(BlockStage.Range("203.0.113.80"), PlaceKind.Own, "web1"), new(BlockStage.Range("203.0.113.1"), PlaceKind.Gateway, "web1"),
        new(BlockStage.Range("198.51.100.7"), PlaceKind.Operator, "web2"), new(BlockStage.Range("2001:db8:5:6::1"), PlaceKind.Own, "web1"),
    ];

    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.99.0.0/16", "loopback")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("0.0.0.0", "reserved")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("169.254.1.1", "link-local")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.250", "multicast")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("64:ff9b::8.8.8.8", "everyone on IPv4")]
    [InlineData("10.0.0.0/0", "/0 is too wide")]
    [InlineData("192.0.0.0/8", "/8 is too wide to be blocked: /16 at the most")]
    [InlineData("2001:db8::/31", "/31 is too wide to be blocked: /32 at the most")]
    [InlineData("10.9.0.5", "the trusted proxy 10.9.0.0/24")]
    [InlineData("10.9.0.0/16", "the trusted proxy 10.9.0.0/24")]
    [InlineData("192.0.2.200", "192.0.2.128/25, which is never blocked")]
    [InlineData("192.0.2.0/24", "192.0.2.128/25, which is never blocked")]
    [InlineData("2001:db8:77::1", "2001:db8:77::/48, which is never blocked")]
    [InlineData("203.0.113.80", "203.0.113.80, an address of web1 itself")]
    [InlineData("203.0.113.0/24", "203.0.113.80, an address of web1 itself")]
    [InlineData("203.0.113.1", "203.0.113.1, the gateway of web1")]
    [InlineData("198.51.100.7", "someone is logged in to web2 over SSH from 198.51.100.7")]
    [InlineData("2001:db8:5:6:ffff::9", "2001:db8:5:6::/64, an address of web1 itself")]
    [InlineData("203.0.113.9", null)]
    [InlineData("198.51.100.0/30", null)]
    [InlineData("10.0.0.5", null)]
    [InlineData("2001:db8:5:7::1", null)]
    public void Some_addresses_nobody_can_block(string typed, string? why)
    {
        var guard = new Untouchable(new() { TrustedProxies = ["10.9.0.0/24"], NeverBlock = ["192.0.2.128/25", "2001:db8:77::/48", "::1"] });
        var said = guard.Why(BlockStage.Range(typed), Places);
        if (why is null) said.ShouldBeNull();
        else
        {
            said.ShouldNotBeNull().En.ShouldContain(why);
            said.Ja.ShouldContain("ブロックできません");
        }
    }

    [Theory]
    [InlineData("999.1.1.1", "is no IP address")]
    [InlineData("1.2.3", "is no IP address")]
    [InlineData("010.1.1.1", "is no IP address")]
    [InlineData("", "is no IP address")]
    [InlineData("evil.example.com", "looks like a name")]
    [InlineData("localhost", "looks like a name")]
    [InlineData("::1", "loopback")]
    [InlineData("::", "reserved")]
    [InlineData("fe80::1%eth0", "has a zone")]
    [InlineData("203.0.113.9/33", "no length of a prefix")]
    [InlineData("203.0.113.9/", "no length of a prefix")]
    [InlineData("203.0.113.9/24;reboot", "no length of a prefix")]
    [InlineData("203.0.113.9;reboot", "looks like a name")]
    [InlineData("$(reboot)", "looks like a name")]
    [InlineData("`reboot`", "looks like a name")]
    [InlineData("2001:db8::1::2", "is no IP address")]
    [InlineData("203.0.113.9\n203.0.113.10", "is no IP address")]
    public void What_is_no_address_gets_a_sentence(string typed, string says)
    {
        var (_, problem) = BlockWords.Range(typed);
        problem.ShouldNotBeNull().En.ShouldContain(says);
        problem.En.Count(c => c == '`').ShouldBeOneOf([0, 2, 4, 6, 8]);
        problem.Ja.ShouldMatch(LanguageTests.Japanese);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9/24", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("２０３．０．１１３．９", "203.0.113.9")]
    [InlineData("2001:db8::9", "2001:db8::/64")]
    public void What_is_meant_is_understood(string typed, string range)
    {
        var (read, problem) = BlockWords.Range(typed);
        problem.ShouldBeNull();
        read.ToString().ShouldBe(range);
    }

    [Fact]
    public void What_hosts_answer_is_read()
    {
        HostAnswers.Addresses("1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever\n2: eth0    inet6 2001:db8::5/64 scope global\n")
            .Select(a => a.Address).ShouldBe(["127.0.0.1", "10.0.0.5", "2001:db8::5"]);
        HostAnswers.Gateways("default via 10.0.0.1 dev eth0 proto dhcp\ndefault proto static metric 9 \\ nexthop via 10.0.0.2 dev eth1 weight 1 \\ nexthop via inet6 fe80::1 dev eth2 weight 1\n")
            .Select(a => a.Address).ShouldBe(["10.0.0.1", "10.0.0.2", "fe80::1"]);
        HostAnswers.Peers("0      0      10.0.0.5:22    203.0.113.9:51234 \n0 36 [::ffff:10.0.0.5]:22 [::ffff:198.51.100.7]:40000\n0 0 [2001:db8::5]:22 [2001:db8:9::1]:40001\nbroken\n")
            .Select(a => a.Address).ShouldBe(["203.0.113.9", "::ffff:198.51.100.7", "2001:db8:9::1"]);
        HostAnswers.Peers("").ShouldBeEmpty();
    }

    [Fact]
    public async Task This_machine_s_own_addresses_are_known()
    {
        await using var bot = TestBot.Build(("Blocking:Mode", "Block"));
        var around = await bot.Services.GetRequiredService<ISurroundings>().NowAsync(TestContext.Current.CancellationToken);
        around.Unasked.ShouldBeEmpty();
        around.Places.ShouldAllBe(p => p.Host == HostsOptions.Local);
        var own = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address).Where(a => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && !System.Net.IPAddress.IsLoopback(a)).Select(a => a.ToString());
        own.ShouldBeSubsetOf(around.Places.Where(p => p.Kind == PlaceKind.Own).Select(p => p.Range.ToString()));
    }
}

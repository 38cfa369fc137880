using System.Net;
using System.Text;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>Who a line is about: addresses, ranges, and clients behind proxies.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:cb00:7109", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:DB8::", "2001:db8::/64")]
    [InlineData("2001:db8::1:0:0:1", "2001:db8::/64")]
    [InlineData("64:ff9b::203.0.113.9", "64:ff9b::/64")]
    [InlineData("1::", "1::/64")]
    [InlineData("999.1.1.1", null)]
    [InlineData("1.2.3", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("1.2.3.4 ", null)]
    [InlineData("010.1.1.1", null)]
    [InlineData("0x7f.1.1.1", null)]
    [InlineData("1.2.3.256", null)]
    [InlineData("::1", null)]
    [InlineData("::", null)]
    [InlineData("::1.2.3.4", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("2001:db8::1::2", null)]
    [InlineData("2001:db8:::1", null)]
    [InlineData("1:2:3:4:5:6:7", null)]
    [InlineData("1:2:3:4:5:6:7:8:9", null)]
    [InlineData("1:2:3:4:5:6:7::8", null)]
    [InlineData("12345::", null)]
    [InlineData(":1::", null)]
    [InlineData("1:", null)]
    [InlineData("host.example.com", null)]
    [InlineData("", null)]
    public void An_address_is_read_strictly_and_IPv6_as_its_64(string text, string? shown)
    {
        ClientAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address).ShouldBe(shown is not null);
        if (shown is not null) address.ToString().ShouldBe(shown);
    }

    [Fact]
    public void Every_address_is_read_as_the_framework_reads_it()
    {
        var random = new Random(1);
        var bytes = new byte[16];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            // Many zeros make the short forms.
            for (var j = 0; j < 16; j++) if (random.Next(2) == 0) bytes[j] = 0;
            bytes[0] = 0x20;
            var v6 = new IPAddress(bytes);
            ClientAddress.TryParse(v6.ToString(), out var address).ShouldBeTrue(v6.ToString());
            address.Bits.ShouldBe(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes));
            var v4 = new IPAddress(bytes.AsSpan(4, 4));
            ClientAddress.TryParse(v4.ToString(), out address).ShouldBeTrue();
            address.ToString().ShouldBe(v4.ToString());
        }
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("203.0.113.9", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("2001:db8::/32", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("10.0.0.1/8", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0.0/-1", false)]
    [InlineData("10.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("proxy.example.com", false)]
    public void A_range_is_read_strictly(string text, bool isRange) => (AddressRanges.Complaint(text) is null).ShouldBe(isRange);

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "2001:db8::", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff:ffff::", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("::/0", "2001:db8::2", true)]
    [InlineData("::/0", "1.2.3.4", false)]
    public void A_range_contains_what_it_should(string range, string address, bool isIn)
    {
        ClientAddress.TryParse(address, out var parsed).ShouldBeTrue();
        AddressRanges.Parse([range]).Contains(parsed).ShouldBe(isIn);
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("8.8.8.8, 198.51.100.7", "198.51.100.7")]
    [InlineData("8.8.8.8, 198.51.100.7, 10.0.0.9", "198.51.100.7")]
    [InlineData("8.8.8.8,198.51.100.7:4711", "198.51.100.7")]
    [InlineData("8.8.8.8, [2001:db8:1:2::9]:4711", "2001:db8:1:2::/64")]
    [InlineData("\\x22, 198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7, unknown", null)]
    [InlineData("198.51.100.7, ", null)]
    [InlineData("10.0.0.9", null)]
    [InlineData("-", null)]
    [InlineData("127.0.0.1", null)]
    public void Behind_a_trusted_proxy_the_client_is_the_last_address_that_is_not_trusted(string forwarded, string? client)
    {
        var lines = Enumerable.Range(0, 20).Select(i => Scan.Nginx("10.0.0.5", Scan.Noon.AddSeconds(i), forwarded: forwarded));
        Scan.Blocked(LogKind.Nginx, lines, o => o.TrustedProxies = ["10.0.0.0/24"]).ShouldBe(client is null ? [] : [client]);
    }

    [Fact]
    public void A_client_that_is_no_proxy_can_not_accuse_others_with_its_own_header()
    {
        var lines = Enumerable.Range(0, 20).Select(i => Scan.Nginx("198.51.100.7", Scan.Noon.AddSeconds(i), forwarded: "8.8.8.8"));
        Scan.Blocked(LogKind.Nginx, lines, o => o.TrustedProxies = ["10.0.0.0/24"]).ShouldBe(["198.51.100.7"]);
        Scan.Blocked(LogKind.Nginx, lines, o => o.TrustedProxies = ["none"]).ShouldBe(["198.51.100.7"]);
    }

    [Fact]
    public void Without_trusted_proxies_what_looks_like_one_is_warned_of_instead_of_blocked()
    {
        // A balancer that the settings don't know: its own health check has no X-Forwarded-For.
        var lines = Enumerable.Range(0, 60).Select(i => Scan.Nginx("203.0.113.1", Scan.Noon.AddSeconds(i), forwarded: i % 10 == 9 ? "-" : $"198.51.100.{i}"));
        var decisions = Scan.Decisions(LogKind.Nginx, lines);
        decisions.ShouldAllBe(d => d.Outcome == BlockOutcome.Warn);
        decisions.Single(d => d.Rule == "BruteForce").Reason.En.ShouldEndWith("It looks like a proxy, so it is not blocked: name your proxies in Blocking:TrustedProxies, or none");
    }

    [Fact]
    public void A_line_that_was_cut_before_its_end_blocks_no_balancer()
    {
        var lines = Enumerable.Range(0, 30).Select(i => Scan.Nginx("203.0.113.1", Scan.Noon.AddSeconds(i), forwarded: "8.8.8.8")[..^8]);
        Scan.Decisions(LogKind.Nginx, lines).ShouldAllBe(d => d.Outcome == BlockOutcome.Warn);
        Scan.Decisions(LogKind.Nginx, lines, o => o.TrustedProxies = ["203.0.113.1"]).ShouldBeEmpty();
    }
}

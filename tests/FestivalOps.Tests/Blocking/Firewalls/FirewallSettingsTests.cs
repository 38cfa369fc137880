using FestivalOps.Blocking.Firewalls;
using FestivalOps.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>Which firewall a host has, by the settings.</summary>
public sealed class FirewallSettingsTests
{
    [Fact]
    public async Task Without_settings_there_is_none()
    {
        await using var bot = TestBot.Build();
        var book = bot.Services.GetRequiredService<FirewallBook>();
        (book.All.Count, book.Lockdowns.Count, book.Find("local"), book.FindLockdown("local")).ShouldBe((0, 0, null, null));
    }

    [Theory]
    [InlineData("", FirewallKind.Nftables)]
    [InlineData("nftables", FirewallKind.Nftables)]
    [InlineData("Iptables", FirewallKind.Iptables)]
    [InlineData("Ufw", FirewallKind.Ufw)]
    [InlineData("NGINX", FirewallKind.Nginx)]
    internal async Task A_host_has_the_kind_that_is_named(string text, FirewallKind kind)
    {
        await using var bot = TestBot.Build(("Blocking:Firewalls:local:Kind", text.Length == 0 ? nameof(FirewallKind.Nftables) : text));
        var book = bot.Services.GetRequiredService<FirewallBook>();
        var firewall = book.Find("local").ShouldNotBeNull();
        (firewall.Host, firewall.Kind, book.All.Count).ShouldBe(("local", kind, 1));
        book.Find("LOCAL").ShouldBeSameAs(firewall);
        var lockdown = book.FindLockdown("local").ShouldNotBeNull();
        if (kind == FirewallKind.Nftables) lockdown.ShouldBeOfType<NftablesLockdown>();
        else (await lockdown.ReadAsync(TestContext.Current.CancellationToken)).Problem.ShouldNotBeNull().En.ShouldStartWith($"{FirewallTexts.Name(kind)} on local can't be locked down");
    }

    [Theory]
    [InlineData("Blocking:Firewalls:local:Kind", "pf", "Blocking: Firewalls:local: Kind must be one of: Nftables, Iptables, Ufw, Nginx.")]
    [InlineData("Blocking:Firewalls:local:Kind", "1", "Blocking: Firewalls:local: Kind must be one of: Nftables, Iptables, Ufw, Nginx.")]
    [InlineData("Blocking:Firewalls:web9:Kind", "Ufw", "Blocking: Firewalls: each is named like its host: local, or one of Hosts:Remote.")]
    [InlineData("Blocking:Firewalls:local:Sort", "Ufw", "Blocking:Firewalls:local:Sort is not a setting.")]
    public void A_wrong_value_stops_the_start_with_a_sentence(string key, string value, string sentence) => TestBot.Complaint((key, value)).ShouldStartWith(sentence);
}

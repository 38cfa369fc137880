using System.Diagnostics;
using System.Globalization;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>How long one block takes, and where the time goes. Only on request: a number is no right or wrong.</summary>
public sealed class SpeedTests
{
    private const int Times = 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(FirewallKind.Nftables)]
    [InlineData(FirewallKind.Iptables)]
    internal async Task One_address(FirewallKind kind)
    {
        Assert.SkipUnless(FirewalledMachine.IsAvailable(kind, out var reason), reason);
        await using var machine = await FirewalledMachine.StartAsync(Ct);
        using var host = machine.HostOfRoot();
        using var account = machine.Host();
        await MeasureAsync("a program that does nothing", _ => host.RunAsync(new("/bin/true"), null, Ct));
        await MeasureAsync("the same through sudo", _ => host.RunAsync(new("/bin/true") { AsRoot = true }, null, Ct));
        var (ours, theirs) = (new HostFirewall(host, kind), new HostFirewall(account, kind));
        await MeasureAsync($"{kind}, one address, as root", n => BlockAsync(ours, 0x0b000000 + (uint)n));
        await MeasureAsync($"{kind}, one address, as festivalops", n => BlockAsync(theirs, 0x0c000000 + (uint)n));
        await using var session = new FirewallSession(account, HostFirewall.Serving(kind), TimeProvider.System, NullLogger.Instance);
        session.Open();
        while (!session.IsOpen) await Task.Delay(10, Ct);
        var open = new HostFirewall(account, kind, session);
        await MeasureAsync($"{kind}, one address, as festivalops, kept open", n => BlockAsync(open, 0x0f000000 + (uint)n));
        await MeasureAsync($"{kind}, the same address anew", _ => BlockAsync(ours, 0x0d000000));
        await MeasureAsync($"{kind}, the script alone", n => machine.RunWithAsync($"add 14.0.0.{n + 1} 60\n", HostCommands.FirewallScript, "apply", FirewallTexts.Name(kind)));
    }

    private static async Task BlockAsync(HostFirewall firewall, uint address)
    {
        var change = new FirewallChange([new(AddressRange.Of(ClientAddress.Of(address)), TimeSpan.FromHours(1))], []);
        (await firewall.ApplyAsync(change, Ct)).Problem?.En.ShouldBeNull();
    }

    private static async Task MeasureAsync(string what, Func<int, Task> one)
    {
        await one(Times);
        var took = new List<double>();
        for (var n = 0; n < Times; n++)
        {
            var begin = Stopwatch.GetTimestamp();
            await one(n);
            took.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        took.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {took[Times / 2]:0.0} ms, 95 % {took[Times * 95 / 100]:0.0} ms"));
    }
}

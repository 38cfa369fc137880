using FestivalOps.Hosts;
using FestivalOps.Hosts.Local;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Tests.Hosts;

/// <summary>The machine that the bot runs on.</summary>
public sealed class LocalHostTests : HostSpecs
{
    private protected override IHost Host { get; } = new LocalHost(TimeProvider.System, NullLogger<LocalHost>.Instance);

    [Fact]
    public async Task Commands_never_see_the_bots_own_secrets()
    {
        Environment.SetEnvironmentVariable("FOPS_Test__Secret", "hush");
        var result = await Host.RunAsync(new("/usr/bin/env"), null, Ct);
        result.Output.Text.ShouldContain("PATH=");
        result.Output.Text.ShouldNotContain("FOPS_");
    }
}

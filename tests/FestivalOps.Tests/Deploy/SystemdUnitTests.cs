using FestivalOps.Tests.Manifest;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Deploy;

public sealed class SystemdUnitTests
{
    private static readonly ILookup<string, string> Service = ReadSection("[Service]");

    [Theory]
    [InlineData("DynamicUser", "yes")]
    [InlineData("NoNewPrivileges", "yes")]
    [InlineData("CapabilityBoundingSet", "")]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("ProtectHome", "yes")]
    [InlineData("PrivateTmp", "yes")]
    [InlineData("PrivateDevices", "yes")]
    [InlineData("RestrictNamespaces", "yes")]
    [InlineData("StateDirectory", "festivalops")]
    [InlineData("StateDirectoryMode", "0700")]
    [InlineData("UMask", "0077")]
    [InlineData("LimitCORE", "0")]
    public void The_service_has_no_more_rights_than_it_needs(string key, string value) => Service[key].ShouldBe([value]);

    [Fact]
    public void System_calls_are_an_allow_list_without_the_privileged_ones() =>
        Service["SystemCallFilter"].ShouldBe(["@system-service", "~@privileged"]);

    [Fact]
    public void Only_network_and_local_sockets_can_be_opened() =>
        Service["RestrictAddressFamilies"].Single().Split(' ').ShouldBe(["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"], ignoreOrder: true);

    [Fact]
    public void The_compiler_of_dotnet_may_run_what_it_writes() => Service["MemoryDenyWriteExecute"].ShouldBe(["no"]);

    [Fact]
    public void The_host_checks_may_read_proc() => Service["ProcSubset"].ShouldBe(["all"]);

    [Fact]
    public void A_crash_is_followed_by_a_new_start_and_a_stop_leaves_time_to_finish()
    {
        Service["Restart"].ShouldBe(["on-failure"]);
        int.Parse(Service["TimeoutStopSec"].Single(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Secrets_come_as_credentials_and_never_stand_in_the_unit()
    {
        string[] credentials = ["Slack__BotToken:/etc/festivalops/secrets/Slack__BotToken", "Slack__AppToken:/etc/festivalops/secrets/Slack__AppToken"];
        Service["LoadCredential"].ShouldBe(credentials);
        Service["Environment"].ShouldAllBe(line => !line.Contains("Token") && !line.Contains("Secret") && !line.Contains("Password"));
        Service["SetCredential"].ShouldBeEmpty();
    }

    private static ILookup<string, string> ReadSection(string section) => RepositoryFiles.Read("deploy/systemd/festivalops.service").Split('\n')
        .SkipWhile(line => line != section)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith('['))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => line.Split('=', 2))
        .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}

using FestivalOps.Alerting.Export;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Maintenance.MonitoringCheck;
using FestivalOps.Scheduling;
using FestivalOps.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Monitoring;

/// <summary>The monthly check of the monitoring, with a real Prometheus and a real mail server. The test post is played in a scenario.</summary>
public sealed class MonitoringCheckTests : IAsyncDisposable
{
    private readonly TaskStage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task What_is_not_set_up_is_not_available_and_no_failure()
    {
        var outcome = await _stage.RunAsync<MonitoringCheckTask>();
        outcome.End.ShouldBe(TaskEnd.NotAvailable);
        outcome.En().ShouldContain("? Prometheus: not available: Platform:Prometheus is not set");
        outcome.En().ShouldContain("? test mail: not available: Mail:Host is not set");
        outcome.En().ShouldContain("? test post: not available: Channels:Reports is not set");
    }

    [Fact]
    public async Task Targets_and_our_own_exported_rules_are_looked_for_in_a_real_Prometheus()
    {
        Assert.SkipUnless(NodeExporter.IsAvailable(out var reason), reason);
        Assert.SkipUnless(PrometheusServer.IsAvailable(out reason), reason);
        await using var rules = new TaskStage();
        var file = rules.Services.GetRequiredService<RuleFile>().Write();
        await using var exporter = await NodeExporter.StartAsync(TaskStage.Ct);
        await using var server = await PrometheusServer.StartAsync(exporter.Address, file, new("http://127.0.0.1:1"), TaskStage.Ct);
        _stage.Set("Platform:Prometheus", server.Address.ToString()).Set("Maintenance:MonitoringCheck:Jobs", "node-exporter");

        var outcome = await _stage.RunAsync<MonitoringCheckTask>();
        outcome.End.ShouldBe(TaskEnd.Ok, outcome.En());
        outcome.En().ShouldContain("○ Prometheus: all 1 targets are up and no expected job is missing");
        outcome.En().ShouldMatch(@"○ alert rules: \d\d, ours among them, all can be evaluated");

        await exporter.StopAsync();
        await using var second = new TaskStage();
        second.Set("Platform:Prometheus", server.Address.ToString());
        do outcome = await second.RunAsync<MonitoringCheckTask>();
        while (outcome.En().Contains("Prometheus: 0 of 1 targets down", StringComparison.Ordinal));
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("× Prometheus: 1 of 1 targets down, 6 expected job(s) missing");
        outcome.En().ShouldContain("missing: festival-planner-app, postgres, redis, nginx, sidekiq, cadvisor");
        outcome.En().ShouldContain("down: node-exporter 127.0.0.1:");

        await server.StopAsync();
        (await second.RunAsync<MonitoringCheckTask>()).En().ShouldContain("× Prometheus can't be reached, or answered with an error");
    }

    [Fact]
    public async Task A_Prometheus_without_our_rules_says_which_are_missing()
    {
        Assert.SkipUnless(NodeExporter.IsAvailable(out var reason), reason);
        Assert.SkipUnless(PrometheusServer.IsAvailable(out reason), reason);
        await using var exporter = await NodeExporter.StartAsync(TaskStage.Ct);
        await using var server = await PrometheusServer.StartAsync(exporter.Address, TaskStage.Ct);
        _stage.Set("Platform:Prometheus", server.Address.ToString()).Set("Maintenance:MonitoringCheck:Jobs", "node-exporter");
        var outcome = await _stage.RunAsync<MonitoringCheckTask>();
        outcome.End.ShouldBe(TaskEnd.Warning);
        outcome.En().ShouldContain("△ alert rules: 0 of 0 can't be evaluated, ");
        outcome.En().ShouldContain("missing (export-rules writes them): ApplicationDown, DatabaseDown");
    }

    [Fact]
    public async Task The_test_mail_is_taken_by_a_real_server_and_what_is_proven_is_said()
    {
        await using var server = await MailServer.StartAsync();
        SetMail(server, "sato@festival-planner.example");
        var outcome = await _stage.RunAsync<MonitoringCheckTask>();
        outcome.En().ShouldContain("○ test mail: the mail server took it (OK); whether it reached the mailbox was not looked at");
        // The server tells us through a pipe what it has taken.
        while (server.Mails.Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TaskStage.Ct);
        server.Mails.ShouldHaveSingleItem().GetProperty("data").GetString()!.ShouldContain("Message-ID: ", Case.Insensitive);
    }

    [Theory]
    [InlineData("nobody@festival-planner.example", "× test mail: not sent (smtp_550)")]
    [InlineData("full@festival-planner.example", "× test mail: not sent (the mail server asks to wait: 452)")]
    public async Task A_server_that_refuses_is_a_failure_with_its_reason(string to, string says)
    {
        await using var server = await MailServer.StartAsync();
        SetMail(server, to);
        var outcome = await _stage.RunAsync<MonitoringCheckTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain(says);
        outcome.En().ShouldNotContain("mail-secret-1");
    }

    private void SetMail(MailServer server, string to) => _stage.Set("Mail:Host", "localhost").Set("Mail:Port", $"{server.Port}").Set("Mail:User", "ops").Set("Mail:Password", "mail-secret-1")
        .Set("Mail:From", "FestivalOps <ops@festival-planner.example>").Set("Mail:AcceptedCertificate", server.Certificate).Set("Maintenance:MonitoringCheck:MailTo", to);
}

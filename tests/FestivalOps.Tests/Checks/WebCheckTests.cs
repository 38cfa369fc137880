using FestivalOps.Checks;
using FestivalOps.Checks.Web;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class WebCheckTests
{
    [Fact]
    public async Task A_running_application_is_ok_and_the_check_says_which_address_answered_what()
    {
        await using var app = await SampleApp.StartAsync();
        var up = await Measure.OnceAsync<UpCheck>(At(app));
        up.Status.ShouldBe(CheckStatus.Ok);
        up.Says.En.ShouldStartWith("/up answers 200 (");
        up.Facts.ShouldContain(f => f.Value == new Uri(app.Address, "/up").ToString());
    }

    [Fact]
    public async Task A_failing_application_is_critical_with_its_status()
    {
        await using var app = await SampleApp.StartAsync();
        app.Failing = true;
        (await Measure.OnceAsync<UpCheck>(At(app))).ShouldSatisfyAllConditions(
            m => m.Status.ShouldBe(CheckStatus.Critical), m => m.Says.En.ShouldMatch("^/up answered HTTP 5"));
    }

    [Fact]
    public async Task An_application_that_is_not_there_is_critical_and_a_name_that_is_not_there_is_unknown()
    {
        var refused = await Measure.OnceAsync<UpCheck>(("Platform:BaseUrl", "http://127.0.0.1:1"));
        refused.Status.ShouldBe(CheckStatus.Critical);
        refused.Says.En.ShouldBe("connection refused (127.0.0.1:1)");
        var nameless = await Measure.OnceAsync<UpCheck>(("Platform:BaseUrl", "http://no-such-host.invalid"));
        nameless.Status.ShouldBe(CheckStatus.Unknown);
        nameless.Says.En.ShouldBe("the name no-such-host.invalid can't be resolved");
    }

    [Fact]
    public async Task The_application_s_own_health_is_ok_when_all_its_parts_are()
    {
        await using var app = await SampleApp.StartAsync();
        var health = await Measure.OnceAsync<HealthUrlCheck>(At(app));
        health.Status.ShouldBe(CheckStatus.Ok);
        health.Facts.Select(f => f.Label.En).ShouldBeSubsetOf(health.Facts.Select(f => f.Label.En));
        health.Facts.ShouldContain(f => f.Label.En == "database");
    }

    [Fact]
    public async Task A_part_that_the_application_calls_broken_is_named()
    {
        await using var app = await SampleApp.StartAsync(new() { AskRedis = _ => throw new InvalidOperationException("no redis") });
        var health = await Measure.OnceAsync<HealthUrlCheck>(At(app));
        health.Status.ShouldBe(CheckStatus.Critical);
        health.Says.En.ShouldContain("redis");
    }

    [Fact]
    public async Task The_guideline_s_address_that_does_not_exist_is_a_matter_of_settings_not_an_outage()
    {
        await using var app = await SampleApp.StartAsync();
        var health = await Measure.OnceAsync<HealthUrlCheck>(At(app), ("Platform:HealthPath", "/api/v1/health"));
        health.Status.ShouldBe(CheckStatus.Unknown);
        health.Says.En.ShouldBe("/api/v1/health does not exist (404); check Platform:HealthPath");
    }

    [Fact]
    public async Task A_slow_application_is_critical_over_the_guideline_s_second()
    {
        await using var app = await SampleApp.StartAsync();
        app.Delay = TimeSpan.FromMilliseconds(1200);
        var time = await Measure.OnceAsync<ResponseTimeCheck>(At(app));
        time.Status.ShouldBe(CheckStatus.Critical);
        time.Value.ShouldNotBeNull().ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task A_slower_application_is_a_warning_over_the_guideline_s_half_second()
    {
        await using var app = await SampleApp.StartAsync();
        app.Delay = TimeSpan.FromMilliseconds(700);
        // A busy machine adds time of its own; the far limit keeps that out of the answer.
        var time = await Measure.OnceAsync<ResponseTimeCheck>(At(app), ("Checks:ResponseTime:Critical", "60000"));
        time.Status.ShouldBe(CheckStatus.Warning);
        time.Value.ShouldNotBeNull().ShouldBeGreaterThan(500);
    }

    private static (string, string) At(SampleApp app) => ("Platform:BaseUrl", app.Address.ToString());
}

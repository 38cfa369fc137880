using FestivalOps.Checks;
using FestivalOps.Checks.Web;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Tests.House;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class ErrorRateCheckTests
{
    [Theory]
    [InlineData("0.4", CheckStatus.Ok, "0.4 %")]
    [InlineData("1", CheckStatus.Ok, "1 %")]
    [InlineData("1.2", CheckStatus.Warning, "1.2 %")]
    [InlineData("7.5", CheckStatus.Critical, "7.5 %")]
    public async Task The_rate_is_held_against_the_guideline_s_limits(string rate, object status, string says)
    {
        await using var prometheus = await AnsweringAsync("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"RATE"]}]}}""".Replace("RATE", rate, StringComparison.Ordinal));
        var found = await Measure.OnceAsync<ErrorRateCheck>(("Platform:Prometheus", prometheus.Urls.First()));
        found.Status.ShouldBe((CheckStatus)status);
        found.Says.En.ShouldBe(says);
    }

    [Fact]
    public async Task No_request_at_all_is_said_and_is_no_rate()
    {
        await using var prometheus = await AnsweringAsync("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"NaN"]}]}}""");
        var found = await Measure.OnceAsync<ErrorRateCheck>(("Platform:Prometheus", prometheus.Urls.First()));
        found.Says.En.ShouldBe("no requests lately");
        found.Value.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "Prometheus has no http_requests_total (Checks:ErrorRate:Query can name another)")]
    [InlineData("""{"data":1}""", "Prometheus can't be asked")]
    [InlineData("<html>", "Prometheus can't be asked")]
    public async Task What_Prometheus_does_not_know_is_unknown_with_the_reason(string body, string says)
    {
        await using var prometheus = await AnsweringAsync(body);
        var found = await Measure.OnceAsync<ErrorRateCheck>(("Platform:Prometheus", prometheus.Urls.First()));
        found.Status.ShouldBe(CheckStatus.Unknown);
        found.Says.En.ShouldBe(says);
    }

    [Fact]
    public async Task A_real_Prometheus_understands_the_query_and_has_no_such_series_here()
    {
        Assert.SkipUnless(PrometheusServer.IsAvailable(out var reason), reason);
        Assert.SkipUnless(NodeExporter.IsAvailable(out reason), reason);
        await using var exporter = await NodeExporter.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(exporter.Address);
        var without = await Measure.OnceAsync<ErrorRateCheck>(("Platform:Prometheus", prometheus.Address.ToString()));
        without.Says.En.ShouldStartWith("Prometheus has no http_requests_total");
        var own = await Measure.OnceAsync<ErrorRateCheck>(("Platform:Prometheus", prometheus.Address.ToString()), ("Checks:ErrorRate:Query", "vector(3.5)"));
        own.Status.ShouldBe(CheckStatus.Warning);
        own.Facts.ShouldContain(f => f.Value == "vector(3.5)");
    }

    [Fact]
    public async Task Without_Prometheus_it_is_not_set_up()
    {
        await using var app = TestBot.Build();
        app.Services.GetServices<ICheck>().OfType<ErrorRateCheck>().Single().NotSetUp!.En.ShouldBe("set Platform:Prometheus to the address of Prometheus");
    }

    private static async Task<WebApplication> AnsweringAsync(string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/api/v1/query", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return app;
    }
}

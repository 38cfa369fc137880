using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Operations;
using FestivalOps.Reports.Periods;
using FestivalOps.Tests.Maintenance;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>What visitors felt, as Prometheus tells it, of Thursday, November 26, 2026.</summary>
public sealed class VisitorFigureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Period Yesterday = Period.Of(ReportKind.Daily, new(2026, 11, 26));

    [Fact]
    public async Task Requests_errors_and_times_are_asked_for_the_whole_period_as_seen_from_its_end()
    {
        var asked = new List<(string Query, string Time)>();
        await using var prometheus = await AnsweringAsync((query, time) =>
        {
            asked.Add((query, time));
            return query switch
            {
                _ when query.StartsWith("min(", StringComparison.Ordinal) => $"{ClockStage.At("2026-11-26 06:00").ToUnixTimeSeconds()}",
                _ when query.StartsWith("sum(", StringComparison.Ordinal) => "120345.4",
                _ when query.Contains("5..", StringComparison.Ordinal) => "0.25",
                _ when query.Contains("0.95", StringComparison.Ordinal) => "NaN",
                _ => "182.5",
            };
        });
        var figures = await AskAsync(prometheus.Urls.First());
        figures.Find("requests")!.Value.ShouldBe(120_345);
        figures.Find("error_rate")!.Value.ShouldBe(0.25m);
        figures.Find("visitors_mean")!.Value.ShouldBe(182.5m);
        figures.Find("visitors_p95")!.Says().En.ShouldBe("no data: there were no requests");
        figures.Find("requests")!.Partly!.En.ShouldBe("Prometheus has data only from 2026-11-26 06:00 on");
        asked.ShouldAllBe(a => a.Time == $"{ClockStage.At("2026-11-27 00:00").ToUnixTimeSeconds()}" && a.Query.Contains("[86400s", StringComparison.Ordinal));
        figures.Find("requests")!.Source.En.ShouldBe("Prometheus: sum(increase(http_requests_total[86400s]))");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "missing data: Prometheus can't be reached")]
    [InlineData("", "missing data: Platform:Prometheus is not set")]
    public async Task A_Prometheus_that_is_away_is_said(string address, string says) =>
        (await AskAsync(address)).ShouldAllBe(f => f.Value == null && f.Says().En == says && f.MayCome && f.IsAway == (address.Length > 0) && FigureTexts.IsNotSent(f.Source) == (address.Length == 0));

    [Fact]
    public async Task A_real_Prometheus_understands_every_question()
    {
        Assert.SkipUnless(PrometheusServer.IsAvailable(out var reason), reason);
        Assert.SkipUnless(NodeExporter.IsAvailable(out reason), reason);
        await using var exporter = await NodeExporter.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(exporter.Address);
        var figures = await AskAsync(prometheus.Address.ToString());
        figures.Select(f => f.Says().En).Distinct().ShouldBe(["missing data: Prometheus has no http_requests_total", "missing data: Prometheus has no http_request_duration_seconds"]);
    }

    private async Task<IReadOnlyList<Figure>> AskAsync(string address)
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres, [.. address.Length == 0 ? Array.Empty<(string, string)>() : [("Platform:Prometheus", address)]]);
        var span = Yesterday.In(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        return (await stage.Services.GetServices<IReportPart>().OfType<VisitorsPart>().Single().AskAsync([span], CancellationToken.None)).Figures[Yesterday.Key];
    }

    private static async Task<WebApplication> AnsweringAsync(Func<string, string, string> value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/api/v1/query", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var answer = value(form["query"].ToString(), form["time"].ToString());
            return Results.Text("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"VALUE"]}]}}""".Replace("VALUE", answer, StringComparison.Ordinal), "application/json");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}

using System.Net;
using System.Text.Json;
using FestivalOps.Demo.SamplePlatform.Servers;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class SampleAppTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData("/up", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/public_festivals/3", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/api/v1/health", HttpStatusCode.NotFound)]
    public async Task It_answers_as_the_platform_does(string path, HttpStatusCode status)
    {
        await using var app = await SampleApp.StartAsync();
        using var answer = await Http.GetAsync(new Uri(app.Address, path));
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Health_names_what_is_broken_and_answers_503()
    {
        await using var app = await SampleApp.StartAsync(new SampleAppOptions
        {
            AskDatabase = _ => throw new InvalidOperationException("no connection"),
            AskRedis = _ => Task.CompletedTask,
        });
        app.DiskUsedPercent = 93;
        using var answer = await Http.GetAsync(new Uri(app.Address, "/health"));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("database").GetString().ShouldBe("disconnected");
        json.RootElement.GetProperty("redis").GetString().ShouldBe("connected");
        json.RootElement.GetProperty("disk").GetString().ShouldBe("critical");
        json.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetString())
            .ShouldBe(["no connection", "Disk usage: 93%"]);
    }

    [Fact]
    public async Task A_healthy_answer_has_no_errors()
    {
        await using var app = await SampleApp.StartAsync();
        using var json = JsonDocument.Parse(await Http.GetStringAsync(new Uri(app.Address, "/health")));
        json.RootElement.TryGetProperty("errors", out _).ShouldBeFalse();
        json.RootElement.GetProperty("redis").GetString().ShouldBe("not_configured");
        json.RootElement.EnumerateObject().Select(field => field.Name)
            .ShouldBe(["status", "timestamp", "version", "environment", "database", "redis", "disk"]);
    }

    [Fact]
    public async Task A_failing_app_answers_500()
    {
        await using var app = await SampleApp.StartAsync();
        app.Failing = true;
        using var answer = await Http.GetAsync(new Uri(app.Address, "/up"));
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task A_hanging_app_takes_the_request_and_answers_only_when_it_goes_on()
    {
        await using var app = await SampleApp.StartAsync();
        app.Hanging = true;
        var answer = Http.GetAsync(new Uri(app.Address, "/up"));
        await Should.ThrowAsync<TimeoutException>(() => answer.WaitAsync(Moment, TimeProvider.System));

        app.Hanging = false;
        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_slow_app_answers_after_its_delay()
    {
        var clock = new FakeTimeProvider();
        await using var app = await SampleApp.StartAsync(new SampleAppOptions { Clock = clock });
        app.Delay = TimeSpan.FromMinutes(5);
        var answer = Http.GetAsync(new Uri(app.Address, "/up"));
        await Should.ThrowAsync<TimeoutException>(() => answer.WaitAsync(Moment, TimeProvider.System));

        clock.Advance(TimeSpan.FromMinutes(5));
        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task A_mention_arrives_signed_as_an_event()
    {
        await using var slack = await Running.StartAsync();
        await slack.TypeAsync("@festivalops help", user: Seed.Emily);
        var request = await slack.Bot.NextAsync();
        request.IsSigned.ShouldBeTrue();
        request.ContentType.ShouldBe("application/json");
        request.RetryNumber.ShouldBeNull();
        ((string?)request.Payload["type"]).ShouldBe("event_callback");
        ((string?)request.Payload["event_id"])!.ShouldStartWith("Ev");
        ((string?)request.Payload["event"]!["type"]).ShouldBe("app_mention");
        ((string?)request.Payload["event"]!["text"]).ShouldBe($"<@{Seed.BotUser}> help");
    }

    [Fact]
    public async Task A_failed_event_is_repeated_three_times_with_the_same_id()
    {
        await using var slack = await Running.StartAsync();
        slack.Bot.Answer = _ => Task.FromResult(new BotReply(500));
        await slack.TypeAsync("@festivalops help");
        var ids = new List<string?> { (string?)(await slack.Bot.NextAsync()).Payload["event_id"] };
        foreach (var (pause, number) in new[] { (1, "1"), (60, "2"), (300, "3") })
        {
            await slack.Clock.PassAsync(TimeSpan.FromSeconds(pause));
            var retry = await slack.Bot.NextAsync();
            retry.RetryNumber.ShouldBe(number);
            retry.Headers["X-Slack-Retry-Reason"].ShouldBe("http_error");
            ids.Add((string?)retry.Payload["event_id"]);
        }
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Events_that_nobody_subscribed_to_stay_away()
    {
        await using var slack = await Running.StartAsync(o => o.Events = []);
        await slack.TypeAsync("@festivalops help");
        await slack.TypeAsync("/fops health");
        (await slack.Bot.NextAsync()).Form["command"].ShouldBe("/fops");
    }

    [Fact]
    public async Task Opening_home_tells_the_bot()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("home", new { user = Seed.Emily });
        ((string?)(await slack.Bot.NextAsync()).Payload["event"]!["type"]).ShouldBe("app_home_opened");
    }

    [Fact]
    public async Task The_request_url_can_be_verified()
    {
        await using var slack = await Running.StartAsync();
        slack.Bot.Answer = r => Task.FromResult(new BotReply(Body: (string)r.Payload["challenge"]!, ContentType: "text/plain"));
        ((bool)(await slack.ControlAsync("verify-url", new { }))["verified"]!).ShouldBeTrue();
        slack.Bot.Answer = _ => Task.FromResult(new BotReply());
        ((bool)(await slack.ControlAsync("verify-url", new { }))["verified"]!).ShouldBeFalse();
    }
}

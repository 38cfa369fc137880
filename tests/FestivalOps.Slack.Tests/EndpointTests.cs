using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("/slack/commands")]
    [InlineData("/slack/events")]
    [InlineData("/slack/command")]
    [InlineData("/slack/interactions")]
    [InlineData("/Slack/Commands")]
    public async Task Every_endpoint_takes_a_command(string path)
    {
        SlashCommand? seen = null;
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(command =>
        {
            seen = command;
            return Task.FromResult<SlashCommandResponse?>(null);
        })));

        var (status, body) = await bot.Post(path, bot.Command("health 接続 & <web> 100%"));

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe("");
        seen.ShouldNotBeNull();
        seen.Text.ShouldBe("health 接続 & <web> 100%");
        (seen.Command, seen.UserId, seen.ChannelId, seen.TeamId, seen.TriggerId, seen.ResponseUrl).ShouldBe(("/fops", "U1", "C1", "T1", "1.2.a", bot.ResponseUrl));
    }

    [Fact]
    public async Task An_answer_of_the_handler_stands_in_the_acknowledgement()
    {
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", OnCommand.Says("全て正常です")));
        var (_, body) = await bot.Post("/slack/commands", bot.Command("health"));
        body.ShouldBe("""{"response_type":"ephemeral","text":"全て正常です","unfurl_links":false,"unfurl_media":true}""");
    }

    [Fact]
    public async Task Without_a_right_signature_nothing_is_handled()
    {
        var calls = 0;
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", Counting(() => calls++)));
        var body = bot.Command("health");
        Action<HttpRequestMessage>[] wrong =
        [
            request => request.Headers.Remove("X-Slack-Signature"),
            request => request.Headers.Remove("X-Slack-Request-Timestamp"),
            request => { request.Headers.Remove("X-Slack-Signature"); request.Headers.Add("X-Slack-Signature", "v0=" + new string('0', 64)); },
            request => request.Headers.TryAddWithoutValidation("X-Slack-Signature", "v0=" + new string('0', 64)),
            request => { request.Headers.Remove("X-Slack-Request-Timestamp"); request.Headers.Add("X-Slack-Request-Timestamp", "1531420618"); },
            request => { request.Headers.Remove("X-Slack-Request-Timestamp"); request.Headers.Add("X-Slack-Request-Timestamp", "soon"); },
        ];

        foreach (var change in wrong)
        {
            var (status, text) = await bot.Post("/slack/commands", body, change: change);
            status.ShouldBe(HttpStatusCode.Unauthorized);
            var errorId = text[text.IndexOf("E-", StringComparison.Ordinal)..].TrimEnd(')', '\n');
            bot.Logs.Lines.ShouldContain(line => line.Contains(errorId));
        }
        calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("command=fops&user_id=U1&channel_id=C1")]
    [InlineData("command=%2Ffops&channel_id=C1")]
    [InlineData("command=%2Ffops&user_id=U1&channel_id=C1&text=%zz")]
    [InlineData("command=%2Ffops&user_id=U1&channel_id=C1&text=%ff%fe")]
    [InlineData("command=%2Ffops&user_id=U1&channel_id=C1&text=%4")]
    [InlineData("payload=")]
    [InlineData("payload=%7B%22type%22")]
    [InlineData("payload=%5B%5D")]
    [InlineData("payload=null")]
    [InlineData("{\"type\":")]
    [InlineData("{\"type\":\"url_verification\"}")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"\uDC00\ud83d"}""")]
    [InlineData("""{"\ud800":"block_actions"}""")]
    [InlineData("""{"type":"url_verification","challenge":"\ud800"}""")]
    [InlineData("""{"type":"block_actions","trigger_id":"1.\ud800","actions":[]}""")]
    [InlineData("""{"type":"block_actions","trigger_id":"1.2","actions":[{"type":"button","action_id":"a","value":"\ud83dx"}]}""")]
    [InlineData("payload=%7B%22type%22%3A%22%5Cud800%22%7D")]
    [InlineData("payload=%7B%22type%22%3A%22%ff%22%7D")]
    [InlineData("command=%2Ffops&user_id=U1&channel_id=C1&response_url=https%3A%2F%2Fevil.example%2Fcommands")]
    [InlineData("command=%2Ffops&user_id=U1&channel_id=C1&response_url=https%3A%2F%2Fhooks.slack.com%40evil.example%2Fx")]
    [InlineData("command=%2Ffops&user_id=U1&channel_id=C1&response_url=http%3A%2F%2Fhooks.slack.com%2Fx")]
    public async Task A_malformed_request_is_refused_with_an_error_id_that_is_in_the_log_too(string body)
    {
        var calls = 0;
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", Counting(() => calls++)));
        var (status, text) = await bot.Post("/slack/events", body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        var errorId = text[text.IndexOf("E-", StringComparison.Ordinal)..].TrimEnd(')', '\n');
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(errorId));
        calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_megabyte_is_refused_whether_or_not_its_length_is_announced(bool announced)
    {
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", OnCommand.Says("no")));
        var (status, _) = await bot.Post("/slack/commands", bot.Command(new string('x', 1024 * 1024)), change: request => request.Headers.TransferEncodingChunked = !announced);
        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_large_chunked_body_below_the_limit_is_read_whole()
    {
        var length = 0;
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(command =>
        {
            length = command.Text.Length;
            return Task.FromResult<SlashCommandResponse?>(null);
        })));
        var (status, _) = await bot.Post("/slack/commands", bot.Command(new string('x', 900_000)), change: request => request.Headers.TransferEncodingChunked = true);
        (status, length).ShouldBe((HttpStatusCode.OK, 900_000));
    }

    [Fact]
    public async Task A_request_that_comes_twice_is_handled_once_and_answered_twice()
    {
        var calls = 0;
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", Counting(() => calls++)), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var body = bot.Command("health", trigger: "");
        (await bot.Post("/slack/commands", body)).Status.ShouldBe(HttpStatusCode.OK);
        (await bot.Post("/slack/commands", body)).Status.ShouldBe(HttpStatusCode.OK);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Slacks_own_repeat_of_an_event_is_handled_once()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var calls = 0;
        await using var bot = await Bot.Start(c => c.RegisterEventHandler(new OnEvent<AppMention>(_ => { calls++; return Task.CompletedTask; })), time);
        const string Event = """{"type":"event_callback","team_id":"T1","event_id":"Ev1","event_time":"1700000000","event":{"type":"app_mention","user":"U1","text":"hi","ts":"1.2","channel":"C1"}}""";

        await bot.Post("/slack/events", Event, "application/json; charset=utf-8");
        time.Advance(TimeSpan.FromMinutes(1));
        var (status, _) = await bot.Post("/slack/events", Event, "application/json", request => request.Headers.Add("X-Slack-Retry-Num", "1"));

        status.ShouldBe(HttpStatusCode.OK);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeat_is_handled_when_the_first_delivery_never_arrived()
    {
        var calls = 0;
        await using var bot = await Bot.Start(c => c.RegisterEventHandler(new OnEvent<AppMention>(_ => { calls++; return Task.CompletedTask; })));
        await bot.Post("/slack/events", """{"type":"event_callback","event_id":"Ev9","event":{"type":"app_mention","ts":"1.2"}}""", change: request => request.Headers.Add("X-Slack-Retry-Num", "2"));
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Url_verification_and_certificate_probes_are_answered()
    {
        await using var bot = await Bot.Start();
        (await bot.Post("/slack/events", """{"type":"url_verification","challenge":"abc\"<","token":"t"}""", "application/json")).Body.ShouldContain("abc");
        (await bot.Post("/slack/commands", "ssl_check=1&token=t")).ShouldBe((HttpStatusCode.OK, ""));
    }

    [Theory]
    [InlineData("payload", """{"type":"brand_new_thing\n[31m"}""")]
    [InlineData("json", """{"type":"brand_new_thing"}""")]
    [InlineData("json", """{"type":"event_callback","event_id":"E2","event":{"type":"new_event","x":{"y":[1]}}}""")]
    [InlineData("json", """{"type":"app_rate_limited","minute_rate_limited":1}""")]
    [InlineData("json", """{"no":"type"}""")]
    public async Task Unknown_types_are_acknowledged_and_logged_by_name_only(string kind, string content)
    {
        await using var bot = await Bot.Start();
        var (status, body) = await bot.Post("/slack/events", kind == "json" ? content : Bot.Payload(content));
        (status, body).ShouldBe((HttpStatusCode.OK, ""));
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Warning", StringComparison.Ordinal));
        bot.Logs.Lines.ShouldNotContain(line => line.Contains('\u001b') || line.Contains("brand_new_thing\n"));
    }

    [Fact]
    public async Task Another_method_and_another_path_are_not_ours()
    {
        await using var bot = await Bot.Start();
        using var http = new HttpClient();
        (await http.GetAsync($"{bot.Address}/slack/events", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await bot.Post("/slack/other", "x")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_signing_secret_the_endpoints_refuse_to_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSlackNet(c => c.UseApiToken(Bot.Token));
        await using var app = builder.Build();
        Should.Throw<InvalidOperationException>(() => app.UseSlackNet()).Message.ShouldContain("signing secret");
    }

    [Fact]
    public void A_token_with_a_line_end_is_refused_without_being_shown()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var refusal = Should.Throw<InvalidOperationException>(() => builder.Services.AddSlackNet(c => c.UseApiToken(Bot.Token + "\n")));
        refusal.Message.ShouldNotContain("verysecret");
        Should.Throw<InvalidOperationException>(() => builder.Services.AddSlackNet(c => c.UseSocketMode())).Message.ShouldContain("app-level token");
        Should.Throw<InvalidOperationException>(() => builder.Services.AddSlackNet(c => c.UseApiBaseUrl(new Uri("http://127.0.0.1:1/api/")))).Message.ShouldContain("AllowInsecureLoopback");
        Should.Throw<InvalidOperationException>(() => builder.Services.AddSlackNet(c => c.UseApiBaseUrl(new Uri("http://slack.example/api/")).AllowInsecureLoopback()));
    }

    [Fact]
    public async Task Garbage_never_brings_the_endpoint_down()
    {
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", OnCommand.Says("ok")));
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var body = new byte[random.Next(0, 400)];
            random.NextBytes(body);
            if (round % 3 == 0)
                body = [.. "payload="u8, .. body];
            if (round % 3 == 1)
                body = [.. "{"u8, .. body];
            ((int)(await bot.PostBytes("/slack/events", body)).Status).ShouldBeOneOf(200, 400);
        }
        (await bot.Post("/slack/commands", bot.Command("x"))).Body.ShouldContain("ok");
    }

    private static OnCommand Counting(Action count) => new(_ =>
    {
        count();
        return Task.FromResult<SlashCommandResponse?>(null);
    });
}

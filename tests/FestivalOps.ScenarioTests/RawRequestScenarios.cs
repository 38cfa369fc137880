using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.ScenarioTests;

/// <summary>What arrives at the bot's endpoints and is not Slack, or not as Slack sends it: refused, and nothing runs.</summary>
public sealed class RawRequestScenarios(World world)
{
    private static readonly string[] Endpoints = ["/slack/commands", "/slack/interactions", "/slack/options", "/slack/events"];

    [Fact]
    public async Task Without_a_signature_nothing_is_done() => await Refused(HttpStatusCode.Unauthorized, r =>
    {
        r.Headers.Remove("X-Slack-Signature");
        r.Headers.Remove("X-Slack-Request-Timestamp");
    });

    [Fact]
    public async Task With_the_signature_of_another_secret_nothing_is_done() => await Refused(HttpStatusCode.Unauthorized, secret: "guessed");

    [Theory]
    [InlineData(-301)]
    [InlineData(310)]
    [InlineData(-86_400)]
    public async Task A_request_from_another_time_is_refused(int seconds) => await Refused(HttpStatusCode.Unauthorized, seconds: seconds);

    [Theory]
    [InlineData("v0=")]
    [InlineData("v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("garbage")]
    public async Task A_malformed_signature_is_refused(string signature) => await Refused(HttpStatusCode.Unauthorized, r =>
    {
        r.Headers.Remove("X-Slack-Signature");
        r.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
    });

    [Fact]
    public async Task Two_signatures_are_one_too_many() => await Refused(HttpStatusCode.Unauthorized, r =>
        r.Headers.TryAddWithoutValidation("X-Slack-Signature", "v0=0000000000000000000000000000000000000000000000000000000000000000"));

    [Theory]
    [InlineData("{\"type\":")]
    [InlineData("payload=%7B%22type%22")]
    [InlineData("payload=null")]
    [InlineData("payload=%5B%5D")]
    public async Task What_cannot_be_read_is_refused(string body) => await Refused(HttpStatusCode.BadRequest, body: body);

    [Fact]
    public async Task An_answer_to_a_foreign_address_is_refused() =>
        await Refused(HttpStatusCode.BadRequest, body: Command("version", "https://evil.example/collect"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_is_too_long_is_refused(bool saysHowLong) => await Refused(
        HttpStatusCode.RequestEntityTooLarge, r => r.Headers.TransferEncodingChunked = saysHowLong ? null : true, body: new string('a', (1024 * 1024) + 1));

    [Theory]
    [InlineData("{\"type\":\"something_new\"}")]
    [InlineData("{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event\":{\"type\":\"something_new\"}}")]
    [InlineData("payload=%7B%22type%22%3A%22something_new%22%7D")]
    public async Task What_is_of_an_unknown_kind_is_acknowledged_and_left_alone(string body) => await Refused(HttpStatusCode.OK, body: body);

    [Fact]
    public async Task A_request_that_comes_again_is_done_once()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        var body = Command("version", null);
        var at = TimeProvider.System.GetUtcNow();

        for (var i = 0; i < 3; i++)
        {
            using var request = Request(stage, "/slack/commands", body, stage.Slack.Options.SigningSecret, at);
            (await stage.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // There is no response_url in it: the answer comes as a message of its own.
        await stage.Sato.Sees("*FestivalOps");
        (await stage.AuditRowsOfAsync("version", 2)).Count.ShouldBe(2);
        stage.Sato.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Slack_finds_out_that_the_address_is_ours()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        using var request = Request(
            stage, "/slack/events", "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aB\"}", stage.Slack.Options.SigningSecret, TimeProvider.System.GetUtcNow());

        var answer = await stage.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("3eZbrw1aB");
    }

    [Fact]
    public async Task Reading_an_endpoint_is_not_allowed()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        foreach (var endpoint in Endpoints) (await stage.Http.GetAsync(endpoint)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task With_Socket_Mode_there_are_no_such_endpoints()
    {
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);

        foreach (var endpoint in Endpoints)
        {
            using var request = Request(stage, endpoint, Command("version", null), stage.Slack.Options.SigningSecret, TimeProvider.System.GetUtcNow());
            (await stage.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    /// <summary>Sends it to every endpoint: the status, no audit row, no message, and the bot goes on.</summary>
    private async Task Refused(
        HttpStatusCode status, Action<HttpRequestMessage>? spoil = null, string? body = null, string? secret = null, int seconds = 0)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        var rows = (await stage.AuditRowsAsync()).Count;
        foreach (var (number, endpoint) in Endpoints.Index())
        {
            // Each a second older, because the same bytes with the same signature would be a replay.
            var at = TimeProvider.System.GetUtcNow().AddSeconds(seconds - number);
            using var request = Request(stage, endpoint, body ?? Command("version", null), secret ?? stage.Slack.Options.SigningSecret, at);
            spoil?.Invoke(request);
            using var answer = await stage.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(status);
            var said = await answer.Content.ReadAsStringAsync();
            if ((int)status >= 400) said.ShouldMatch("Refused: .*E-[A-Z0-9]+", "an error id for the operator");
        }

        await stage.Sato.Types("/fops help version");
        await stage.Sato.Sees("`/fops version`");
        await stage.AuditRowsOfAsync("help version", 2);
        (await stage.AuditRowsAsync()).Count.ShouldBe(rows + 2);
        stage.Sato.Messages.Count.ShouldBe(1);
    }

    private static HttpRequestMessage Request(Stage stage, string path, string body, string secret, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Http.BaseAddress!, path))
        {
            Content = new StringContent(body, Encoding.UTF8, body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", signature);
        return request;
    }

    private static string Command(string text, string? responseUrl) =>
        $"command=%2Ffops&text={text}&user_id={Seed.Sato}&channel_id={Seed.Ops}&team_id={Seed.Team}&trigger_id={Guid.NewGuid():N}"
        + (responseUrl is null ? "" : "&response_url=" + Uri.EscapeDataString(responseUrl));
}

using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FestivalOps.SlackEmulator.Page;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed partial class PageTests
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' &lt;b&gt;bold&lt;/b&gt; <javascript:alert(1)|click>";

    [Theory]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    [InlineData("/assets/workspace.js", "text/javascript")]
    [InlineData("/assets/workspace.css", "text/css")]
    public async Task Scripts_and_styles_are_there_in_a_foreign_host_process(string path, string type)
    {
        await using var slack = await Running.StartAsync();
        using var response = await slack.Http.GetAsync(slack.Url + path);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await response.Content.ReadAsStringAsync()).Length.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task Nothing_is_loaded_from_elsewhere()
    {
        await using var slack = await Running.StartAsync();
        var page = await slack.Http.GetStringAsync(slack.Url);
        Outside().Matches(page).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hostile_text_stays_text_wherever_it_is_shown()
    {
        await using var slack = await Running.StartAsync();
        var blocks = new JsonArray(
            Block("section", Hostile),
            JsonNode.Parse("""{"type":"markdown","text":""}"""),
            JsonNode.Parse("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""},{"type":"link","url":"javascript:alert(1)","text":"x"}]}]}"""),
            JsonNode.Parse("""{"type":"table","rows":[[{"type":"raw_text","text":""}]]}"""),
            JsonNode.Parse("""{"type":"alert","text":{"type":"plain_text","text":""}}"""),
            JsonNode.Parse("""{"type":"actions","elements":[{"type":"button","value":"","text":{"type":"plain_text","text":"<script>alert(1)</script>"}}]}"""));
        blocks[1]!["text"] = Hostile + " [x](javascript:alert(1))";
        blocks[2]!["elements"]![0]!["elements"]![0]!["text"] = Hostile;
        blocks[3]!["rows"]![0]![0]!["text"] = Hostile;
        blocks[4]!["text"]!["text"] = Hostile;
        blocks[5]!["elements"]![0]!["value"] = Hostile;
        await slack.PostAsync(Seed.Ops, Hostile);
        await slack.PostAsync(Seed.Ops, "x", blocks);
        await slack.TypeAsync(Hostile);
        await slack.CallAsync("conversations.setTopic", ("channel", Seed.Ops), ("topic", Hostile));
        var page = await slack.Http.GetStringAsync($"{slack.Url}/?panel=calls");
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<img src=x");
        page.ShouldNotContain("<b>bold");
        page.ShouldNotContain("href=\"javascript:");
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    [Theory]
    [InlineData(Seed.Sato, "操作する人", "Acting as")]
    [InlineData(Seed.Emily, "Acting as", "操作する人")]
    public async Task The_page_speaks_the_persons_language(string user, string has, string hasNot)
    {
        await using var slack = await Running.StartAsync();
        var page = WebUtility.HtmlDecode(await slack.Http.GetStringAsync($"{slack.Url}/?as={user}"));
        page.ShouldContain(has);
        page.ShouldNotContain(hasNot);
        (await slack.Http.GetStringAsync($"{slack.Url}/?as={user}&lang=en")).ShouldContain("Acting as");
    }

    [Fact]
    public void Every_word_of_the_page_exists_in_both_languages() =>
        PageText.Keys.ShouldAllBe(k => PageText.Of(k, "ja").Length > 0 && PageText.Of(k, "en").Length > 0 && !PageText.Of(k, "en").Any(c => c >= '\u3040' && c <= '\u9fff'));

    [Fact]
    public async Task Mrkdwn_is_drawn_as_slack_draws_it()
    {
        await using var slack = await Running.StartAsync();
        await slack.PostAsync(Seed.Ops, "*bold* _it_ ~no~ `co*d*e` :tada: <https://example.com/?a=1&amp;b=2|site> <@U0SATO0001> <#C0ALERT001> 5*3*2 **x**");
        var page = await slack.Http.GetStringAsync(slack.Url);
        foreach (var piece in (string[])["<b>bold</b>", "<i>it</i>", "<s>no</s>", "<code>co*d*e</code>", "title=\":tada:\"", "<a href=\"https://example.com/?a=1&amp;b=2\"", "@佐藤 健</span>", "#ops-alerts</a>", "5*3*2"])
            page.ShouldContain(piece);
    }

    [Theory]
    [InlineData(Seed.Sato, "昨日 18:30")]
    [InlineData(Seed.Emily, "yesterday 6:30 PM")]
    public async Task Dates_are_shown_in_tokyo_time_and_the_viewers_language(string user, string shown)
    {
        await using var slack = await Running.StartAsync();
        var at = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        await slack.PostAsync(Seed.Ops, $"<!date^{at}^{{date_short_pretty}} {{time}}|then>");
        (await slack.Http.GetStringAsync($"{slack.Url}/?as={user}")).ShouldContain(shown);
    }

    [Fact]
    public async Task An_ephemeral_message_is_on_one_persons_page_only()
    {
        await using var slack = await Running.StartAsync();
        await slack.CallAsync("chat.postEphemeral", ("channel", Seed.Ops), ("user", Seed.Emily), ("text", "for Emily"));
        (await slack.Http.GetStringAsync($"{slack.Url}/?as={Seed.Emily}")).ShouldContain("Only visible to you");
        (await slack.Http.GetStringAsync($"{slack.Url}/?as={Seed.Sato}")).ShouldNotContain("for Emily");
    }

    [Fact]
    public async Task A_refusal_is_shown_with_method_error_and_place()
    {
        await using var slack = await Running.StartAsync();
        await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops), ("blocks", JsonNode.Parse("""[{"type":"section"}]""")!));
        var page = await slack.Http.GetStringAsync($"{slack.Url}/?panel=refusals&lang=en");
        foreach (var piece in (string[])["Slack would refuse this", "invalid_blocks", "chat.postMessage", "json-pointer:/blocks/0"])
            page.ShouldContain(piece);
    }

    private static JsonObject Block(string type, string text) => new JsonObject { ["type"] = type, ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text } };

    [GeneratedRegex("(src|href)=\"(https?:)?//", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outside();
}

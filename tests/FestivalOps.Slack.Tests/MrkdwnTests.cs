using CsCheck;

namespace FestivalOps.Slack.Tests;

public sealed class MrkdwnTests
{
    [Fact]
    public void Foreign_text_is_escaped_once_and_finished_mrkdwn_not_again()
    {
        var inner = Mrkdwn.Of($"*{"a & b <c>"}*");
        inner.Value.ShouldBe("*a &amp; b &lt;c&gt;*");
        Mrkdwn.Of($"_{inner}_ {"&amp;"} {3.5:0.00} {Mrkdwn.User("U1")}").Value.ShouldBe("_*a &amp; b &lt;c&gt;*_ &amp;amp; 3.50 <@U1>");
    }

    [Fact]
    public void Nobody_can_mention_a_channel_through_a_hole() => Gen.String.Sample(text =>
    {
        var made = Mrkdwn.Of($"{text}").Value;
        made.ShouldNotContain("<");
        made.ShouldNotContain(">");
        SlackText.Unescape(made).ShouldBe(text);
    });

    [Fact]
    public void Unescaping_happens_once() => SlackText.Unescape("&amp;lt;b&amp;gt; &lt;3 <@U1>").ShouldBe("&lt;b&gt; <3 <@U1>");

    [Theory]
    [InlineData("U1> <!channel", "U1&gt; &lt;!channel")]
    [InlineData("", "")]
    public void What_is_no_id_becomes_text(string id, string shown)
    {
        Mrkdwn.User(id).Value.ShouldBe(shown);
        Mrkdwn.Channel(id).Value.ShouldBe(shown);
        Mrkdwn.Group(id).Value.ShouldBe(shown);
    }

    [Fact]
    public void Mentions_links_and_dates_are_written_as_Slack_wants()
    {
        Mrkdwn.Channel("C1").Value.ShouldBe("<#C1>");
        Mrkdwn.Group("S1").Value.ShouldBe("<!subteam^S1>");
        Mrkdwn.Link("https://x.example/?a=1&b=2", "a|b > c").Value.ShouldBe("<https://x.example/?a=1&amp;b=2|a¦b › c>");
        Mrkdwn.Link("javascript:alert(1)", "click").Value.ShouldBe("click");
        Mrkdwn.Link("https://x.example/>|<!channel>", "x").Value.ShouldNotContain("<!channel>");
        Mrkdwn.Date(DateTimeOffset.FromUnixTimeSeconds(1700000000)).Value.ShouldBe("<!date^1700000000^{date_short_pretty} {time}|2023-11-14 22:13 UTC>");
    }

    [Fact]
    public void Back_ticks_cannot_end_a_code_span()
    {
        Mrkdwn.Code("a`b\n<c>").Value.ShouldBe("`aˋb &lt;c&gt;`");
        Mrkdwn.CodeBlock("x```y").Value.Split("```").Length.ShouldBe(3);
    }
}

namespace FestivalOps.Slack.Tests;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("token xoxb-123-456-abcDEF end", "token xoxb-*** end")]
    [InlineData("xoxp-1-2-3", "xoxp-***")]
    [InlineData("xapp-1-A0-99-deadbeef", "xapp-***")]
    [InlineData("xoxe.xoxb-1-abc", "xoxe.xoxb-***")]
    [InlineData("xoxe-1-abc", "xoxe-***")]
    [InlineData("POST https://hooks.slack.com/commands/T1/2/secret failed", "POST https://hooks.slack.com/*** failed")]
    [InlineData("\"https://hooks.slack-gov.com/services/T/B/x\"", "\"https://hooks.slack-gov.com/***\"")]
    [InlineData("wss://wss-primary.slack.com/link/?ticket=abc&app_id=1", "wss://wss-primary.slack.com/***")]
    [InlineData("nothing here: https://slack.com/help", "nothing here: https://slack.com/help")]
    public void Secrets_are_taken_out(string text, string redacted) => SlackRedaction.Redact(text).ShouldBe(redacted);
}

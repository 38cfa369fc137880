using System.Text;
using FestivalOps.Slack.Receiving;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

public sealed class SignatureTests
{
    // The example of Slack's own documentation.
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA" +
        "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554" +
        "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1531420618));

    private SignatureVerdict Check(string? timestamp, string? signature, string body = Body)
    {
        byte[] buffer = [.. new byte[SignatureCheck.PrefixRoom], .. Encoding.UTF8.GetBytes(body)];
        return new SignatureCheck(Bot.Secret, _time).Check(timestamp, signature, buffer, out _);
    }

    [Fact]
    public void Slacks_documented_example_is_accepted() => Check(Timestamp, Signature).ShouldBe(SignatureVerdict.Good);

    [Theory]
    [InlineData(300, SignatureVerdict.Good)]
    [InlineData(301, SignatureVerdict.Stale)]
    [InlineData(-300, SignatureVerdict.Good)]
    [InlineData(-301, SignatureVerdict.Stale)]
    public void The_timestamp_may_be_five_minutes_away_in_either_direction(int seconds, object verdict)
    {
        var timestamp = (1531420618 + seconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Check(timestamp, Bot.Sign(timestamp, Encoding.UTF8.GetBytes(Body))).ShouldBe((SignatureVerdict)verdict);
    }

    [Theory]
    [InlineData(-10, SignatureVerdict.Good)]
    [InlineData(-11, SignatureVerdict.BeforeStart)]
    public void What_was_signed_before_the_start_was_meant_for_a_process_that_is_gone(int seconds, object verdict)
    {
        var timestamp = (1531420618 + seconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        byte[] buffer = [.. new byte[SignatureCheck.PrefixRoom], .. Encoding.UTF8.GetBytes(Body)];
        new SignatureCheck(Bot.Secret, _time, _time.GetUtcNow()).Check(timestamp, Bot.Sign(timestamp, Encoding.UTF8.GetBytes(Body)), buffer, out _)
            .ShouldBe((SignatureVerdict)verdict);
    }

    [Theory]
    [InlineData("+1531420618")]
    [InlineData(" 1531420618")]
    [InlineData("1531420618 ")]
    [InlineData("1531420618.0")]
    [InlineData("-1531420618")]
    [InlineData("0x5B479C0A")]
    [InlineData("１５３１４２０６１８")]
    [InlineData("1531420618000000000")]
    public void A_timestamp_is_ascii_digits_and_nothing_else(string timestamp) =>
        Check(timestamp, Bot.Sign(timestamp, Encoding.UTF8.GetBytes(Body))).ShouldBe(SignatureVerdict.Malformed);

    [Theory]
    [InlineData("v0=")]
    [InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50")]
    [InlineData("v0=g2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public void A_signature_of_another_form_is_malformed(string signature) => Check(Timestamp, signature).ShouldBe(SignatureVerdict.Malformed);

    [Fact]
    public void One_changed_byte_of_the_body_is_noticed() => Check(Timestamp, Signature, Body[..^1] + "d").ShouldBe(SignatureVerdict.Wrong);

    [Fact]
    public void A_missing_header_is_refused()
    {
        Check(null, Signature).ShouldBe(SignatureVerdict.Missing);
        Check(Timestamp, "").ShouldBe(SignatureVerdict.Missing);
    }
}

using System.Security.Cryptography;
using System.Text;
using FestivalOps.Channels;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>Pages over a webhook, for SMS and voice: signed, repeated until they are taken, never led elsewhere.</summary>
public sealed class WebhookTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Secret = "webhook-secret-0123456789";

    [Fact]
    public async Task A_call_is_signed_and_carries_the_key_of_its_row()
    {
        await using var provider = await SmsProvider.StartAsync(_ => 200);
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, provider);
        await bot.TellAsync("incident:1:page:sms", """{"text":"DB が応答しません"}""", target: "Sms", carrier: Carrier.Webhook);
        await office.RowAsync("incident:1:page:sms", OutboxState.Sent, TimeSpan.Zero);

        var call = provider.Calls.ShouldHaveSingleItem();
        call.Body.ShouldBe("""{"text":"DB が応答しません"}""");
        call.Headers["Idempotency-Key"].ShouldBe("incident:1:page:sms");
        call.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        var timestamp = call.Headers["X-FestivalOps-Timestamp"];
        long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(office.Clock.GetUtcNow().ToUnixTimeSeconds());
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{call.Body}"));
        call.Headers["X-FestivalOps-Signature"].ShouldBe("v1=" + Convert.ToHexStringLower(expected));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task What_is_not_taken_is_repeated_with_the_same_key(int status)
    {
        var answers = new Queue<int>([status, status, 200]);
        await using var provider = await SmsProvider.StartAsync(_ => answers.Dequeue());
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, provider);
        await bot.TellAsync("p", "{}", target: "sms", carrier: Carrier.Webhook);
        (await office.RowAsync("p", OutboxState.Sent)).Attempts.ShouldBe(3);
        provider.Calls.Select(c => c.Headers["Idempotency-Key"]).ShouldBe(["p", "p", "p"]);
    }

    [Theory]
    [InlineData(400, "http_400")]
    [InlineData(410, "http_410")]
    [InlineData(302, "http_302")]
    public async Task What_is_refused_or_led_elsewhere_is_told_to_the_feature_and_not_repeated(int status, string error)
    {
        await using var elsewhere = await SmsProvider.StartAsync(_ => 200);
        await using var provider = await SmsProvider.StartAsync(_ => status, elsewhere.Address);
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, provider);
        await bot.TellAsync("p", "{}", target: "Sms", carrier: Carrier.Webhook);
        await bot.TellAsync("q", "{}", target: "NoSuch", carrier: Carrier.Webhook);
        await office.RowAsync("p", OutboxState.Dropped);
        await office.RowAsync("q", OutboxState.Dropped);
        bot.Kind.Undeliverable.OrderBy(u => u.Key, StringComparer.Ordinal).ShouldBe([("p", error), ("q", "webhook_not_set_up")]);
        provider.Calls.Count.ShouldBe(1);
        elsewhere.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_the_secret_nor_the_address_is_ever_logged()
    {
        await using var provider = await SmsProvider.StartAsync(_ => 500);
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, provider);
        await bot.TellAsync("p", "{}", target: "Sms", carrier: Carrier.Webhook);
        await office.UntilAsync(() => office.Row("p")!.Attempts >= 2, "it is tried again");
        bot.Log.ToString().ShouldNotContain(Secret);
        bot.Log.ToString().ShouldNotContain("path-is-a-secret");
        office.Row("p")!.Reason!.ShouldNotContain("path-is-a-secret");
    }

    [Theory]
    [InlineData("Webhooks:Targets:Sms:Url", "http://sms.example.com/", "Webhooks: Sms: Url must be an https address without a user name (plain http only to this machine).")]
    [InlineData("Webhooks:Targets:Sms:Url", "https://user:secret-in-it@sms.example.com/", "Webhooks: Sms: Url must be an https address without a user name (plain http only to this machine).")]
    [InlineData("Webhooks:Targets:Sms:Secret", "short", "Webhooks: Sms: Secret must have at least 16 characters; it signs what is sent.")]
    [InlineData("Webhooks:Targets:Sms:TimeoutSeconds", "61", "Webhooks: Sms: TimeoutSeconds must be between 1 and 60, but is 61.")]
    [InlineData("Webhooks:Targets:Sms:Urll", "https://sms.example.com/", "Webhooks:Targets:Sms:Urll is not a setting.")]
    public void A_wrong_setting_is_refused_with_its_reason(string key, string value, string sentence)
    {
        var complaint = TestBot.Complaint([("Webhooks:Targets:Sms:Url", "https://sms.example.com/"), ("Webhooks:Targets:Sms:Secret", Secret), (key, value)]);
        complaint.ShouldStartWith(sentence);
        complaint.ShouldNotContain(Secret);
        complaint.ShouldNotContain("secret-in-it");
    }

    private static Task<Sender> HireAsync(PostOffice office, SmsProvider provider) => office.HireAndStartAsync(
        null, ("Webhooks:Targets:Sms:Url", provider.Address + "/path-is-a-secret"), ("Webhooks:Targets:Sms:Secret", Secret));
}

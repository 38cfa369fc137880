using System.Net;
using System.Net.Sockets;
using FestivalOps.Channels;
using FestivalOps.Channels.Courier;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>Pages by mail, against a real SMTP server.</summary>
public sealed class MailTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Password = "mail-secret-1";

    [Fact]
    public async Task A_page_arrives_over_StartTls_with_login_and_the_same_Message_ID_for_each_try()
    {
        await using var server = await MailServer.StartAsync();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server);
        bot.Kind.Says = _ => new Prepared.Mail("【重大】DB が応答しません\r\nBcc: everyone@example.com", "本文です。\n.\n次の行。");

        await bot.TellAsync("incident:1:page:mail", "", target: "sato@festival-planner.example", carrier: Carrier.Mail);
        await office.RowAsync("incident:1:page:mail", OutboxState.Sent, TimeSpan.Zero);

        var mail = server.Mails.ShouldHaveSingleItem();
        (mail.GetProperty("tls").GetBoolean(), mail.GetProperty("user").GetString()).ShouldBe((true, "ops"));
        mail.GetProperty("to").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("sato@festival-planner.example");
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.GetProperty("data").GetString()!));
        using var read = await MimeKit.MimeMessage.LoadAsync(text, TestContext.Current.CancellationToken);
        read.Subject.ShouldBe("【重大】DB が応答しません  Bcc: everyone@example.com");
        read.Bcc.ShouldBeEmpty();
        read.TextBody!.Trim().Split('\n', StringSplitOptions.TrimEntries).ShouldBe(["本文です。", ".", "次の行。"]);
        read.MessageId.ShouldEndWith("@festival-planner.example");
        read.Headers[MimeKit.HeaderId.AutoSubmitted].ShouldBe("auto-generated");
    }

    [Fact]
    public async Task Files_go_along_whole()
    {
        await using var server = await MailServer.StartAsync();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server);
        var page = System.Text.Encoding.UTF8.GetBytes("<!doctype html><p>売上 ¥1</p>" + new string('x', 5_000));
        bot.Kind.Says = _ => new Prepared.Mail("月次レポート", "本文") { Files = [new MailFile("monthly-2026-10.html", "text/html", page), new MailFile("表.csv", "text/csv", [0xef, 0xbb, 0xbf, (byte)'a'])] };
        await bot.TellAsync("r", "", target: "ceo@festival-planner.example", carrier: Carrier.Mail);
        await office.RowAsync("r", OutboxState.Sent, TimeSpan.Zero);

        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Mails.ShouldHaveSingleItem().GetProperty("data").GetString()!));
        using var read = await MimeKit.MimeMessage.LoadAsync(text, TestContext.Current.CancellationToken);
        read.TextBody!.Trim().ShouldBe("本文");
        var files = read.Attachments.OfType<MimeKit.MimePart>().ToList();
        files.Select(f => (f.FileName, f.ContentType.MimeType)).ShouldBe([("monthly-2026-10.html", "text/html"), ("表.csv", "text/csv")]);
        using var content = new MemoryStream();
        await files[0].Content!.DecodeToAsync(content, TestContext.Current.CancellationToken);
        content.ToArray().ShouldBe(page);
    }

    [Fact]
    public async Task A_mail_that_is_never_confirmed_is_sent_again_and_recognisable()
    {
        await using var server = await MailServer.StartAsync();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server);
        await bot.TellAsync("p", "page", target: "slow@festival-planner.example", carrier: Carrier.Mail);
        await office.UntilAsync(() => server.Mails.Count == 1, "the server has it", TimeSpan.Zero);
        await bot.TellAsync("q", "page", target: "sato@festival-planner.example", carrier: Carrier.Mail);
        await office.RowAsync("q", OutboxState.Sent, TimeSpan.Zero);

        office.Clock.Advance(TimeSpan.FromSeconds(21));
        var row = await office.RowAsync("p", OutboxState.Sent);

        row.Attempts.ShouldBeGreaterThan(1);
        var ids = server.Mails.Where(m => m.GetProperty("to")[0].GetString()!.StartsWith("slow", StringComparison.Ordinal))
            .Select(m => m.GetProperty("data").GetString()!.Split('\n').Single(l => l.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))).ToList();
        ids.Count.ShouldBeGreaterThan(1);
        ids.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("nobody@festival-planner.example", "smtp_550")]
    [InlineData("no address at all", "invalid_address")]
    [InlineData("a@example.com\r\nRCPT TO:<b@example.com>", "invalid_address")]
    [InlineData("a@example.com, b@example.com", "invalid_address")]
    public async Task A_recipient_that_can_not_be_reached_is_told_to_the_feature(string target, string error)
    {
        await using var server = await MailServer.StartAsync();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server);
        await bot.TellAsync("p", "page", target: target, carrier: Carrier.Mail);
        await office.RowAsync("p", OutboxState.Dropped, TimeSpan.Zero);
        bot.Kind.Undeliverable.ShouldHaveSingleItem().Error.ShouldBe(error);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_mailbox_is_tried_again()
    {
        await using var server = await MailServer.StartAsync();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server);
        await bot.TellAsync("p", "page", target: "full@festival-planner.example", carrier: Carrier.Mail);
        await office.UntilAsync(() => office.Row("p")!.Attempts >= 2, "it is tried again");
        office.Row("p")!.State.ShouldBe(OutboxState.Waiting);
    }

    [Theory]
    [InlineData("Mail:Password", "wrong-secret-2", "the mail server refuses Mail:User and Mail:Password")]
    [InlineData("Mail:AcceptedCertificate", "", "the mail server's certificate is not trusted (Mail:AcceptedCertificate)")]
    [InlineData("Mail:Host", "127.0.0.1", "the mail server's certificate is not trusted (Mail:AcceptedCertificate)")]
    public async Task What_only_a_person_can_mend_waits_and_is_told_without_secrets(string key, string value, string problem)
    {
        await using var server = await MailServer.StartAsync();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server, (key, value));
        await bot.TellAsync("p", "page", target: "sato@festival-planner.example", carrier: Carrier.Mail);
        await office.UntilAsync(() => bot.Get<OperatorProblem>().Problem is not null, "ready tells", TimeSpan.Zero);
        bot.Get<OperatorProblem>().Problem.ShouldBe($"outbox: {problem}");
        office.Row("p")!.State.ShouldBe(OutboxState.Waiting);
        bot.Log.ToString().ShouldNotContain(Password);
        bot.Log.ToString().ShouldNotContain("wrong-secret-2");
    }

    [Fact]
    public async Task A_server_that_offers_no_StartTls_gets_nothing()
    {
        await using var server = await MailServer.StartAsync(tls: false);
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await HireAsync(office, server);
        await bot.TellAsync("p", "page", target: "sato@festival-planner.example", carrier: Carrier.Mail);
        await office.UntilAsync(() => bot.Get<OperatorProblem>().Problem is not null, "ready tells", TimeSpan.Zero);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_server_that_says_nothing_is_given_up_and_holds_up_only_itself()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync(null, ("Mail:Host", "localhost"), ("Mail:Port", $"{((IPEndPoint)silent.LocalEndpoint).Port}"), ("Mail:From", "ops@festival-planner.example"));
        await bot.TellAsync("p", "page", target: "sato@festival-planner.example", carrier: Carrier.Mail);
        await bot.TellAsync("s", "slack");
        await office.RowAsync("s", OutboxState.Sent, TimeSpan.Zero);
        await office.UntilAsync(() => office.Row("p")!.Reason is not null, "it is given up for now", TimeSpan.FromSeconds(1));
        office.Row("p")!.ShouldSatisfyAllConditions(r => r.Reason.ShouldBe("the mail server did not answer in time"), r => r.Unclear.ShouldBeFalse());
    }

    [Theory]
    [InlineData("Mail:From", "not an address", "Mail: From must be one mail address, such as FestivalOps <ops@example.com>.")]
    [InlineData("Mail:Security", "None", "Mail: Security None is allowed only to this machine itself (Host localhost or 127.0.0.1).")]
    [InlineData("Mail:Password", "mail-secret-1", "Mail: User and Password belong together: give both or neither.")]
    [InlineData("Mail:Port", "0", "Mail: The field Port must be between 1 and 65535.")]
    [InlineData("Mail:AcceptedCertificate", "/nowhere/ca.pem", "Mail: AcceptedCertificate names the file /nowhere/ca.pem, which does not exist.")]
    public void A_wrong_setting_is_refused_with_its_reason(string key, string value, string sentence)
    {
        var complaint = TestBot.Complaint([("Mail:Host", "mail.example.com"), ("Mail:From", "ops@example.com"), (key, value)]);
        complaint.ShouldStartWith(sentence);
        complaint.ShouldNotContain(Password);
    }

    private static Task<Sender> HireAsync(PostOffice office, MailServer server, params (string Key, string Value)[] others) => office.HireAndStartAsync(
        null,
        [
            ("Mail:Host", "localhost"), ("Mail:Port", $"{server.Port}"), ("Mail:From", "FestivalOps <ops@festival-planner.example>"), ("Mail:User", "ops"),
            ("Mail:Password", Password), ("Mail:AcceptedCertificate", server.Certificate), .. others,
        ]);
}

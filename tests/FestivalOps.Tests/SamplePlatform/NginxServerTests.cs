using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed partial class NginxServerTests
{
    [Fact]
    public async Task Every_request_is_a_line_in_the_platforms_log_format()
    {
        Assert.SkipUnless(NginxServer.IsAvailable(out var reason), reason);
        await using var app = await SampleApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(new NginxOptions { Application = app.Address });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Address, "/up"));
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.UserAgent.ParseAdd("curl/8.0");
        (await http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await nginx.StopAsync(); // the line is written when the request is over; nginx flushes it before it ends

        (await File.ReadAllLinesAsync(nginx.AccessLog)).ShouldContain(line => MainFormat().IsMatch(line));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(5)]
    [InlineData(-2)]
    public async Task Its_certificate_has_as_many_days_left_as_asked_for(double days)
    {
        Assert.SkipUnless(NginxServer.IsAvailable(out var reason), reason);
        await using var app = await SampleApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(new NginxOptions { Application = app.Address });

        await nginx.ReplaceCertificateAsync(days);

        var end = await ShownCertificateEndAsync(nginx);
        (end - TimeProvider.System.GetUtcNow()).TotalDays.ShouldBe(days, tolerance: 0.01);
    }

    [Fact]
    public async Task An_app_that_is_gone_reads_as_502_and_in_the_error_log()
    {
        Assert.SkipUnless(NginxServer.IsAvailable(out var reason), reason);
        var app = await SampleApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(new NginxOptions { Application = app.Address });
        await app.DisposeAsync();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(nginx.Address, "/up"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await File.ReadAllTextAsync(nginx.ErrorLog)).ShouldContain("Connection refused");
    }

    private static async Task<DateTimeOffset> ShownCertificateEndAsync(NginxServer nginx)
    {
        using var written = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(nginx.CertificateFile));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", nginx.HttpsPort);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) =>
            shown!.GetRawCertData().AsSpan().SequenceEqual(written.RawData));
        await tls.AuthenticateAsClientAsync("localhost");
        return new DateTimeOffset(((X509Certificate2)tls.RemoteCertificate!).NotAfter);
    }

    [GeneratedRegex(
        """^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /up HTTP/1\.1" 200 \d+ "-" "curl/8\.0" "203\.0\.113\.9"$""",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex MainFormat();
}

using FestivalOps.Checks;
using FestivalOps.Checks.Certificates;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class CertificateCheckTests
{
    [Theory]
    [InlineData(90.5, "Ok", "90 days")]
    [InlineData(29.5, "Warning", "29 days")]
    [InlineData(6.5, "Critical", "6 days")]
    [InlineData(1.5, "Critical", "1 day")]
    public async Task The_days_left_of_the_certificate_that_visitors_see_are_judged(double daysLeft, string status, string says)
    {
        await using var nginx = await StartAsync(daysLeft);
        var found = await Measure.OnceAsync<CertificateCheck>(("Checks:Certificate:Endpoint", $"127.0.0.1:{nginx.HttpsPort}"));
        found.Status.ToString().ShouldBe(status);
        found.Says.En.ShouldBe(says);
    }

    [Fact]
    public async Task An_expired_certificate_is_critical_and_says_since_when()
    {
        await using var nginx = await StartAsync(-2.5);
        var found = await Measure.OnceAsync<CertificateCheck>(("Platform:BaseUrl", $"https://127.0.0.1:{nginx.HttpsPort}"));
        found.Status.ShouldBe(CheckStatus.Critical);
        found.Says.En.ShouldBe("expired 3 day(s) ago");
    }

    [Fact]
    public async Task What_does_not_speak_TLS_is_unknown()
    {
        await using var app = await SampleApp.StartAsync();
        var found = await Measure.OnceAsync<CertificateCheck>(("Checks:Certificate:Endpoint", $"127.0.0.1:{app.Address.Port}"));
        found.Status.ShouldBe(CheckStatus.Unknown);
        found.Value.ShouldBeNull();
    }

    private static async Task<NginxServer> StartAsync(double daysLeft)
    {
        Assert.SkipUnless(NginxServer.IsAvailable(out var reason), reason);
        return await NginxServer.StartAsync(new() { Application = new("http://127.0.0.1:1"), CertificateDaysLeft = daysLeft });
    }
}

using System.Net;
using FestivalOps.Demo.SamplePlatform;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class LocalPlatformTests
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task It_starts_what_is_installed_and_lists_what_is_not()
    {
        using var output = new StringWriter();
        await using var platform = await LocalPlatform.StartAsync(new SamplePlatformOptions { Durable = false, WithPrometheus = false }, output);

        (platform.Postgres is not null).ShouldBe(PostgresServer.IsAvailable(out _));
        (platform.Redis is not null).ShouldBe(RedisServer.IsAvailable(out _));
        (platform.Nginx is not null).ShouldBe(NginxServer.IsAvailable(out _));
        output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(platform.Missing.Count);
        using var answer = await Http.GetAsync(new Uri(platform.Address, "/health"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Its_health_follows_its_database()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        await using var platform = await LocalPlatform.StartAsync(
            new SamplePlatformOptions { Durable = false, WithPrometheus = false }, TextWriter.Null);
        await platform.Postgres!.StopAsync();
        using var answer = await Http.GetAsync(new Uri(platform.Address, "/health"));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"database\":\"disconnected\"");
    }

    [Fact]
    public void A_missing_part_is_one_line_in_both_languages_with_the_command_that_installs_it()
    {
        var part = new MissingPart("nginx", "nginx is not installed", ("アクセスログはありません", "there is no access log"), "nginx");
        part.Line.ShouldBe(
            "[demo] nginx: なし。アクセスログはありません。追加するには: sudo apt-get install -y nginx / not here (nginx is not installed); there is no access log.");
    }
}

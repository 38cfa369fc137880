using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Logs;

/// <summary>Errors in logs: read, masked, grouped.</summary>
public sealed class LogTests : IAsyncDisposable
{
    private readonly TaskStage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("login failed for taro.yamada+x@example.co.jp", "login failed for ***@example.co.jp")]
    [InlineData("from 203.0.113.77 port 22", "from 203.0.113.x port 22")]
    [InlineData("version 1.2.3.4.5 at 12:00:00", "version 1.2.3.4.5 at 12:00:00")]
    [InlineData("from 2001:db8:85a3::8a2e:370:7334", "from 2001:db8:85a3::x")]
    [InlineData("call 090-1234-5678 or +81 90 1234 5678 or 0312345678", "call *** or *** or ***")]
    [InlineData("{\"password\":\"hush\",\"token\"=>\"abc\", api_key=xyz}", "{\"password\":\"***\",\"token\"=>\"***\", api_key=***}")]
    [InlineData("Authorization: Bearer abcdef123456", "Authorization: Bearer ***")]
    [InlineData("xoxb-123-abc sk_live_abcdefgh1234 eyJhbGciOiJIUzI1NiJ9.e30.abc", "*** *** ***")]
    [InlineData("card 4242 4242 4242 4242 refused", "card *** refused")]
    [InlineData("ActionController::RoutingError (No route matches [GET] \"/wp-login.php\")", "ActionController::RoutingError (No route matches [GET] \"/wp-login.php\")")]
    public void Personal_data_and_secrets_are_taken_out_and_nothing_else(string line, string masked) => PersonalData.Masked(line).ShouldBe(masked);

    [Fact]
    public void A_line_made_to_be_slow_is_masked_in_time()
    {
        foreach (var part in (string[])["a@", "1.", ":1", "0-", "password", "eyJ", "+81 "])
            PersonalData.Masked(string.Concat(Enumerable.Repeat(part, 20_000))).Length.ShouldBeLessThanOrEqualTo(3 * PersonalData.LongestLine);
    }

    [Theory]
    [InlineData("E, [2026-11-30T00:00:00.123456 #42] ERROR -- : [id] boom", true, "[id] boom")]
    [InlineData("F, [2026-11-30T00:00:00.123456 #42] FATAL -- : boom", true, "boom")]
    [InlineData("I, [2026-11-30T00:00:00.123456 #42]  INFO -- : ERROR in the words of a person", false, "ERROR in the words of a person")]
    [InlineData("{\"timestamp\":\"2026-11-30T00:00:00Z\",\"level\":\"ERROR\",\"message\":\"boom\"}", true, "boom")]
    [InlineData("{\"timestamp\":\"2026-11-30T00:00:00Z\",\"level\":\"info\",\"message\":\"ERROR\"}", false, "ERROR")]
    [InlineData("2026-11-30 00:00:00 ERROR boom", true, "boom")]
    [InlineData("Completed 500 Internal Server Error", false, "Completed 500 Internal Server Error")]
    [InlineData("{\"broken", false, "{\"broken")]
    public void The_applications_lines_say_themselves_whether_they_are_errors(string line, bool isError, string message)
    {
        var read = LogReading.Application(line);
        (read.IsError, read.Message).ShouldBe((isError, message));
    }

    [Fact]
    public void Lines_of_nginx_and_of_the_journal_are_read_with_their_times()
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var nginx = LogReading.Nginx("2026/11/30 09:00:00 [error] 123#123: *7 connect() failed, client: 203.0.113.9", tokyo);
        nginx.ShouldBe(new(true, new(2026, 11, 30, 9, 0, 0, TimeSpan.FromHours(9)), "connect() failed, client: 203.0.113.9"));
        LogReading.Nginx("2026/11/30 09:00:00 [warn] 123#123: *7 an upstream response is buffered", tokyo).IsError.ShouldBeFalse();
        LogReading.Journal("""{"PRIORITY":"3","__REALTIME_TIMESTAMP":"1764460800000000","MESSAGE":"Failed to start."}""").ShouldBe(new LogLine(true, DateTimeOffset.FromUnixTimeSeconds(1764460800), "Failed to start."));
        LogReading.Journal("""{"PRIORITY":"6","MESSAGE":"E, [2026-11-30T00:00:00.1234567 #42] ERROR -- : boom"}""")!.Value.ShouldBe(new(true, null, "boom"));
        LogReading.Journal("""{"PRIORITY":"3","MESSAGE":[98,111,111,109,255]}""")!.Value.Message.ShouldBe("boom\ufffd");
        LogReading.Journal("not json").ShouldBeNull();
    }

    [Fact]
    public void Errors_that_differ_in_numbers_and_ids_only_are_one_and_a_flood_of_kinds_is_bounded()
    {
        var groups = new ErrorGroups();
        groups.Add("[7c0c3c1e-1111-4222-8333-944445555666] [203.0.113.9] PG::Error on order 12 for a@example.com");
        groups.Add("[8d1d4d2f-1111-4222-8333-944445555666] [198.51.100.7] PG::Error on order 999 for b@example.com");
        groups.Top(1).ShouldBe([("PG::Error on order # for ***@example.com", 2)]);
        for (var n = 0; n < 5_000; n++) groups.Add("kind " + string.Concat($"{n}".Select(c => (char)('a' + c - '0'))));
        groups.Count.ShouldBe(5_002);
        groups.Different.ShouldBeLessThanOrEqualTo(1_001);
    }

    [Fact]
    public async Task The_morning_check_counts_errors_of_a_day_groups_them_and_shows_the_audits_score()
    {
        var now = TimeProvider.System.GetUtcNow();
        string Line(int hoursAgo, string words) => $"E, [{now.AddHours(-hoursAgo):yyyy-MM-dd'T'HH:mm:ss.ffffff} #1] ERROR -- : {words}";
        var log = Path.Combine(_stage.Folder, "production.log");
        await File.WriteAllLinesAsync(log, [Line(30, "too old"), Line(2, "timeout after 3 s"), Line(1, "timeout after 4 s"), Line(1, "mail to taro@example.com failed"), "I, [x] info"], TaskStage.Ct);
        await _stage.ProgramAsync("bundle", "echo 'festivalops-report:{\"audit\":{\"overall_score\":70,\"critical_issues\":[\"no CSP\"]}}'");
        _stage.Set("Maintenance:Logs:Application", log).Set("Maintenance:Logs:Nginx", Path.Combine(_stage.Folder, "none.log"))
            .Set("Maintenance:Application:Folder", _stage.Folder).Set("Maintenance:Application:Bundle", Path.Combine(_stage.Folder, "bundle"))
            .Set("Maintenance:Application:Unit", "no-such-unit-of-the-test");

        var outcome = await _stage.RunAsync<MorningCheckTask>();

        outcome.End.ShouldBe(TaskEnd.Warning);
        outcome.En().ShouldContain("△ application log: 3 error(s) of 2 kind(s) (last 24 h)\n└ 2 × timeout after # s\n└ 1 × mail to ***@example.com failed\n");
        outcome.En().ShouldContain($"? nginx error log: not available: local has no {_stage.Folder}/none.log.");
        outcome.En().ShouldContain("× security audit: score 70 % (target > 80 %), 1 critical issue(s), 0 warning(s)\n└ critical: no CSP");
        outcome.Ja().ShouldContain("ログ・監査で要確認 2 件");
    }

    [Fact]
    public async Task A_log_that_is_too_large_says_since_when_it_was_read()
    {
        var now = TimeProvider.System.GetUtcNow();
        var log = Path.Combine(_stage.Folder, "production.log");
        await File.WriteAllLinesAsync(log, Enumerable.Range(0, 2_000).Select(n => $"E, [{now.AddMinutes(-60 + (n / 50.0)):yyyy-MM-dd'T'HH:mm:ss.ffffff} #1] ERROR -- : number {n}"), TaskStage.Ct);
        _stage.Set("Maintenance:Logs:Application", log).Set("Maintenance:Logs:ReadKilobytes", "16").Set("Maintenance:Logs:Nginx", "");
        var parts = await _stage.Services.GetRequiredService<ErrorLogs>().LookAsync(TaskStage.Ct);
        parts[0].Says.En.ShouldMatch(@"^application log: \d{3} error\(s\) of 1 kind\(s\) \(the log is large: since \d{4}-");
    }
}

using System.Globalization;
using FestivalOps.Maintenance.SecurityDay;
using FestivalOps.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Security;

/// <summary>The security card of the day, from log files of which we know what happened.</summary>
public sealed class SecurityDayTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 29, 0, 5, 0, TimeSpan.Zero));
    private readonly TaskStage _stage;

    public SecurityDayTests() => _stage = new(services => services.AddSingleton<TimeProvider>(_clock));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Access => Path.Combine(_stage.Folder, "access.log");

    private string Auth => Path.Combine(_stage.Folder, "auth.log");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Without_logs_it_says_which_setting_is_missing()
    {
        var outcome = await _stage.RunAsync<SecurityDayTask>();
        outcome.End.ShouldBe(TaskEnd.NotAvailable);
        outcome.Sentence.Ja.ShouldContain("Blocking:Logs");
    }

    [Fact]
    public async Task Who_was_refused_most_stands_first_with_the_day_before_and_who_is_new()
    {
        await File.WriteAllLinesAsync(
            Access,
            [
                .. Requests("203.0.113.9", 30, 40), .. Requests("203.0.113.9", 2, 12), .. Requests("198.51.100.7", 2, 3), Request("192.0.2.1", 1, 200), .. Requests("192.0.2.2", 60, 9),
            ],
            Ct);
        await File.WriteAllLinesAsync(Auth, [.. Logins("198.51.100.7", "root", 5), Login("198.51.100.8", "admin from 192.0.2.77 port 22")], Ct);
        Watch(("web", "Nginx", Access), ("ssh", "Auth", Auth));

        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<SecurityDayTask>(run);

        outcome.End.ShouldBe(TaskEnd.Ok);
        outcome.Sentence.En.ShouldBe("In 24 hours 15 refused requests and 6 failed log-ins, from 3 addresses, 2 of them new");
        outcome.Sentence.Ja.ShouldBe("24 時間で拒否 15 件・ログイン失敗 6 件。接続元 3、うち新しいもの 2");
        var said = outcome.En();
        said.ShouldContain("the day before: 40 refused requests, 0 failed log-ins (-25, +6)");
        said.ShouldContain("refused most in 24 hours\n└ 203.0.113.9: 12 refused requests (the day before 40)\n└ 198.51.100.7: 3 refused requests, 5 failed log-ins (new)\n└ 198.51.100.8: 1 failed log-ins (new)\n");
        said.ShouldContain("failed log-ins by user: root 5, admin from 192.0.2.77 port 22 1");
        said.ShouldNotContain("192.0.2.1:", customMessage: "it was answered 200");
        run.Output().ShouldContain("figure refused_requests_24h=15\nfigure failed_logins_24h=6\nfigure refused_addresses_24h=3\nfigure new_refused_addresses_24h=2\n");
    }

    [Fact]
    public async Task Most_of_ten_addresses_are_shown_and_all_are_counted()
    {
        await File.WriteAllLinesAsync(Access, [.. Enumerable.Range(1, 25).SelectMany(n => Requests($"203.0.113.{n}", 1, n))], Ct);
        Watch(("web", "Nginx", Access));
        var outcome = await _stage.RunAsync<SecurityDayTask>();
        outcome.Sentence.En.ShouldContain("325 refused requests");
        outcome.Sentence.En.ShouldContain("from 25 addresses, 25 of them new");
        outcome.En().Split('\n').Count(l => l.StartsWith("└ 203.0.113.", StringComparison.Ordinal)).ShouldBe(10);
        outcome.En().ShouldContain("└ 203.0.113.16: 16 refused requests (new)\n");
        outcome.En().ShouldNotContain("203.0.113.15:");
    }

    [Fact]
    public async Task The_rotated_log_is_read_too()
    {
        await File.WriteAllLinesAsync(Access + ".1", Requests("203.0.113.9", 20, 7), Ct);
        await File.WriteAllLinesAsync(Access, Requests("203.0.113.9", 1, 2), Ct);
        Watch(("web", "Nginx", Access));
        (await _stage.RunAsync<SecurityDayTask>()).Sentence.En.ShouldContain("9 refused requests");
    }

    [Fact]
    public async Task A_log_that_is_missing_or_not_understood_is_said_and_the_others_go_on()
    {
        await File.WriteAllLinesAsync(Access, ["{not", "a log"], Ct);
        await File.WriteAllLinesAsync(Auth, Logins("198.51.100.7", "root", 2), Ct);
        Watch(("web", "Nginx", Access), ("gone", "Nginx", Path.Combine(_stage.Folder, "gone.log")), ("ssh", "Auth", Auth));
        var outcome = await _stage.RunAsync<SecurityDayTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.Sentence.En.ShouldContain("2 failed log-ins");
        outcome.En().ShouldContain("× web: none of 2 lines can be read (is its Kind in Blocking:Logs right?)");
        outcome.En().ShouldContain("? gone: ");
    }

    private void Watch(params (string Name, string Kind, string Path)[] logs)
    {
        foreach (var (name, kind, path) in logs) _stage.Set($"Blocking:Logs:{name}:Kind", kind).Set($"Blocking:Logs:{name}:Path", path).Set($"Blocking:Logs:{name}:TimeZone", "UTC");
    }

    private IEnumerable<string> Requests(string address, int hoursAgo, int count) => Enumerable.Range(0, count).Select(_ => Request(address, hoursAgo, 404));

    private string Request(string address, int hoursAgo, int status) => string.Create(
        CultureInfo.InvariantCulture, $"{address} - - [{_clock.GetUtcNow().AddHours(-hoursAgo):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /x HTTP/1.1\" {status} 5 \"-\" \"-\"");

    private IEnumerable<string> Logins(string address, string user, int count) => Enumerable.Range(0, count).Select(_ => Login(address, user));

    private string Login(string address, string user) => string.Create(
        CultureInfo.InvariantCulture, $"{_clock.GetUtcNow().AddHours(-1):yyyy-MM-ddTHH:mm:ss.ffffff}+00:00 web1 sshd[4711]: Failed password for {user} from {address} port 50000 ssh2");
}

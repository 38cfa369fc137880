using FestivalOps.Settings;
using FestivalOps.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Settings;

/// <summary>A wrong value or an unknown key stops the start, with a sentence for the operator.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Right_settings_are_no_reason_to_complain() => TestBot.Complaint().ShouldBe("");

    [Theory]
    [InlineData("Checks:Cpu:Warnin", "80", "Checks:Cpu:Warnin is not a setting. Did you mean Checks:Cpu:Warning?")]
    [InlineData("Slak:BotToken", "xoxb-1", "Slak:BotToken is not a setting. Did you mean Slack:BotToken?")]
    [InlineData("Zzz", "1", "Zzz is not a setting.")]
    [InlineData("Hosts:Remote:web1:Adress", "10.0.0.7", "Hosts:Remote:web1:Adress is not a setting.")]
    [InlineData("Roles:Operations:Users:x", "U1", "Roles:Operations:Users:x is not a setting.")]
    public void An_unknown_key_is_named_with_the_one_that_was_meant(string key, string value, string sentence) =>
        TestBot.Complaint((key, value)).ShouldStartWith(sentence);

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_each_thing_once()
    {
        TestBot.Complaint(("Zzz", "1"), ("Commands:Parallel", "0"), ("Reports:StatementSeconds", "0")).Split(Environment.NewLine).ShouldBe(
            ["Zzz is not a setting.", "Commands: The field Parallel must be between 1 and 512.", "Reports: The field StatementSeconds must be between 1 and 300."],
            ignoreOrder: true);
        TestBot.Complaint(("Zzz", "1"), ("Log:Level", "Trace")).Split(Environment.NewLine).ShouldBe(
            ["Zzz is not a setting.", "Log:Level must be one of: Verbose, Debug, Information, Warning, Error, Fatal."]);
    }

    [Theory]
    [InlineData("Checks:Cpu:Warning", "eighty", "Checks:Cpu:Warning must be a number.")]
    [InlineData("Checks:Cpu:Warning", "101", "Checks:Cpu: Warning must be between 0 and 100, but is 101.")]
    [InlineData("Checks:Cpu:Warning", "-1", "Checks:Cpu: Warning must be between 0 and 100, but is -1.")]
    [InlineData("Checks:Cpu:Warning", "NaN", "Checks:Cpu: Warning must be between 0 and 100, but is NaN.")]
    [InlineData("Checks:Cpu:Warning", "95", "Checks:Cpu: Critical (90) must lie above Warning (95): the warning comes first.")]
    [InlineData("Checks:Certificate:Warning", "5", "Checks:Certificate: Critical (7) must lie below Warning (5): the warning comes first.")]
    [InlineData("Checks:Certificate:Endpoint", "https://x", "Checks:Certificate: Endpoint must be host:port, like festival.example.com:443.")]
    [InlineData("Checks:Run:TimeoutSeconds", "5", "Checks:Run: The field TimeoutSeconds must be between 0.1 and 4.5.")]
    [InlineData("Checks:Run:EverySeconds", "9", "Checks:Run: EverySeconds must be 0 (off) or between 10 and 3600, but is 9.")]
    [InlineData("Checks:Run:EverySeconds", "3601", "Checks:Run: EverySeconds must be 0 (off) or between 10 and 3600, but is 3601.")]
    [InlineData("Checks:Run:EverySeconds", "often", "Checks:Run:EverySeconds must be a whole number.")]
    [InlineData("Checks:Host:Source", "Windows", "Checks:Host:Source must be one of: ")]
    [InlineData("Checks:Host:Instance", "a\"b", "Checks:Host: Instance must not contain quotes, backslashes or line breaks.")]
    [InlineData("Commands:Parallel", "0", "Commands: The field Parallel must be between 1 and 512.")]
    [InlineData("Http:Address", "8080", "Http: Address must look like http://127.0.0.1:8080, without a user name.")]
    [InlineData("Http:Address", "https://127.0.0.1:8443", "Http: Address must begin with http://: the bot has no certificate. Put a TLS proxy before it, such as nginx.")]
    [InlineData("Http:Address", "http://127.0.0.1:8080/bot", "Http: Address must end with the port, without a path (http://127.0.0.1:8080): Slack's path is always /slack/….")]
    [InlineData("Log:Level", "Trace", "Log:Level must be one of: Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("Log:Level", "Debug,Error", "Log:Level must be one of: Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("Log:Level", "2", "Log:Level must be one of: Verbose, Debug, Information, Warning, Error, Fatal.")]
    [InlineData("Slack:Transport", "7", "Slack:Transport must be one of: Socket, Http.")]
    [InlineData("Slack:SigningSecret", "8f742231b10e8888 abcd99yyyzzz85a5", "Slack: SigningSecret holds characters that no signing secret has (a space, a line break, …); copy it again.")]
    [InlineData("Slack:SigningSecret", "8f742231b10e8888abcd99yyyzzz85a5\n", "Slack: SigningSecret holds characters that no signing secret has (a space, a line break, …); copy it again.")]
    [InlineData("Platform:Redis", "redis://10.0.0.5:6379", "Platform: Redis is not an address like redis://…; it must begin with host:port, and a password follows as password=… (host:port,user=…,password=…).")]
    [InlineData("Storage:SqliteFile", "  ", "Storage: The SqliteFile field is required.")]
    [InlineData("Language:TimeZone", "Asia/Tokio", "Language: Language:TimeZone must be a time zone that this machine knows, such as Asia/Tokyo.")]
    [InlineData("Platform:BaseUrl", "festival.example.com", "Platform: BaseUrl must be a full address that begins with http:// or https://, without a user name or password in it.")]
    [InlineData("Platform:BaseUrl", "ftp://festival.example.com", "Platform: BaseUrl must be a full address that begins with http:// or https://, without a user name or password in it.")]
    [InlineData("Platform:HealthPath", "health", "Platform: HealthPath must begin with '/'.")]
    [InlineData("Platform:Database", "not a connection string", "Platform: Database is not a connection string of Npgsql (Host=…;Database=…;Username=…).")]
    [InlineData("Platform:MaintenanceDatabase", "not a connection string", "Platform: MaintenanceDatabase is not a connection string of Npgsql (Host=…;Database=…;Username=…).")]
    [InlineData("Maintenance:DatabaseMaintenance:BatchRows", "9", "Maintenance:DatabaseMaintenance: The field BatchRows must be between 10 and 50000.")]
    [InlineData("Maintenance:Database:LockWaitMilliseconds", "0", "Maintenance:Database: The field LockWaitMilliseconds must be between 100 and 60000.")]
    [InlineData("Maintenance:Application:Folder", "app", "Maintenance:Application: Folder must be an absolute path.")]
    [InlineData("Reports:StatementSeconds", "0", "Reports: The field StatementSeconds must be between 1 and 300.")]
    [InlineData("Reports:SlowStatementMilliseconds", "600001", "Reports: The field SlowStatementMilliseconds must be between 1 and 600000.")]
    [InlineData("Reports:MailTo:0", "ceo", "Reports: MailTo must hold mail addresses like ceo@example.com, one each.")]
    [InlineData("Reports:MailTo:0", "a@example.com, b@example.com", "Reports: MailTo must hold mail addresses like ceo@example.com, one each.")]
    [InlineData("Reports:MailTo:0", "ceo@example.com", "Reports: MailTo needs a mail server: set Mail:Host and Mail:From.")]
    [InlineData("Reports:MailTo", "ceo@example.com", "Reports:MailTo is not a setting. It is a list: use Reports:MailTo:0, Reports:MailTo:1, … with one value each.")]
    [InlineData("Reports:FontFile", "/etc/passwd", "Reports: FontFile names the file /etc/passwd, which can't be read or is not a font (TTF, OTF, TTC).")]
    [InlineData("Reports:FontFile", "/nowhere/font.ttc", "Reports: FontFile names the file /nowhere/font.ttc, which does not exist.")]
    [InlineData("Reports:RequestsMetric", "up) or vector(1", "Reports: The field RequestsMetric must match the regular expression")]
    [InlineData("Reports:Picture", "false", "Reports:Picture is not a setting. Did you mean Reports:Pictures?")]
    [InlineData("Roles:Security:Users:0", "@tanaka", "Roles: Security:Users must hold Slack user ids like U012AB3CD, but '@tanaka' is none.")]
    [InlineData("Roles:Security:UserGroups:0", "U012AB3CD", "Roles: Security:UserGroups must hold Slack user group ids like S012AB3CD, but 'U012AB3CD' is none.")]
    [InlineData("Slack:BotToken", TestBot.Absent, "Slack: BotToken is missing: install the app in your workspace and copy the \"Bot User OAuth Token\" (xoxb-…).")]
    [InlineData("Slack:SigningSecret", TestBot.Absent, "Slack: SigningSecret is missing: copy it from \"Basic Information\" of your app, or set Transport to Socket.")]
    [InlineData("Slack:BotToken", "xoxb-12…", "Slack: BotToken holds characters that no token has (a space, a line break, …); copy it again.")]
    [InlineData("Slack:BotToken", "xoxb-12 3", "Slack: BotToken holds characters that no token has (a space, a line break, …); copy it again.")]
    [InlineData("Slack:Transport", "Https", "Slack:Transport must be one of: Socket, Http.")]
    [InlineData("Slack:Transport", "Socket", "Slack: AppToken is missing: make an app-level token with the scope connections:write (xapp-…), or set Transport to Http.")]
    [InlineData("Slack:ApiBaseUrl", "http://slack.example.com/api/", "Slack: ApiBaseUrl must be an https address without a user name, like https://slack.com/api/ (plain http only to this machine, with AllowInsecureLoopback).")]
    [InlineData("Slack:ApiBaseUrl", "http://127.0.0.1:1/api/", "Slack: ApiBaseUrl must be an https address without a user name, like https://slack.com/api/ (plain http only to this machine, with AllowInsecureLoopback).")]
    [InlineData("Platform:Redis", ",,,", "Platform: Redis names no server; it must begin with host:port (host:port,password=…).")]
    [InlineData("Storage:Postgres", "not a connection string", "Storage: Postgres is not a connection string of Npgsql (Host=…;Database=…;Username=…).")]
    [InlineData("Storage:Postgres", "Database=fops", "Storage: Postgres is not a connection string of Npgsql (Host=…;Database=…;Username=…).")]
    [InlineData("Storage:SqliteFile", "/nowhere/at/all/fops.db", "Storage: SqliteFile lies in /nowhere/at/all, which does not exist: make that directory, or name another file.")]
    [InlineData("Storage:SqliteFile", "/tmp", "Storage: SqliteFile must name a file, but /tmp is a directory.")]
    [InlineData("Storage:KeepResultsDays", "0", "Storage: The field KeepResultsDays must be between 1 and 3650.")]
    [InlineData("Hosts:Platform", "web9", "Hosts: Platform names 'web9', which is neither local nor one of Remote.")]
    [InlineData("Hosts:Remote:local:Port", "22", "Hosts: Remote: the name 'local' must be lower-case letters, digits and hyphens, and not local.")]
    [InlineData("Hosts:Remote:web1:Port", "70000", "Hosts: Remote:web1: Address must be a host name or an address.")]
    [InlineData("Blocking:BruteForce:Count", "1", "Blocking: BruteForce: Count must be between 2 and 1000, but is 1.")]
    [InlineData("Blocking:BruteForce:WindowSeconds", "0", "Blocking: BruteForce: WindowSeconds must be between 1 and 86400, but is 0.")]
    [InlineData("Blocking:Unauthorised:Action", "Kill", "Blocking:Unauthorised:Action must be one of: Off, Warn, Block.")]
    [InlineData("Blocking:TrustedProxies:0", "10.0.0.1/8", "Blocking: TrustedProxies: '10.0.0.1/8' is no address or range like 203.0.113.9, 10.0.0.0/8 or 2001:db8::/32 (bits beyond the prefix must be zero).")]
    [InlineData("Blocking:NeverBlock:0", "office.example.com", "Blocking: NeverBlock: 'office.example.com' is no address or range")]
    [InlineData("Blocking:RefusedStatuses:0", "200", "Blocking: RefusedStatuses must be between 400 and 499.")]
    [InlineData("Blocking:RefusedStatuses:0", "often", "Blocking: RefusedStatuses must be between 400 and 499.")]
    [InlineData("Blocking:BlockHours:0", "0", "Blocking: BlockHours must be between 0.1 and 8760.")]
    [InlineData("Blocking:ScannerPathList:0", "wp-", "Blocking: ScannerPathList must hold beginnings of paths like /wp- or endings like *.php, in lower case.")]
    [InlineData("Blocking:Mode", "Blocks", "Blocking:Mode must be one of: Simulate, Block.")]
    [InlineData("Blocking:GraceMinutes", "-1", "Blocking: The field GraceMinutes must be between 0 and 10080.")]
    [InlineData("Blocking:WidestV4", "0", "Blocking: The field WidestV4 must be between 8 and 32.")]
    [InlineData("Blocking:WidestV6", "65", "Blocking: The field WidestV6 must be between 16 and 64.")]
    [InlineData("Blocking:MostAddresses", "10", "Blocking: The field MostAddresses must be between 1000 and 1000000.")]
    [InlineData("Blocking:Logs:nginx:Path", "access.log", "Blocking: Logs:nginx: Path must be the absolute path of a file.")]
    [InlineData("Blocking:Logs:nginx:Kind", "Apache", "Blocking: Logs:nginx: Kind must be one of: Nginx, NginxError, Auth, Journal, Rails, Syslog.")]
    [InlineData("Blocking:Syslog:Udp", "here:514", "Blocking: Syslog: Udp must be an address of this machine with a port, like 127.0.0.1:5514.")]
    [InlineData("Blocking:Syslog:From:0", "10.0.0.300", "Blocking: Syslog: From: '10.0.0.300' is no address or range")]
    public void A_wrong_value_is_refused_with_section_key_and_reason(string key, string value, string sentence) =>
        TestBot.Complaint((key, value)).ShouldStartWith(sentence);

    [Theory]
    [InlineData("Log:Level")]
    [InlineData("Storage:SqliteFile")]
    [InlineData("Storage:Postgres")]
    [InlineData("Checks:Cpu:Warning")]
    public void A_setting_with_an_empty_value_is_one_that_is_not_set(string key) => TestBot.Complaint((key, "")).ShouldBe("");

    [Fact]
    public void A_port_that_is_taken_is_named_before_anything_starts()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{other.LocalEndpoint}";
        TestBot.Complaint(("Http:Address", address)).ShouldStartWith($"Http: Address {address} can't be used: ");
    }

    [Fact]
    public void All_complaints_come_at_once()
    {
        var complaint = TestBot.Complaint(("Checks:Cpu:Warning", "95"), ("Commands:Parallel", "0"));
        complaint.ShouldContain("Checks:Cpu");
        complaint.ShouldContain("Parallel");
    }

    [Theory]
    [InlineData("Slack:BotToken", "xapp-very-secret-1")]
    [InlineData("Platform:Database", "Host=db;Password=very-secret-1;Nonsense=1")]
    [InlineData("Platform:MaintenanceDatabase", "Host=db;Password=very-secret-1;Nonsense=1")]
    [InlineData("Slack:Transport", "xoxb-very-secret-1")]
    [InlineData("Slack:Transport", "x' at 'very-secret-1' to type 'y")]
    [InlineData("Checks:Cpu:Warning", "very-secret-1")]
    [InlineData("Storage:Postgres", "Host=db;Password=very-secret-1;Nonsense=1")]
    [InlineData("Platform:Redis", "localhost,password=very-secret-1,nonsense=very-secret-1")]
    [InlineData("Platform:Redis", "redis://:very-secret-1@10.0.0.5:6379")]
    [InlineData("Platform:Redis", ":very-secret-1@10.0.0.5:6379")]
    [InlineData("Slack:ApiBaseUrl", "https://bot:very-secret-1@slack.com/api/")]
    [InlineData("Slack:ApiBaseUrl", "http://bot:very-secret-1@slack.example.com/api/")]
    [InlineData("Slack:ApiBaseUrl", "very-secret-1")]
    [InlineData("Http:Address", "http://bot:very-secret-1@127.0.0.1:0")]
    [InlineData("Http:Address", "bot:very-secret-1@127.0.0.1:0")]
    [InlineData("Platform:BaseUrl", "https://bot:very-secret-1@festival.example.com")]
    [InlineData("Platform:BaseUrl", "ftp://bot:very-secret-1@festival.example.com")]
    [InlineData("Platform:Prometheus", "http://bot:very-secret-1@127.0.0.1:9090")]
    [InlineData("Platform:HealthPath", "health?token=very-secret-1")]
    [InlineData("Checks:Certificate:Endpoint", "bot:very-secret-1@festival.example.com:443")]
    public void A_complaint_never_repeats_a_secret(string key, string value)
    {
        var complaint = TestBot.Complaint((key, value));
        complaint.ShouldNotBe("");
        complaint.ShouldNotContain("very-secret-1");
    }

    [Fact]
    public void Every_setting_is_explained_in_the_operators_manual()
    {
        var manual = File.ReadAllText(RepositoryRoot.Path("deploy", "SETTINGS.md"));
        var keys = TestBot.Build().Services.GetServices<KnownSection>()
            .SelectMany(s => s.Type.GetProperties().Where(p => p.CanWrite).Select(p => (s.Name, p.Name)));
        keys.Where(k => !manual.Contains($"`{k.Item1}:{k.Item2}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}

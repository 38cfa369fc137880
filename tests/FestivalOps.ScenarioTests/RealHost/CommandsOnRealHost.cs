using System.Globalization;
using System.Text.Json;
using FestivalOps.Hosts;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>The commands of the guideline on a machine that systemd runs, by the account festivalops over SSH.</summary>
public sealed class CommandsOnRealHost(StandingHost real) : OnRealHost(real)
{
    /// <summary>The commands that restart, with the unit whose start they move.</summary>
    public static TheoryData<string, string> Restarts => new()
    {
        { "festival-planner", "festival-planner" }, { "nginx", "nginx" }, { "postgresql", "postgresql@*-main.service" }, { "redis-server", "redis-server" },
    };

    [Theory]
    [MemberData(nameof(Restarts))]
    public async Task A_restart_gives_the_unit_a_new_start(string unit, string moves)
    {
        var command = HostCommands.AsRoot.Single(c => c.Words is ["/usr/bin/systemctl", "restart", var name] && name == unit);
        var before = await StartedAsync(moves);

        var result = await RunAsync(command);

        (result.Sentence?.En, result.ExitCode).ShouldBe((null, 0), result.Error.Text);
        (await StartedAsync(moves)).ShouldBeGreaterThan(before);
        (await RunAsync(HostCommands.UnitState(unit))).Output.Text.Split('\n').ShouldContain("ActiveState=active");
    }

    [Fact]
    public async Task A_unit_that_does_not_exist_is_not_available()
    {
        await BehindAsync("systemctl stop festival-planner; mv /etc/systemd/system/festival-planner.service /root/; systemctl daemon-reload");
        try
        {
            var result = await RunAsync(HostCommands.RestartApplication);
            (result.Outcome, result.ExitCode).ShouldBe((HostOutcome.NotAvailable, null));
            result.Sentence!.En.ShouldStartWith("not available: web1 says \"Failed to restart festival-planner.service: Unit festival-planner.service not found.");
            (await RunAsync(HostCommands.UnitState("festival-planner"))).Output.Text.ShouldContain("LoadState=not-found");
        }
        finally
        {
            await BehindAsync("mv /root/festival-planner.service /etc/systemd/system/; systemctl daemon-reload; systemctl start festival-planner");
        }
    }

    [Fact]
    public async Task The_journal_of_a_service_is_readable()
    {
        var result = await RunAsync(HostCommands.Journal("festival-planner", 100));
        (result.Sentence?.En, result.ExitCode).ShouldBe((null, 0), result.Error.Text);
        result.Output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("MESSAGE").GetString()).ShouldContain("festival-planner is up");
    }

    [Fact]
    public async Task The_logs_of_nginx_are_rotated_and_it_writes_to_the_new_one()
    {
        await VisitAsync("/before");
        (await BehindAsync("cat /var/log/nginx/access.log")).ShouldContain("GET /before");

        var result = await RunAsync(HostCommands.RotateNginxLogs);

        (result.Sentence?.En, result.ExitCode).ShouldBe((null, 0), result.Error.Text);
        (await BehindAsync("cat /var/log/nginx/access.log.1")).ShouldContain("GET /before");
        // nginx opens its new log when the signal reaches it.
        await Soon.TrueAsync(
            async () =>
            {
                await VisitAsync("/after");
                return (await BehindAsync("cat /var/log/nginx/access.log")).Contains("GET /after", StringComparison.Ordinal);
            },
            "nginx writes to the new log");
        // The account is in adm, whom the package lets read.
        (await Host.Files.TailAsync("/var/log/nginx/access.log", 10_000, Ct)).Value.ShouldNotBeNull().Text.ShouldContain("GET /after");
    }

    [Fact]
    public async Task A_look_at_the_rotation_changes_nothing()
    {
        const string Logs = "systemctl show --property=NRestarts nginx; find /var/log /var/lib/logrotate -type f ! -path '*/journal/*' ! -name 'auth.log*' ! -name lastlog ! -name wtmp ! -name btmp -printf '%p %s %T@\\n' | sort";
        var before = await BehindAsync(Logs);
        before.ShouldContain("/var/log/nginx/");

        var result = await RunAsync(HostCommands.CheckLogRotation);

        result.Succeeded.ShouldBeTrue(result.Error.Text);
        (result.Output.Text + result.Error.Text).ShouldContain("considering log /var/log/nginx/access.log");
        (await BehindAsync(Logs)).ShouldBe(before);
    }

    [Fact]
    public async Task Firewall_rules_and_the_state_of_ufw_are_shown()
    {
        var rules = await RunAsync(HostCommands.FirewallRules);
        rules.Succeeded.ShouldBeTrue(rules.Error.Text);
        rules.Output.Text.ShouldContain("table inet filter");
        var ufw = await RunAsync(HostCommands.FirewallStatus);
        (ufw.Sentence?.En, ufw.Output.Text).ShouldBe((null, "Status: inactive\n"));
    }

    [Fact]
    public async Task Dropping_caches_is_refused_in_a_container_and_said_in_a_sentence()
    {
        var result = await RunAsync(HostCommands.DropCaches);
        result.Outcome.ShouldBe(HostOutcome.NotAvailable);
        result.Sentence!.En.ShouldBe("not available: web1 says \"sysctl: permission denied on key \"vm.drop_caches\"\".");
        (await RunAsync(HostCommands.Sync)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Packages_are_planned_and_then_upgraded()
    {
        await AnUpdateIsThereAsync();

        var lists = await RunAsync(HostCommands.UpdatePackageLists);
        (lists.Sentence?.En, lists.ExitCode).ShouldBe((null, 0), lists.Error.Text);
        var plan = await RunAsync(HostCommands.PlanUpgrade);
        plan.Output.Text.Split('\n').ShouldContain(l => l.StartsWith("Inst festival-sample [1.0] (2.0 ", StringComparison.Ordinal), plan.Output.Text);
        plan.Output.Text.ShouldContain("1 upgraded, 0 newly installed, 0 to remove");
        (await InstalledAsync()).ShouldBe("1.0", "the plan changes nothing");
        (await RunAsync(HostCommands.UpgradePackages)).Succeeded.ShouldBeTrue();

        (await InstalledAsync()).ShouldBe("2.0");
        (await RunAsync(HostCommands.PlanUpgrade)).Output.Text.ShouldContain("0 upgraded");
    }

    [Fact]
    public async Task Package_lists_that_can_not_be_fetched_are_a_failure_with_its_reason()
    {
        await BehindAsync("cp /etc/apt/sources.list /root/; echo 'deb http://packages.invalid/ sample main' >/etc/apt/sources.list");
        try
        {
            var result = await RunAsync(HostCommands.UpdatePackageLists);
            (result.Outcome, result.ExitCode).ShouldBe((HostOutcome.Done, 100), "apt-get by itself says 0 and goes on with old lists");
            result.Error.Text.ShouldContain("packages.invalid");
        }
        finally
        {
            await BehindAsync("mv /root/sources.list /etc/apt/");
        }
    }

    [Fact]
    public async Task An_upgrade_that_hangs_is_ended_and_the_next_one_says_what_to_do()
    {
        await AnUpdateIsThereAsync();
        await BehindAsync("touch /run/festival-sample-hangs");
        try
        {
            var result = await RunAsync(HostCommands.UpgradePackages with { Timeout = TimeSpan.FromSeconds(5) });
            (result.Outcome, result.Sentence?.En).ShouldBe((HostOutcome.TimedOut, "web1: it did not end within 5 s and was ended."), $"{result.ExitCode} {result.Output.Text} {result.Error.Text}");
            (await BehindAsync("pgrep -c 'apt-get|dpkg' || true")).Trim().ShouldBe("0");

            var next = await RunAsync(HostCommands.UpgradePackages);
            (next.Outcome, next.ExitCode).ShouldBe((HostOutcome.Done, 100));
            next.Error.Text.ShouldContain("dpkg --configure -a");
        }
        finally
        {
            await BehindAsync("rm -f /run/festival-sample-hangs; dpkg --configure -a");
        }
        (await RunAsync(HostCommands.UpgradePackages)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task The_database_is_dumped_over_the_accounts_own_login()
    {
        var file = "/var/tmp/platform.dump";
        var result = await RunAsync(HostCommands.DumpDatabase("festival_planner_platform_production", file));
        (result.Sentence?.En, result.ExitCode).ShouldBe((null, 0), result.Error.Text);
        (await Host.Files.HeadAsync(file, 5, Ct)).Value.ShouldNotBeNull().Text.ShouldBe("PGDMP");
        (await Host.Files.DeleteAsync(file, Ct)).Outcome.ShouldBe(HostOutcome.Done);
    }

    [Fact]
    public async Task Old_files_of_the_application_are_deleted_also_in_folders_that_it_made_later()
    {
        const string Folder = "/var/www/festival-planner/tmp/cache/later";
        await BehindAsync($"runuser -u www-data -- sh -c 'umask 022; mkdir {Folder}; echo x >{Folder}/old'; mkdir -p /var/www/others; echo x >/var/www/others/old");
        (await Host.Files.DeleteAsync($"{Folder}/old", Ct)).Outcome.ShouldBe(HostOutcome.Done);
        (await Host.Files.ListAsync(Folder, Ct)).Value.ShouldNotBeNull().Entries.ShouldBeEmpty();
        var others = await Host.Files.DeleteAsync("/var/www/others/old", Ct);
        (others.Outcome, others.Sentence!.En).ShouldBe((HostOutcome.NotAvailable, "not available: we may not access /var/www/others/old on web1."));
        await BehindAsync($"rm -r {Folder} /var/www/others");
    }

    [Fact]
    public async Task What_is_not_installed_is_not_available()
    {
        var app = new ApplicationPlace("/var/www/festival-planner");
        foreach (var command in (HostCommand[])[HostCommands.BundleAudit(app), HostCommands.NpmAudit(app), HostCommands.RailsRunner(app, "puts 1"), HostCommands.CertificateDates("/etc/ssl/no.pem")])
        {
            var result = await RunAsync(command);
            result.Outcome.ShouldBe(HostOutcome.NotAvailable, $"{command}: {result.Error.Text}");
            result.Sentence!.En.ShouldStartWith("not available: web1 ");
        }
    }

    [Fact]
    public async Task The_hosts_time_zone_makes_no_file_older()
    {
        await BehindAsync("timedatectl set-timezone America/New_York; touch -d '3 days ago' /var/www/festival-planner/tmp/old; touch /var/www/festival-planner/tmp/new");
        try
        {
            var entries = (await Host.Files.ListAsync("/var/www/festival-planner/tmp", Ct)).Value.ShouldNotBeNull().Entries.ToDictionary(e => e.Name, e => TimeProvider.System.GetUtcNow() - e.Modified);
            (entries["old"] - TimeSpan.FromDays(3)).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(2));
            entries["new"].Duration().ShouldBeLessThan(TimeSpan.FromMinutes(2));
        }
        finally
        {
            await BehindAsync("timedatectl set-timezone UTC; rm /var/www/festival-planner/tmp/old /var/www/festival-planner/tmp/new");
        }
    }

    private async Task<long> StartedAsync(string unit) => long.Parse(
        (await BehindAsync($"systemctl show --value --property=ActiveEnterTimestampMonotonic '{unit}'")).Trim(), CultureInfo.InvariantCulture);

    private async Task<string> InstalledAsync() => await BehindAsync("dpkg-query --show --showformat='${Version}' festival-sample");

    private async Task VisitAsync(string path)
    {
        using var visitor = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var answer = await visitor.GetAsync(new Uri($"http://{Real.Machine.Address}{path}"), Ct);
    }
}

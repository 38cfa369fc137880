using System.Globalization;
using System.Text.RegularExpressions;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>The bot as a systemd service, set up by the lines of <c>deploy/README.md</c>, under the unit of <c>deploy/systemd</c> as it is.</summary>
public sealed partial class BotAsServiceOnRealHost(StandingHost real) : OnRealHost(real)
{
    [Fact]
    public async Task The_service_starts_answers_is_confined_and_stops_gracefully()
    {
        await SetUpAsync();
        try
        {
            await AnswersAsync("up", "ok");
            (await Real.Machine.RootAsync(Ct, "/usr/bin/curl", "-s", "http://127.0.0.1:8080/ready")).StandardOutput.ShouldContain("Slack");

            var status = await BehindAsync("cat /proc/$(systemctl show --value --property=MainPID festivalops)/status");
            var facts = status.Split('\n').Where(l => l.Contains(':', StringComparison.Ordinal)).ToDictionary(l => l.Split(':')[0], l => l.Split(':')[1].Trim(), StringComparer.Ordinal);
            (facts["NoNewPrivs"], facts["Seccomp"], facts["CapEff"], facts["CapBnd"]).ShouldBe(("1", "2", "0000000000000000", "0000000000000000"));
            facts["Uid"].Split('\t').ShouldNotContain("0");
            (await BehindAsync("stat -c '%a %U' /var/lib/private/festivalops /etc/festivalops/secrets")).ShouldBe("700 festivalops\n700 root\n");

            var rated = await BehindAsync("systemd-analyze security --no-pager festivalops");
            var exposure = double.Parse(Exposure().Match(rated).Groups["figure"].Value, CultureInfo.InvariantCulture);
            exposure.ShouldBeLessThanOrEqualTo(1.4, rated);
            TestContext.Current.SendDiagnosticMessage("systemd-analyze security festivalops: {0}", exposure);

            var took = TimeProvider.System.GetTimestamp();
            await BehindAsync("systemctl stop festivalops");
            TimeProvider.System.GetElapsedTime(took).ShouldBeLessThan(TimeSpan.FromSeconds(35), "it was not killed");
            (await BehindAsync("systemctl show --property=ActiveState,Result,ExecMainStatus festivalops")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .ShouldBe(["ActiveState=inactive", "Result=success", "ExecMainStatus=0"], ignoreOrder: true);
            (await BehindAsync("journalctl --unit festivalops --no-pager --output=cat")).ShouldContain("Stopping: nothing new is accepted");
        }
        finally
        {
            await RemoveAsync();
        }
    }

    [Fact]
    public async Task A_bot_that_is_killed_is_started_again_with_what_it_remembers()
    {
        await SetUpAsync();
        try
        {
            await AnswersAsync("up", "ok");
            // Answering and opening the store go on side by side.
            await Soon.TrueAsync(
                async () => (await BehindAsync("journalctl --unit festivalops --no-pager --output=cat")).Contains("SchedulerStarted", StringComparison.Ordinal), "the store is open");
            var before = await BehindAsync("stat -c %i /var/lib/private/festivalops/festivalops.db");
            await BehindAsync("systemctl kill --signal=KILL festivalops");
            await Soon.TrueAsync(
                async () => (await BehindAsync("systemctl show --value --property=NRestarts festivalops")).Trim() == "1", "systemd starts it again");
            await AnswersAsync("up", "ok");
            (await BehindAsync("stat -c %i /var/lib/private/festivalops/festivalops.db")).ShouldBe(before);
        }
        finally
        {
            await RemoveAsync();
        }
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_service_with_a_sentence_and_is_not_tried_again()
    {
        await SetUpAsync(start: false);
        try
        {
            await BehindAsync("echo '{ \"Platfrom\": { \"BaseUrl\": \"https://festival.example.com\" } }' >/etc/festivalops/festivalops.json; systemctl start festivalops || true");
            // It would be activating again if systemd were to try once more.
            await Soon.TrueAsync(async () => (await BehindAsync("systemctl is-active festivalops || true")).Trim() == "failed", "it ends for good");
            (await BehindAsync("systemctl show --property=ExecMainStatus,NRestarts festivalops")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .ShouldBe(["ExecMainStatus=78", "NRestarts=0"], ignoreOrder: true);
            (await BehindAsync("journalctl --unit festivalops --no-pager --output=cat")).ShouldContain("Did you mean Platform:BaseUrl?");
        }
        finally
        {
            await RemoveAsync();
        }
    }

    [Fact]
    public async Task Inside_the_unit_sudo_does_nothing_but_the_machine_itself_can_be_reached_as_a_remote_host()
    {
        await SetUpAsync(start: false);
        try
        {
            // The unit as it is, with another program in the place of the bot.
            await BehindAsync(
                """
                umask 077; mkdir -p /root/keys; ssh-keygen -q -t ed25519 -N '' -f /root/keys/ssh_key; cp /root/keys/ssh_key /etc/festivalops/secrets/ssh_key
                cp -p ~festivalops/.ssh/authorized_keys /root/keys/before
                echo "restrict $(cat /root/keys/ssh_key.pub)" >>~festivalops/.ssh/authorized_keys
                echo "127.0.0.1 $(cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub)" >/etc/festivalops/known_hosts; chmod 644 /etc/festivalops/known_hosts
                umask 022; mkdir -p /etc/systemd/system/festivalops.service.d
                cat >/etc/systemd/system/festivalops.service.d/probe.conf <<'END'
                [Service]
                Type=oneshot
                Restart=no
                LoadCredential=ssh_key:/etc/festivalops/secrets/ssh_key
                ExecStart=
                ExecStart=-/usr/bin/sudo -n /usr/bin/systemctl restart nginx
                ExecStart=/usr/bin/ssh -i ${CREDENTIALS_DIRECTORY}/ssh_key -o BatchMode=yes -o UserKnownHostsFile=/etc/festivalops/known_hosts festivalops@127.0.0.1 sudo -n /usr/bin/systemctl restart nginx
                END
                systemctl daemon-reload
                """);
            var before = await NginxStartedAsync();
            var started = await Real.Machine.RootAsync(Ct, "/usr/bin/systemctl", "start", "festivalops");
            var journal = await BehindAsync("journalctl --unit festivalops --no-pager --output=cat");
            started.ExitCode.ShouldBe(0, journal);
            journal.ShouldContain("\"no new privileges\" flag is set");
            (await NginxStartedAsync()).ShouldBeGreaterThan(before, journal);
        }
        finally
        {
            await BehindAsync("rm -rf /etc/systemd/system/festivalops.service.d; cat /root/keys/before >~festivalops/.ssh/authorized_keys; rm -rf /root/keys");
            await RemoveAsync();
        }
    }

    /// <summary>Types what the guide says, but for the words that stand for something: the tokens, and publishing, which was done by the build.</summary>
    private async Task SetUpAsync(bool start = true)
    {
        var program = Path.GetRelativePath(HostBase.Repository, AppContext.BaseDirectory);
        var lines = DeployGuide.Block("systemd", 1)
            .Where(l => !l.StartsWith("curl", StringComparison.Ordinal) && !l.StartsWith("journalctl", StringComparison.Ordinal))
            .Select(l => l switch
            {
                _ when l.StartsWith("dotnet publish", StringComparison.Ordinal) => $"cp -R '/srv/festivalops/{program}' /opt/festivalops",
                _ when l.StartsWith("systemctl", StringComparison.Ordinal) && !start => "systemctl daemon-reload",
                _ => l.Replace("xoxb-…", "xoxb-100000000001-100000000002-abcdefghijklmnopqrstuvwx", StringComparison.Ordinal)
                    .Replace("xapp-…", "xapp-1-A00000001-100000000001-abcdef", StringComparison.Ordinal),
            });
        await BehindAsync(string.Join('\n', ["cd /srv/festivalops", .. lines]));
    }

    private Task RemoveAsync() => BehindAsync(
        """
        systemctl disable --quiet --now festivalops || true
        systemctl reset-failed festivalops || true
        rm -rf /etc/systemd/system/festivalops.service /etc/festivalops /opt/festivalops /var/lib/private/festivalops /var/lib/festivalops
        systemctl daemon-reload; journalctl --quiet --rotate; journalctl --quiet --vacuum-time=1s
        """);

    private async Task AnswersAsync(string path, string answer)
    {
        var said = "";
        await Soon.TrueAsync(
            async () => (said = (await Real.Machine.RootAsync(Ct, "/usr/bin/curl", "-s", $"http://127.0.0.1:8080/{path}")).StandardOutput) == answer,
            $"/{path} answers", () => said + Real.Machine.RootAsync(Ct, "/usr/bin/journalctl", "--unit", "festivalops", "--no-pager", "--output=cat").GetAwaiter().GetResult().StandardOutput, TimeSpan.FromMinutes(1));
    }

    private async Task<long> NginxStartedAsync() =>
        long.Parse((await BehindAsync("systemctl show --value --property=ActiveEnterTimestampMonotonic nginx")).Trim(), CultureInfo.InvariantCulture);

    [GeneratedRegex("exposure level for festivalops.service: (?<figure>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exposure();
}

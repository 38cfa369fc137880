using System.Text.RegularExpressions;
using FestivalOps.Hosts;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>What the sudo of a real host, with the sudoers file as people install it, allows the account festivalops.</summary>
public sealed partial class SudoOnRealHost(StandingHost real) : OnRealHost(real)
{
    [Fact]
    public async Task Every_command_of_the_catalogue_is_allowed_and_none_with_another_argument()
    {
        foreach (var command in HostCommands.AsRoot)
        {
            var words = command.Words;
            (await IsAllowedAsync(words)).ShouldBeTrue($"{command}");
            (await IsAllowedAsync([.. words, "x"])).ShouldBeFalse($"{command} x");
            (await IsAllowedAsync([.. words.SkipLast(1)])).ShouldBeFalse($"{command} without its last argument");
            (await IsAllowedAsync([.. words.SkipLast(1), words[^1] + "x"])).ShouldBeFalse($"{command}x");
        }
    }

    [Fact]
    public async Task Sudo_lists_nothing_else()
    {
        var list = (await RunAsync(new("/usr/bin/sudo", "-n", "-l"))).Output.Text;
        var rules = NewLine().Replace(list.Split("may run the following commands on")[1].Split('\n', 2)[1], " ").Split("(root) NOPASSWD: ")[1..];
        rules.Select(r => r.Trim().Replace("\\", "", StringComparison.Ordinal))
            .ShouldBe(HostCommands.AsRoot.Select(c => string.Join(' ', c.Words)).Append("/usr/local/sbin/festivalops-stop \"\""), ignoreOrder: true);
    }

    [Fact]
    public async Task The_account_is_what_the_guide_says_and_no_more()
    {
        (await RunAsync(new("/usr/bin/id", "-nG"))).Output.Text.Trim().Split(' ').ShouldBe(["festivalops", "adm", "systemd-journal"], ignoreOrder: true);
        (await Host.Files.HeadAsync("/etc/shadow", 10, Ct)).Outcome.ShouldBe(HostOutcome.NotAvailable);
        (await Host.Files.HeadAsync("/etc/sudoers.d/festivalops", 10, Ct)).Outcome.ShouldBe(HostOutcome.NotAvailable);
        (await ShellAsync("echo x >>/usr/local/sbin/festivalops-stop")).Succeeded.ShouldBeFalse();
    }

    private async Task<bool> IsAllowedAsync(IReadOnlyList<string> words)
    {
        // Asks only; nothing is run.
        var result = await RunAsync(new("/usr/bin/sudo", ["-n", "-l", "--", .. words.Select(w => (HostArgument)w)]));
        result.Outcome.ShouldBe(HostOutcome.Done, result.Error.Text);
        return result.ExitCode == 0;
    }

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NewLine();
}

using CliWrap;
using CliWrap.Buffered;
using FestivalOps.Hosts;
using FestivalOps.Tests.Manifest;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Hosts;

/// <summary>What sudo allows is what the catalogue holds.</summary>
public sealed class SudoersTests
{
    private static readonly string[] Rules =
        [.. RepositoryFiles.Read("deploy/sudoers/festivalops").Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#') && !l.StartsWith("Defaults", StringComparison.Ordinal))];

    [Fact]
    public void It_allows_exactly_the_commands_that_run_as_root()
    {
        // sudoers(5): comma, colon, equals sign and backslash are escaped in arguments.
        var wanted = HostCommands.AsRoot
            .Select(c => "festivalops ALL=(root) NOPASSWD: " + string.Join(' ', c.Words.Select(Escaped)))
            .Append("festivalops ALL=(root) NOPASSWD: /usr/local/sbin/festivalops-stop \"\"");
        Rules.ShouldBe(wanted, ignoreOrder: true);
    }

    [Fact]
    public void No_rule_has_a_wildcard_and_each_names_its_arguments()
    {
        Rules.ShouldAllBe(rule => !rule.Contains('*') && !rule.Contains('?') && !rule.Contains('[') && !rule.Contains('^') && !rule.Contains('!'));
        Rules.ShouldAllBe(rule => rule.Split(": /", 2)[1].Contains(' '));
        HostCommands.AsRoot.ShouldAllBe(c => c.AsRoot && c.Arguments.Count > 0 && c.Arguments.All(a => !a.IsSecret));
    }

    [Fact]
    public void Whatever_runs_as_root_is_in_the_catalogue()
    {
        var fields = typeof(HostCommands).GetFields().Where(f => f.FieldType == typeof(HostCommand)).Select(f => (HostCommand)f.GetValue(null)!).ToList();
        fields.Where(c => c.AsRoot).ShouldBe(HostCommands.AsRoot, ignoreOrder: true);
        var app = new ApplicationPlace("/srv/app");
        HostCommand[] made =
        [
            HostCommands.UnitState("u"), HostCommands.Journal("u", 1), HostCommands.BundleAudit(app), HostCommands.BundleUpdate(app), HostCommands.NpmAudit(app),
            HostCommands.NpmAuditFix(app, dryRun: true), HostCommands.RailsRunner(app, "1"), HostCommands.CertificateDates("/x"),
            HostCommands.DumpDatabase("d", "/x"), HostCommands.TestGzip("/x"),
            HostCommands.ReadGzipEnd("/x"), HostCommands.ListDump("/x"), HostCommands.ReadDump("/x"), HostCommands.MoveFile("/x", "/y"), HostCommands.BundleOutdated(app),
            HostCommands.RestoreDump(DumpKind.Gzip, "/x", new("h", 1, "u", "p", "d"), TimeSpan.FromMinutes(1)),
        ];
        made.ShouldAllBe(c => !c.AsRoot);
    }

    [Fact]
    public async Task Visudo_accepts_it()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/visudo"), "sudo is not installed: apt-get install -y sudo");
        var copy = Path.GetTempFileName();
        await File.WriteAllTextAsync(copy, RepositoryFiles.Read("deploy/sudoers/festivalops"), TestContext.Current.CancellationToken);
        var said = await Cli.Wrap("/usr/sbin/visudo").WithArguments(["-c", "-f", copy]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        File.Delete(copy);
        (said.ExitCode, said.StandardError).ShouldBe((0, ""));
    }

    private static string Escaped(string word) => string.Concat(word.Select(c => ",:=\\".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));
}

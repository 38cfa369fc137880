using System.Diagnostics;
using System.Text;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using Shouldly;
using Xunit;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Tests.Hosts;

/// <summary>What every host does the same way; each kind of host runs these.</summary>
public abstract class HostSpecs
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract IHost Host { get; }

    [Fact]
    public async Task A_command_gives_its_outputs_and_its_exit_code()
    {
        var result = await ShellAsync("echo one; echo two >&2; exit 7");
        (result.Outcome, result.ExitCode, result.Output.Text, result.Error.Text, result.Sentence).ShouldBe((HostOutcome.Done, 7, "one\n", "two\n", null));
        result.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_argument_arrives_unchanged()
    {
        string[] nasty =
        [
            "", " ", "'", "\"", "\\", "$HOME", "$(touch /tmp/fops-broke-out)", "`id`", "; id", "& id", "| id", "> /tmp/x", "*", "~", "#", "!", "a\nb", "\t", "-n", "--", "%s", "日本語", "🎪",
            "{a,b}", "a'b'c", "''", "\r", "\u0001",
        ];
        var result = await Host.RunAsync(new("/usr/bin/printf", ["%s\\037", .. nasty.Select(n => (HostArgument)n)]), null, Ct);
        result.Output.Text.Split('\u001f')[..^1].ShouldBe(nasty);
        File.Exists("/tmp/fops-broke-out").ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_that_must_be_alone_is_not_begun_beside_its_like()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-alone-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "", Ct);
        var (command, begun) = (Shell($"echo begun; while [ -e '{file}' ]; do sleep 0.02; done") with { Alone = true }, new TaskCompletionSource());
        var first = Host.RunAsync(command, _ => begun.TrySetResult(), Ct);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        var second = await Host.RunAsync(command, null, Ct);
        (second.Outcome, second.ExitCode, second.Output.Text).ShouldBe((HostOutcome.Busy, null, ""));
        second.Sentence!.En.ShouldMatch(@"the same command still runs there, so it was not begun \(process \d+: ");
        (await Host.RunAsync(Shell("echo another") with { Alone = true }, null, Ct)).Succeeded.ShouldBeTrue("another command may run beside it");
        File.Delete(file);
        (await first).Succeeded.ShouldBeTrue();
        (await Host.RunAsync(command, null, Ct)).Output.Text.ShouldBe("begun\n");
    }

    [Fact]
    public async Task Big_output_is_cut_and_never_blocks_the_command()
    {
        var lines = 0;
        var result = await Host.RunAsync(Shell("seq 1 400000; echo end >&2") with { OutputLimit = 1000 }, _ => lines++, Ct);
        result.Succeeded.ShouldBeTrue();
        (result.Output.IsCut, result.Output.Bytes.Length).ShouldBe((true, 1000));
        (result.Error.IsCut, result.Error.Text).ShouldBe((false, "end\n"));
        lines.ShouldBe(400_001);
    }

    [Fact]
    public async Task Output_that_is_no_text_is_kept_byte_for_byte()
    {
        var result = await ShellAsync(@"printf '\000\377\376a\200\n'");
        result.Output.Bytes.ToArray().ShouldBe([0, 0xff, 0xfe, (byte)'a', 0x80, (byte)'\n']);
        result.Output.Text.ShouldContain("\ufffd");
    }

    [Fact]
    public async Task Lines_come_while_the_command_runs()
    {
        var first = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = Stopwatch.StartNew();
        var result = await Host.RunAsync(Shell("echo begin; sleep 2; printf 'no end'"), line => first.TrySetResult(watch.Elapsed), Ct);
        (await first.Task).ShouldBeLessThan(watch.Elapsed - TimeSpan.FromSeconds(1));
        result.Output.Text.ShouldBe("begin\nno end");
    }

    [Fact]
    public async Task Input_arrives_and_without_any_the_command_sees_its_end()
    {
        var input = Encoding.UTF8.GetBytes(new string('x', 300_000) + "'\n");
        var given = await Host.RunAsync(new("/usr/bin/wc", "-c") { Input = input }, null, Ct);
        given.Output.Text.Trim().ShouldBe("300002");
        (await Host.RunAsync(new("/usr/bin/wc", "-c"), null, Ct)).Output.Text.Trim().ShouldBe("0");
    }

    [Theory]
    [InlineData("/usr/bin/no-such-program", null)]
    [InlineData("/etc/passwd", null)]
    [InlineData("/usr/bin/id", "/no/such/folder")]
    public async Task What_is_not_there_is_not_available(string program, string? folder)
    {
        var result = await Host.RunAsync(new(program) { Folder = folder }, null, Ct);
        (result.Outcome, result.ExitCode).ShouldBe((HostOutcome.NotAvailable, null));
        result.Sentence!.En.ShouldBe($"not available: {Host.Name} has no {folder ?? program}.");
        result.Sentence.Ja.ShouldStartWith("利用できません: ");
    }

    [Fact]
    public async Task A_command_runs_in_its_folder_with_English_messages()
    {
        (await Host.RunAsync(Shell("pwd; echo $LC_ALL") with { Folder = "/usr/share" }, null, Ct)).Output.Text.ShouldBe("/usr/share\nC.UTF-8\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_time_out_and_a_stop_end_the_command_with_all_that_it_started(bool stop)
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var processes = new List<int>();
        // A child that ignores SIGTERM, a grandchild in the background, and one whose parent is gone.
        var command = Shell("trap '' TERM; (sleep 301 & echo $!); sh -c 'trap \"\" TERM; sleep 302 & echo $!; wait' & echo $!; echo $$; echo ready; wait; sleep 303") with
        {
            Timeout = stop ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(2),
        };
        var result = await Host.RunAsync(
            command,
            line =>
            {
                if (int.TryParse(line.Text, System.Globalization.CultureInfo.InvariantCulture, out var id)) processes.Add(id);
                else if (stop && line.Text == "ready") asked.Cancel();
            },
            asked.Token);
        result.Outcome.ShouldBe(stop ? HostOutcome.Cancelled : HostOutcome.TimedOut);
        result.Sentence!.En.ShouldNotContain("still");
        result.Output.Text.ShouldContain("ready");
        processes.Count.ShouldBe(4);
        processes.Where(id => ProcessTree.Look(id) is not null).ShouldBeEmpty();
        result.Took.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_secret_is_masked_wherever_people_look()
    {
        var command = new HostCommand("/bin/sh", "-c", "echo \"$1\"; echo \"$1\" >&2", "x", HostArgument.Secret("hush hush"));
        command.ToString().ShouldNotContain("hush");
        var lines = new List<string>();
        var result = await Host.RunAsync(command, line => lines.Add(line.Text), Ct);
        (result.Output.Text, result.Error.Text).ShouldBe(("***\n", "***\n"));
        lines.ShouldBe(["***", "***"]);
    }

    [Fact]
    public async Task Many_commands_run_side_by_side()
    {
        var watch = Stopwatch.StartNew();
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => ShellAsync($"sleep 1; echo {n}")));
        results.Select(r => r.Output.Text.Trim()).ShouldBe(Enumerable.Range(0, 16).Select(n => $"{n}"));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Files_are_read_from_both_ends_listed_and_deleted()
    {
        var folder = Directory.CreateTempSubdirectory("fops-files-").FullName;
        var file = Path.Combine(folder, "a file's name");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Range(1, 1000).Select(n => $"line {n}\n")), Ct);
        Directory.CreateDirectory(Path.Combine(folder, "below"));
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "/nowhere");

        var head = (await Host.Files.HeadAsync(file, 7, Ct)).Value.ShouldNotBeNull();
        (head.Text, head.IsCut, head.Length).ShouldBe(("line 1\n", true, new FileInfo(file).Length));
        var tail = (await Host.Files.TailAsync(file, 30, Ct)).Value.ShouldNotBeNull();
        tail.LastLines(2).ShouldBe(["line 999", "line 1000"]);
        var list = (await Host.Files.ListAsync(folder, Ct)).Value.ShouldNotBeNull();
        list.Entries.Select(e => (e.Name, e.Kind)).ShouldBe([("a file's name", HostEntryKind.File), ("below", HostEntryKind.Folder), ("link", HostEntryKind.Link)]);
        list.Entries[0].Length.ShouldBe(head.Length);
        (TimeProvider.System.GetUtcNow() - list.Entries[0].Modified).ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await Host.Files.SpaceAsync(folder, Ct)).Value.ShouldNotBeNull().TotalBytes.ShouldBeGreaterThan(1_000_000);
        (await Host.Files.DeleteAsync(file, Ct)).Outcome.ShouldBe(HostOutcome.Done);
        File.Exists(file).ShouldBeFalse();
        (await Host.Files.DeleteAsync(file, Ct)).Outcome.ShouldBe(HostOutcome.NotAvailable);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_folder_are_said_to_be_so()
    {
        (await Host.Files.HeadAsync("/no/such/file", 10, Ct)).Sentence!.En.ShouldBe($"not available: {Host.Name} has no /no/such/file.");
        (await Host.Files.TailAsync("/etc", 10, Ct)).Sentence!.En.ShouldBe($"not available: /etc on {Host.Name} is not a regular file.");
        (await Host.Files.ListAsync("/no/such/folder", Ct)).Outcome.ShouldBe(HostOutcome.NotAvailable);
        (await Host.Files.SpaceAsync("/no/such/folder", Ct)).Outcome.ShouldBe(HostOutcome.NotAvailable);
    }

    private protected static HostCommand Shell(string script) => new("/bin/sh", "-c", script);

    private protected Task<HostResult> ShellAsync(string script) => Host.RunAsync(Shell(script), null, Ct);
}

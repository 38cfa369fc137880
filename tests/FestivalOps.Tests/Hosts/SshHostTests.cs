using System.Diagnostics;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Ssh;
using Shouldly;
using Xunit;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Tests.Hosts;

/// <summary>A machine that is reached over SSH, against a real sshd.</summary>
public sealed class SshHostTests : HostSpecs, IAsyncLifetime
{
    private SshServer _server = null!;
    private SshHost _host = null!;

    private protected override IHost Host => _host;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        _server = await SshServer.StartAsync(Ct);
        _host = _server.Host();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        _host.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_unknown_host_key_is_refused_with_the_command_that_adds_it()
    {
        await File.WriteAllTextAsync(_server.KnownHosts, "", Ct);
        var result = await ShellAsync("id");
        result.Outcome.ShouldBe(HostOutcome.Unreachable);
        result.Sentence!.En.ShouldContain($"ssh-ed25519 {Fingerprint()}");
        result.Sentence.En.ShouldEndWith($"ssh-keyscan -p {_server.Port} -t ed25519 127.0.0.1 >> {_server.KnownHosts}");
    }

    [Fact]
    public async Task Another_host_key_is_refused_with_both_fingerprints()
    {
        var got = Fingerprint();
        await SshServer.MakeKeyAsync(_server.HostKey + "2", "ed25519", Ct);
        var other = string.Join(' ', (await File.ReadAllTextAsync(_server.HostKey + "2.pub", Ct)).Split(' ').Take(2));
        await File.WriteAllTextAsync(_server.KnownHosts, $"[127.0.0.1]:{_server.Port} {other}\n", Ct);
        var result = await ShellAsync("id");
        result.Outcome.ShouldBe(HostOutcome.Unreachable);
        result.Sentence!.En.ShouldContain($"expected ssh-ed25519 {KnownHosts.Fingerprint(Convert.FromBase64String(other.Split(' ')[1]))}, got ssh-ed25519 {got}");
        (await Host.Files.ListAsync("/", Ct)).Outcome.ShouldBe(HostOutcome.Unreachable);
    }

    [Fact]
    public async Task A_hashed_entry_is_known()
    {
        var start = Process.Start(new ProcessStartInfo("/usr/bin/ssh-keygen", ["-q", "-H", "-f", _server.KnownHosts]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await start.WaitForExitAsync(Ct);
        (await File.ReadAllTextAsync(_server.KnownHosts, Ct)).ShouldStartWith("|1|");
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_that_the_host_does_not_accept_is_named()
    {
        var other = _server.ClientKey + "2";
        await SshServer.MakeKeyAsync(other, "ed25519", Ct);
        using var host = _server.Host(s => s.KeyFile = other);
        var result = await host.RunAsync(Shell("id"), null, Ct);
        (result.Outcome, result.Sentence!.En).ShouldBe(
            (HostOutcome.Unreachable, $"web1 ({host.Place}) refuses the key {other}. Is its public half in authorized_keys there?"));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("missing")]
    [InlineData("nonsense")]
    public async Task A_key_file_that_is_no_use_is_refused_with_its_reason(string kind)
    {
        var file = _server.ClientKey + kind;
        if (kind != "missing") await File.WriteAllTextAsync(file, kind == "open" ? await File.ReadAllTextAsync(_server.ClientKey, Ct) : "nonsense", Ct);
        if (kind != "missing") File.SetUnixFileMode(file, UnixFileMode.UserRead | (kind == "open" ? UnixFileMode.OtherRead : UnixFileMode.UserWrite));
        using var host = _server.Host(s => s.KeyFile = file);
        var result = await host.RunAsync(Shell("id"), null, Ct);
        result.Outcome.ShouldBe(HostOutcome.Unreachable);
        result.Sentence!.En.ShouldContain(kind switch { "open" => "can be read by others: chmod 600", "missing" => "does not exist", _ => "can't be read as a private key" });
    }

    [Fact]
    public async Task An_RSA_key_and_a_host_with_several_keys_work()
    {
        var key = _server.ClientKey + "rsa";
        await SshServer.MakeKeyAsync(key, "rsa", Ct);
        await File.AppendAllTextAsync(Path.Combine(_server.Folder, "authorized_keys"), await File.ReadAllTextAsync(key + ".pub", Ct), Ct);
        await SshServer.MakeKeyAsync(_server.HostKey + "rsa", "rsa", Ct);
        var known = string.Join(' ', (await File.ReadAllTextAsync(_server.HostKey + "rsa.pub", Ct)).Split(' ').Take(2));
        await File.WriteAllTextAsync(_server.KnownHosts, $"[127.0.0.1]:{_server.Port} {known}\n", Ct);
        await File.AppendAllTextAsync(Path.Combine(_server.Folder, "sshd_config"), $"HostKey {_server.HostKey}rsa\n", Ct);
        await _server.StopAsync();
        await _server.StartAgainAsync(Ct);
        using var host = _server.Host(s => s.KeyFile = key);
        (await host.RunAsync(Shell("id"), null, Ct)).Sentence?.En.ShouldBe("");
    }

    [Fact]
    public async Task A_host_that_is_gone_is_unreachable_and_works_again_when_it_is_back()
    {
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
        await KillAsync();
        var gone = await ShellAsync("id");
        gone.Outcome.ShouldBe(HostOutcome.Unreachable);
        (await Host.Files.ListAsync("/", Ct)).Outcome.ShouldBe(HostOutcome.Unreachable);
        await _server.StartAgainAsync(Ct);
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
        (await Host.Files.ListAsync("/", Ct)).Outcome.ShouldBe(HostOutcome.Done);
    }

    [Fact]
    public async Task A_server_that_is_killed_midway_is_noticed_at_once_and_the_next_command_connects_anew()
    {
        var began = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Host.RunAsync(Shell("echo $$; exec sleep 304"), line => began.TrySetResult(int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture)), Ct);
        var id = await began.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        var watch = Stopwatch.StartNew();
        foreach (var process in _server.ProcessIds.Where(p => File.ReadAllText($"/proc/{p}/cmdline").StartsWith("sshd", StringComparison.Ordinal)))
            ProcessTree.SignalOne(process, PosixSignalNumber.Kill);
        var result = await running;
        result.Outcome.ShouldBe(HostOutcome.Unreachable);
        result.Sentence!.En.ShouldContain("may still be running");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        ProcessTree.SignalOne(id, PosixSignalNumber.Kill);
        await _server.StopAsync();
        await _server.StartAgainAsync(Ct);
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_hangs_is_noticed_by_its_silence_and_holds_up_no_other_host()
    {
        await using var other = await SshServer.StartAsync(Ct);
        using var another = other.Host();
        var began = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Host.RunAsync(
            Shell("sleep 305 & echo $!; wait"), line => began.TrySetResult(int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture)), Ct);
        var child = await began.Task.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        await _server.SuspendAsync(Ct);
        var watch = Stopwatch.StartNew();
        (await another.RunAsync(Shell("id"), null, Ct)).Succeeded.ShouldBeTrue();
        var result = await running;
        result.Outcome.ShouldBe(HostOutcome.Unreachable);
        // Two times KeepAliveSeconds, and one attempt to end it, which takes a connection.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
        (await ShellAsync("id")).Outcome.ShouldBe(HostOutcome.Unreachable);
        ProcessTree.SignalOne(child, PosixSignalNumber.Kill);
        _server.Resume();
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_login_shell_says_is_not_the_commands_output()
    {
        // sshd runs a forced command by the login shell: here one that talks first, as a profile does.
        var keys = Path.Combine(_server.Folder, "authorized_keys");
        var key = await File.ReadAllTextAsync(keys, Ct);
        await File.WriteAllTextAsync(keys, $"command=\"echo welcome; echo beware >&2; eval \\\"$SSH_ORIGINAL_COMMAND\\\"\" {key}", Ct);
        var result = await ShellAsync("echo one; echo two >&2");
        (result.Output.Text, result.Error.Text).ShouldBe(("one\n", "two\n"));
    }

    [Fact]
    public async Task An_account_without_a_shell_is_not_available()
    {
        var keys = Path.Combine(_server.Folder, "authorized_keys");
        var key = await File.ReadAllTextAsync(keys, Ct);
        await File.WriteAllTextAsync(keys, $"command=\"echo This account is currently not available.\" {key}", Ct);
        var result = await ShellAsync("id");
        (result.Outcome, result.Sentence!.En).ShouldBe((HostOutcome.NotAvailable, "not available: web1 says \"This account is currently not available.\"."));
    }

    private string Fingerprint() => KnownHosts.Fingerprint(Convert.FromBase64String(_server.HostKeyText.Split(' ')[1]));

    private async Task KillAsync()
    {
        ProcessTree.Signal(_server.ProcessIds[0], PosixSignalNumber.Kill);
        await _server.StopAsync();
    }
}

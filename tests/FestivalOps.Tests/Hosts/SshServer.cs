using System.Net.Sockets;
using System.Text;
using CliWrap;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Ssh;
using FestivalOps.Tests.Manifest;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FestivalOps.Tests.Hosts;

/// <summary>
/// Debian's sshd on a free port of 127.0.0.1 with a host key, a configuration and a list of accepted keys of its own, which lets the account of
/// the tests in. It ends with the test, or with this process at the latest.
/// </summary>
internal sealed class SshServer : LocalServer
{
    private const string Program = "/usr/sbin/sshd";

    private readonly bool _withSudo;

    private SshServer(bool withSudo) : base("sshd") => _withSudo = withSudo;

    public string HostKey => Path.Combine(Folder, "host_key");

    public string ClientKey => Path.Combine(Folder, "client_key");

    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    /// <summary>The host key's line for a list of known hosts, without names.</summary>
    public string HostKeyText => string.Join(' ', File.ReadAllText(HostKey + ".pub").Split(' ').Take(2));

    public static bool IsAvailable(out string reason)
    {
        reason = !File.Exists(Program) ? "openssh-server is not installed: sudo apt-get install -y openssh-server"
            : Environment.IsPrivilegedProcess && !CanMakePrivilegeFolder() ? "/run/sshd can't be made, which sshd needs"
            : "";
        return reason.Length == 0;
    }

    public static Task<SshServer> StartAsync(CancellationToken ct)
    {
        var server = new SshServer(withSudo: false);
        return StartNewAsync(server, () => server.ConfigureAsync(ct), ct);
    }

    /// <summary>
    /// Starts sshd where it sees another /etc: with an account festivalops, the sudoers file of deploy/ and festivalops-stop; with an apt-get
    /// that is a script of the test, and with a full disk at Folder/full. It is a mount namespace: nothing of this machine changes.
    /// </summary>
    public static Task<SshServer> StartWithSudoAsync(string aptGet, CancellationToken ct)
    {
        var server = new SshServer(withSudo: true);
        return StartNewAsync(
            server,
            async () =>
            {
                await server.ConfigureAsync(ct);
                await server.ConfigureSudoAsync(aptGet, ct);
            },
            ct);
    }

    public static bool IsSudoAvailable(out string reason)
    {
        reason = !Environment.IsPrivilegedProcess ? "only root can show a process another /etc"
            : !File.Exists("/usr/bin/sudo") ? "sudo is not installed: apt-get install -y sudo"
            : !File.Exists("/usr/bin/apt-get") ? "there is no apt-get here"
            : Cli.Wrap("/usr/bin/unshare").WithArguments(["--mount", "--propagation", "private", "mount", "-t", "tmpfs", "none", "/mnt"])
                .WithValidation(CommandResultValidation.None).ExecuteAsync().GetAwaiter().GetResult().ExitCode != 0 ? "mount namespaces can't be made here"
            : "";
        return reason.Length == 0;
    }

    /// <summary>The settings of a host at this address.</summary>
    public RemoteHost Settings(Action<RemoteHost>? change = null)
    {
        var settings = new RemoteHost
        {
            Address = "127.0.0.1",
            Port = Port,
            User = Environment.UserName,
            KeyFile = ClientKey,
            KnownHosts = KnownHosts,
            ConnectTimeoutSeconds = 5,
            KeepAliveSeconds = 2,
        };
        change?.Invoke(settings);
        return settings;
    }

    public SshHost Host(Action<RemoteHost>? change = null, ILogger<SshHost>? log = null) =>
        new("web1", Settings(change), TimeProvider.System, log ?? NullLogger<SshHost>.Instance);

    public static async Task MakeKeyAsync(string file, string type, CancellationToken ct) => await Cli.Wrap("/usr/bin/ssh-keygen")
        .WithArguments(["-q", "-t", type, "-N", "", "-f", file]).ExecuteAsync(ct);

    protected override ServerCommand Command => _withSudo
        ? new("/usr/bin/unshare", ["--mount", "--propagation", "private", "/bin/sh", "-e", Path.Combine(Folder, "begin.sh")], Folder, null)
        : new(Program, ["-D", "-e", "-f", Path.Combine(Folder, "sshd_config")], Folder, null);

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
            var hello = new byte[4];
            await client.GetStream().ReadExactlyAsync(hello, cancellationToken);
            return Encoding.ASCII.GetString(hello) == "SSH-";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private async Task ConfigureAsync(CancellationToken ct)
    {
        await MakeKeyAsync(HostKey, "ed25519", ct);
        await MakeKeyAsync(ClientKey, "ed25519", ct);
        await File.WriteAllTextAsync(KnownHosts, $"[127.0.0.1]:{Port} {HostKeyText}\n", ct);
        File.Copy(ClientKey + ".pub", Path.Combine(Folder, "authorized_keys"));
        await File.WriteAllLinesAsync(
            Path.Combine(Folder, "sshd_config"),
            [
                "ListenAddress 127.0.0.1",
                $"Port {Port}",
                $"HostKey {HostKey}",
                $"AuthorizedKeysFile {Folder}/authorized_keys",
                $"PidFile {Folder}/pid",
                "PermitRootLogin prohibit-password",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "UsePAM no",
                "StrictModes no",
                "Subsystem sftp internal-sftp",
            ],
            ct);
    }

    private async Task ConfigureSudoAsync(string aptGet, CancellationToken ct)
    {
        const UnixFileMode everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        string In(params string[] parts) => Path.Combine([Folder, .. parts]);
        File.SetUnixFileMode(Folder, everyone);
        foreach (var folder in (string[])["sudoers.d", "sbin", "full"]) Directory.CreateDirectory(In(folder), everyone);
        await File.WriteAllTextAsync(In("passwd"), await File.ReadAllTextAsync("/etc/passwd", ct) + "festivalops:x:47110:47110::/:/bin/sh\n", ct);
        await File.WriteAllTextAsync(In("shadow"), await File.ReadAllTextAsync("/etc/shadow", ct) + "festivalops:*:19000:0:99999:7:::\n", ct);
        File.SetUnixFileMode(In("shadow"), UnixFileMode.UserRead);
        await File.WriteAllTextAsync(In("sudoers.d", "festivalops"), RepositoryFiles.Read("deploy/sudoers/festivalops"), ct);
        File.SetUnixFileMode(In("sudoers.d", "festivalops"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await File.WriteAllTextAsync(In("sbin", "festivalops-stop"), RepositoryFiles.Read("deploy/sudoers/festivalops-stop"), ct);
        await File.WriteAllTextAsync(In("apt-get"), aptGet, ct);
        File.SetUnixFileMode(In("sbin", "festivalops-stop"), everyone);
        File.SetUnixFileMode(In("apt-get"), everyone);
        File.SetUnixFileMode(In("authorized_keys"), everyone);
        await File.WriteAllTextAsync(
            In("begin.sh"),
            $"""
            for name in passwd shadow sudoers.d; do mount --bind {Folder}/$name /etc/$name; done
            mount --bind {Folder}/sbin /usr/local/sbin
            mount --bind {Folder}/apt-get /usr/bin/apt-get
            mount -t tmpfs -o size=64k none {Folder}/full
            head -c 1000000 /dev/zero >{Folder}/full/file 2>/dev/null || true
            exec {Program} -D -e -f {Folder}/sshd_config
            """,
            ct);
    }

    private static bool CanMakePrivilegeFolder()
    {
        try
        {
            Directory.CreateDirectory("/run/sshd");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

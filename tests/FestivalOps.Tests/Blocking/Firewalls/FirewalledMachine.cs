using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Tests.Manifest;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>
/// A machine with a firewall of its own, and beside it a client with many addresses: two network namespaces and a cable. It has festivalops-firewall and
/// an account festivalops with the sudoers file of deploy/, other files of ufw and nginx, and a /run of its own. Nothing of this machine changes. It
/// ends with the test, or with this process at the latest.
/// </summary>
internal sealed class FirewalledMachine : LocalServer
{
    public const string Ours = "192.0.2.1";
    public const string OursV6 = "2001:db8::1";
    public const string First = "192.0.2.10";
    public const string Second = "192.0.2.11";
    public const string Far = "192.0.2.130";
    public const string FirstV6 = "2001:db8:1:2::10";
    public const string NeighbourV6 = "2001:db8:1:2::11";
    public const string OtherV6 = "2001:db8:1:3::10";
    public const int EchoPort = 7;
    public const int PublishedPort = 8007;
    public const int AccountId = 47110;

    private const int NetworkNamespace = 0x40000000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);
    private readonly List<Socket> _listeners = [];
    private int _client;
    private int _container;

    private FirewalledMachine() : base("firewalled")
    {
    }

    private string Nginx => Path.Combine(Folder, "nginx");

    /// <summary>Number of the process whose namespaces the machine's are.</summary>
    public int Id => ProcessIds[0];

    protected override ServerCommand Command => new("/usr/bin/unshare", ["--mount", "--net", "--propagation", "private", "/bin/sh", "-e", Path.Combine(Folder, "begin.sh")], Folder, null);

    /// <summary>Whether such a machine can be made here, with that kind of firewall.</summary>
    public static bool IsAvailable(FirewallKind kind, out string reason)
    {
        string[] tools = kind switch
        {
            FirewallKind.Nftables => ["nft"],
            FirewallKind.Iptables => ["nft", "iptables", "ipset"],
            FirewallKind.Ufw => ["nft", "iptables", "ufw"],
            _ => ["nginx"],
        };
        reason = !Environment.IsPrivilegedProcess ? "only root can make a machine with a network of its own"
            : tools.FirstOrDefault(t => !File.Exists($"/usr/sbin/{t}")) is { } missing ? $"{missing} is not installed: apt-get install -y nftables iptables ipset ufw nginx"
            : !File.Exists("/usr/bin/sudo") ? "sudo is not installed: apt-get install -y sudo"
            : !Works(kind) ? "this kernel can't make namespaces with a firewall in them"
            : "";
        return reason.Length == 0;
    }

    public static async Task<FirewalledMachine> StartAsync(CancellationToken ct)
    {
        var machine = new FirewalledMachine();
        await StartNewAsync(machine, () => machine.PrepareAsync(ct), ct);
        machine._client = int.Parse(await File.ReadAllTextAsync(Path.Combine(machine.Folder, "ready"), ct), CultureInfo.InvariantCulture);
        machine.Echo(machine.Id, IPAddress.Any);
        machine.Echo(machine.Id, IPAddress.IPv6Any);
        return machine;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) listener.Dispose();
        // Its parent has ended, so it is nobody's child that ends with the machine.
        if (_container != 0) ProcessTree.SignalOne(_container, PosixSignalNumber.Kill);
        await base.DisposeAsync();
    }

    /// <summary>The machine as the bot sees it; commands come from the account festivalops, and what is for root goes through sudo.</summary>
    public MachineHost Host(TimeSpan? patience = null) => new(this, asAccount: true, patience);

    /// <summary>The same for a bot that is root.</summary>
    public MachineHost HostOfRoot() => new(this, asAccount: false, null);

    /// <summary>Runs something on the machine as root and gives what it said; throws when it fails.</summary>
    public async Task<string> RunAsync(params string[] words) => await RunWithAsync("", words);

    /// <summary>The same with an input.</summary>
    public async Task<string> RunWithAsync(string input, params string[] words)
    {
        var result = await Cli.Wrap("/usr/bin/nsenter").WithArguments([$"--target={Id}", "--mount", "--net", "--", .. words])
            .WithStandardInputPipe(PipeSource.FromString(input)).ExecuteBufferedAsync();
        return result.StandardOutput;
    }

    /// <summary>Puts a script in place of a program; null: nothing that could be run.</summary>
    public async Task ReplaceAsync(string program, string? script)
    {
        var file = Path.Combine(Folder, "instead-of-" + Path.GetFileName(program));
        await File.WriteAllTextAsync(file, script ?? "");
        File.SetUnixFileMode(file, script is null ? UnixFileMode.UserRead : (UnixFileMode)0b111_101_101);
        await RunAsync("/bin/mount", "--bind", file, program);
    }

    /// <summary>Publishes a container's port as container engines do: a network behind the machine, and packets for the port sent on to it.</summary>
    public async Task PublishAsync()
    {
        var container = (await RunAsync(
            "/bin/sh", "-ec",
            $$"""
            unshare --net sleep 86400 >/dev/null 2>&1 </dev/null &
            container=$!
            while [ "$(readlink /proc/$container/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done
            ip link add bridge type veth peer name eth0 netns $container
            ip address add 172.18.0.1/24 dev bridge
            ip link set bridge up
            nsenter --target=$container --net -- ip address add 172.18.0.2/24 dev eth0
            nsenter --target=$container --net -- ip link set eth0 up
            nsenter --target=$container --net -- ip route add default via 172.18.0.1
            echo 1 >/proc/sys/net/ipv4/ip_forward
            nft add table ip engine
            nft add chain ip engine published '{ type nat hook prerouting priority dstnat; }'
            nft add rule ip engine published tcp dport {{PublishedPort}} dnat to 172.18.0.2:{{EchoPort}}
            echo $container
            """)).Trim();
        _container = int.Parse(container, CultureInfo.InvariantCulture);
        Echo(_container, IPAddress.Any);
    }

    /// <summary>Whether the container gets an answer from the client's side.</summary>
    public async Task<bool> ContainerReachesOutAsync()
    {
        Echo(_client, IPAddress.Any);
        await EnterAsync(_client, "ip", "route", "add", "172.18.0.0/24", "via", Ours);
        using var call = In(_container, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        using var limit = new CancellationTokenSource(Patience);
        await call.ConnectAsync(new IPEndPoint(IPAddress.Parse(First), EchoPort), limit.Token);
        return await AnswersAsync(call);
    }

    /// <summary>What nginx reads, and a list for it to include.</summary>
    public async Task ConfigureNginxAsync(string configuration)
    {
        await File.WriteAllTextAsync(Path.Combine(Nginx, "nginx.conf"), configuration);
        await File.AppendAllTextAsync(Path.Combine(Nginx, "festivalops-deny.conf"), "");
    }

    /// <summary>The list of who nginx refuses.</summary>
    public Task<string> NginxListAsync() => File.ReadAllTextAsync(Path.Combine(Nginx, "festivalops-deny.conf"));

    /// <summary>Whether a client with this address gets an answer. What does not come within a moment is refused.</summary>
    public async Task<bool> GetsInAsync(string source, bool isExpected = true)
    {
        using var call = await CallAsync(source, isExpected);
        return call is not null && await AnswersAsync(call, isExpected);
    }

    /// <summary>A connection from a client with this address; null when none comes about.</summary>
    public async Task<Socket?> CallAsync(string source, bool isExpected = true, int port = EchoPort)
    {
        var from = IPAddress.Parse(source);
        var call = In(_client, () => new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            call.Bind(new IPEndPoint(from, 0));
            using var limit = new CancellationTokenSource(isExpected ? Patience : Silence);
            await call.ConnectAsync(new IPEndPoint(IPAddress.Parse(from.AddressFamily == AddressFamily.InterNetwork ? Ours : OursV6), port), limit.Token);
            return call;
        }
        catch (Exception refused) when (refused is OperationCanceledException or SocketException)
        {
            call.Dispose();
            return null;
        }
    }

    /// <summary>Whether the machine still answers on a connection.</summary>
    public static async Task<bool> AnswersAsync(Socket call, bool isExpected = true)
    {
        using var limit = new CancellationTokenSource(isExpected ? Patience : Silence);
        try
        {
            await call.SendAsync("x"u8.ToArray(), limit.Token);
            return await call.ReceiveAsync(new byte[1], limit.Token) == 1;
        }
        catch (Exception silent) when (silent is OperationCanceledException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits for what the kernel does in its own time.</summary>
    public static async Task<bool> ComesTrueAsync(Func<Task<bool>> what, CancellationToken ct)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < Patience)
        {
            if (await what()) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
        }
        return false;
    }

    protected override Task<bool> AnswersAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(Path.Combine(Folder, "ready")));

    private static bool Works(FirewallKind kind) => Cli.Wrap("/usr/bin/unshare")
        .WithArguments(["--mount", "--net", "--propagation", "private", "/bin/sh", "-ec", kind switch
        {
            FirewallKind.Nftables => "nft add table inet festivalops",
            FirewallKind.Nginx => "true",
            _ => "ipset create a hash:net timeout 1; iptables -A INPUT -m set --match-set a src -j DROP",
        }])
        .WithEnvironmentVariables(e => e.Set("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")).WithValidation(CommandResultValidation.None)
        .ExecuteAsync().GetAwaiter().GetResult().ExitCode == 0;

    // A socket belongs to the network in which it was made, whoever uses it later. The thread is nobody else's and ends.
    private static Socket In(int process, Func<Socket> make)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var place = File.OpenHandle($"/proc/{process}/ns/net");
                if (SetNamespace((int)place.DangerousGetHandle(), NetworkNamespace) != 0) throw new IOException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                socket = make();
            }
            catch (Exception caught)
            {
                failure = caught;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException("No socket in that network.", failure);
    }

    private void Echo(int process, IPAddress any)
    {
        var listener = In(process, () =>
        {
            var socket = new Socket(any.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (any.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
            return socket;
        });
        listener.Bind(new IPEndPoint(any, EchoPort));
        listener.Listen();
        _listeners.Add(listener);
        _ = Task.Run(async () =>
        {
            while (true)
            {
                try
                {
                    _ = EchoAsync(await listener.AcceptAsync());
                }
                catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        });
    }

    private static async Task EchoAsync(Socket call)
    {
        using (call)
        {
            var one = new byte[1];
            try
            {
                while (await call.ReceiveAsync(one) == 1) await call.SendAsync(one);
            }
            catch (SocketException)
            {
                // The client went, which is its right.
            }
        }
    }

    private static async Task EnterAsync(int process, params string[] words) =>
        await Cli.Wrap("/usr/bin/nsenter").WithArguments([$"--target={process}", "--net", "--", .. words]).ExecuteAsync();

    private async Task PrepareAsync(CancellationToken ct)
    {
        const UnixFileMode everyone = (UnixFileMode)0b111_101_101;
        string In(params string[] parts) => Path.Combine([Folder, .. parts]);
        File.SetUnixFileMode(Folder, everyone);
        foreach (var folder in (string[])["sudoers.d", "sbin", "nginx", "run"]) Directory.CreateDirectory(In(folder), everyone);
        await File.WriteAllTextAsync(In("passwd"), await File.ReadAllTextAsync("/etc/passwd", ct) + $"festivalops:x:{AccountId}:{AccountId}::/:/bin/sh\n", ct);
        await File.WriteAllTextAsync(In("shadow"), await File.ReadAllTextAsync("/etc/shadow", ct) + "festivalops:*:19000:0:99999:7:::\n", ct);
        File.SetUnixFileMode(In("shadow"), UnixFileMode.UserRead);
        await File.WriteAllTextAsync(In("sudoers.d", "festivalops"), RepositoryFiles.Read("deploy/sudoers/festivalops"), ct);
        File.SetUnixFileMode(In("sudoers.d", "festivalops"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        foreach (var (name, source) in ((string, string)[])[("festivalops-stop", "deploy/sudoers/festivalops-stop"), ("festivalops-firewall", "deploy/firewall/festivalops-firewall")])
        {
            await File.WriteAllTextAsync(In("sbin", name), RepositoryFiles.Read(source), ct);
            File.SetUnixFileMode(In("sbin", name), everyone);
        }
        await File.WriteAllTextAsync(
            In("begin.sh"),
            $"""
            for name in passwd shadow sudoers.d; do mount --bind {Folder}/$name /etc/$name; done
            mount --bind {Folder}/sbin /usr/local/sbin
            mount --bind {Folder}/run /run
            mount -t tmpfs none /var/log
            mkdir /var/log/nginx
            [ ! -d /etc/nginx ] || mount --bind {Folder}/nginx /etc/nginx
            if [ -d /etc/ufw ]; then
              cp -a /etc/ufw {Folder}/ufw && mount --bind {Folder}/ufw /etc/ufw
              cp -a /lib/ufw {Folder}/libufw && mount --bind {Folder}/libufw /lib/ufw
              cp -a /etc/default/ufw {Folder}/default-ufw && mount --bind {Folder}/default-ufw /etc/default/ufw
            fi
            unshare --net sleep 86400 >/dev/null 2>&1 </dev/null &
            client=$!
            while [ "$(readlink /proc/$client/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done
            client() {'{'} nsenter --target=$client --net -- "$@"; {'}'}
            ip link add lan type veth peer name lan netns $client
            ip link set lo up
            ip address add {Ours}/24 dev lan
            ip address add {OursV6}/32 dev lan nodad
            ip link set lan up
            for address in {First}/24 {Second}/24 {Far}/24; do client ip address add $address dev lan; done
            for address in {FirstV6}/32 {NeighbourV6}/32 {OtherV6}/32; do client ip address add $address dev lan nodad; done
            client ip link set lan up
            echo $client >{Folder}/ready.new
            mv {Folder}/ready.new {Folder}/ready
            exec sleep 86400
            """,
            ct);
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
}

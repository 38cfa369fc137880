using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>
/// The system that the real host boots from: a Debian that <c>make.sh</c> makes once and that is kept in <c>artifacts/realhost</c>, under a name
/// which changes with the recipe. Making it takes two to four minutes, most of it for the packages.
/// </summary>
internal static class HostBase
{
    /// <summary>An environment variable that switches the tests on a real host off, with the value <c>off</c>.</summary>
    public const string Switch = "FESTIVALOPS_REAL_HOST";

    private static readonly string[] Programs =
        ["/usr/sbin/debootstrap", "/usr/bin/systemd-nspawn", "/usr/bin/unshare", "/usr/bin/nsenter", "/usr/bin/ssh-keygen", "/usr/bin/flock", "/usr/sbin/ip", "/usr/bin/apt-get"];

    /// <summary>The folder that holds FestivalOps.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A file of the recipe.</summary>
    public static string Script(string name) => Path.Combine(Repository, "tests", "FestivalOps.ScenarioTests", "RealHost", name);

    /// <summary>Why there can't be a real host here; null when there can.</summary>
    public static async Task<string?> MissingAsync(CancellationToken ct)
    {
        if (string.Equals(Environment.GetEnvironmentVariable(Switch), "off", StringComparison.OrdinalIgnoreCase)) return $"{Switch}=off";
        if (!Environment.IsPrivilegedProcess) return "only root can boot a host";
        if (Array.Find(Programs, p => !File.Exists(p)) is { } program)
            return $"{program} is not installed: apt-get install -y debootstrap systemd-container util-linux openssh-client iproute2";
        var folder = Directory.CreateTempSubdirectory("festivalops-probe-").FullName;
        try
        {
            var probe = $"mkdir {folder}/u {folder}/w {folder}/r && mount -t overlay overlay -o lowerdir=/usr,upperdir={folder}/u,workdir={folder}/w {folder}/r"
                + " && for t in /sys/fs/cgroup /sys/fs/cgroup/systemd; do [ ! -e $t/cgroup.procs ] || { mkdir $t/fopsprobe$$ && rmdir $t/fopsprobe$$ || exit 1; }; done";
            var said = await Cli.Wrap("/usr/bin/unshare").WithArguments(["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", probe])
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);
            return said.ExitCode == 0 ? null : $"no host can be booted here: {said.StandardError.Trim()}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Its folder, made now if it isn't there.</summary>
    public static async Task<string> MadeAsync(CancellationToken ct)
    {
        var kept = Path.Combine(Repository, "artifacts", "realhost");
        Directory.CreateDirectory(kept);
        var key = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Script("make.sh"), ct)))[..12];
        var folder = Path.Combine(kept, $"base-{key}");
        if (Directory.Exists(folder)) return folder;
        var log = Path.Combine(kept, "make.log");
        var made = await Cli.Wrap("/usr/bin/flock")
            .WithArguments(["--close", Path.Combine(kept, "lock"), "/usr/bin/unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc",
                "/bin/sh", Script("make.sh"), folder, kept])
            .WithStandardOutputPipe(PipeTarget.ToFile(log)).WithStandardErrorPipe(PipeTarget.ToFile(log + ".errors"))
            .WithValidation(CommandResultValidation.None).ExecuteAsync(ct);
        if (made.ExitCode == 0) return folder;
        throw new InvalidOperationException($"make.sh ended with {made.ExitCode}: {string.Join('\n', File.ReadLines(log).TakeLast(10).Concat(File.ReadLines(log + ".errors").TakeLast(10)))}");
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FestivalOps.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No FestivalOps.sln above {AppContext.BaseDirectory}.");
    }
}

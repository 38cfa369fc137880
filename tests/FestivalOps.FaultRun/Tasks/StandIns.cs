namespace FestivalOps.FaultRun.Tasks;

/// <summary>Scripts in place of what would change this machine, or needs a Rails application.</summary>
internal static class StandIns
{
    /// <summary>What <c>apt-get -s upgrade</c> says while something can be upgraded.</summary>
    public const string Plan = "Inst openssl [3.0.17-1] (3.0.18-1 Debian-Security:12/stable-security [amd64])\n";

    // Programs of the machine that are hidden by the script of the same name.
    private static readonly string[] Hidden = ["/usr/bin/apt-get", "/usr/bin/dpkg", "/usr/sbin/sysctl", "/usr/sbin/logrotate", "/usr/bin/sync", "/usr/sbin/nft", "/usr/sbin/ufw"];

    private static readonly (string Name, string Script)[] Scripts =
    [
        ("apt-get", """
            case "$*" in
              *' -s '*|-s*) cat plan ;;
              *' update') sleep 0.3 ;;
              *) [ ! -e half ] || { echo 'E: dpkg was interrupted, you must manually run dpkg --configure -a' >&2; exit 100; }
                 echo upgrade-begins >>calls; : >half; sleep 1; : >plan; rm half; echo upgrade-ends >>calls ;;
            esac
            """),
        ("dpkg", "sleep 0.2; rm -f half"),
        ("sysctl", "sleep 0.2; echo \"$*\""),
        ("logrotate", "sleep 0.3"),
        ("sync", "sleep 0.2"),
        ("nft", "printf 'table inet filter {\\n  chain input {\\n    type filter hook input priority filter; policy drop;\\n  }\\n}\\n'"),
        ("ufw", "printf 'Status: active\\nDefault: deny (incoming), allow (outgoing), disabled (routed)\\n'"),
        ("bundle", """
            case "$*" in
              *generate_security_report*) sleep 0.5; echo 'festivalops-report:{"audit":{"overall_score":92,"critical_issues":[],"warnings":[],"passed_checks":[]}}' ;;
              exec*) : >warming; sleep 0.5; rm -f warming ;;
              audit*) sleep 0.3; echo '{"version":"0.9.2","results":[]}' ;;
              outdated*) sleep 0.2; echo 'rack (newest 2.2.9, installed 2.2.3)'; exit 1 ;;
              *) sleep 0.5; echo 'Bundle updated!' ;;
            esac
            """),
        ("npm", "sleep 0.3; echo '{\"added\":1,\"removed\":0,\"changed\":2,\"vulnerabilities\":{},\"audit\":{\"vulnerabilities\":{}},\"metadata\":{\"vulnerabilities\":{}}}'"),
    ];

    /// <summary>Writes them.</summary>
    public static async Task WriteAsync(string folder)
    {
        foreach (var (name, script) in Scripts)
        {
            var file = Path.Combine(folder, name);
            await File.WriteAllTextAsync(file, $"#!/bin/sh\ncd '{folder}'\n{script}\n");
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "plan"), Plan);
    }

    /// <summary>The words that show a program these scripts, in a mount namespace of its own, and give it the database's password.</summary>
    public static IReadOnlyList<string> Before(string folder, string password)
    {
        var give = $"export PGPASSWORD='{password}'; ";
        if (!KilledPlatform.HasMachine) return ["/bin/sh", "-ec", give + "exec \"$@\"", "sh"];
        var mounts = Hidden.Where(File.Exists).Select(program => $"mount --bind '{folder}/{Path.GetFileName(program)}' {program}; ");
        return ["/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-ec", give + string.Concat(mounts) + "exec \"$@\"", "sh"];
    }
}

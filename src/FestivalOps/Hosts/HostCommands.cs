namespace FestivalOps.Hosts;

/// <summary>Where the platform's application is on its host.</summary>
/// <param name="Folder">Absolute path of its folder: <c>/var/www/festival-planner</c>.</param>
/// <param name="Bundle">Absolute path of bundle. Default: Debian's.</param>
/// <param name="Npm">Absolute path of npm. Default: Debian's.</param>
internal sealed record ApplicationPlace(string Folder, string Bundle = "/usr/bin/bundle", string Npm = "/usr/bin/npm");

/// <summary>
/// All commands that the guideline's tasks use, for Debian and Ubuntu. Those that run as root have fixed arguments and stand in
/// <see cref="AsRoot"/>; <c>deploy/sudoers/festivalops</c> allows exactly these.
/// </summary>
internal static partial class HostCommands
{
    private const string Systemctl = "/usr/bin/systemctl";

    // What systemctl says of a unit that is not installed, and on a machine that systemd does not run.
    private static readonly string[] NoSuchUnit =
        ["could not be found", "not found.", "not been booted with systemd", "Failed to connect to bus", "Failed to connect to system scope bus"];

    private static readonly string[] NoSuchFile = ["No such file or directory", "error: error opening"];

    /// <summary>Restarts the platform's web application (guideline, 緊急対応実行).</summary>
    public static readonly HostCommand RestartApplication = Restart("festival-planner");

    /// <summary>Restarts nginx (guideline, 緊急対応実行).</summary>
    public static readonly HostCommand RestartNginx = Restart("nginx");

    /// <summary>Restarts PostgreSQL (guideline, 緊急対応実行).</summary>
    public static readonly HostCommand RestartPostgres = Restart("postgresql");

    /// <summary>Restarts Redis (guideline, 緊急対応実行; Debian's unit is called redis-server).</summary>
    public static readonly HostCommand RestartRedis = Restart("redis-server");

    /// <summary>Rotates nginx' logs now (guideline, 毎月のメンテナンス).</summary>
    public static readonly HostCommand RotateNginxLogs = Root("/usr/sbin/logrotate", "-f", "/etc/logrotate.d/nginx") with
    {
        Timeout = TimeSpan.FromMinutes(10),
        AbsentWhen = ["cannot stat /etc/logrotate.d/nginx"],
    };

    /// <summary>What the rotation of logs would do; changes nothing (guideline, 第2営業日).</summary>
    public static readonly HostCommand CheckLogRotation = Root("/usr/sbin/logrotate", "-d", "/etc/logrotate.conf") with
    {
        AbsentWhen = ["cannot stat /etc/logrotate.conf"],
    };

    /// <summary>Fetches the lists of packages (guideline, 第1営業日). Without the option apt-get calls it a success when it fetched none.</summary>
    public static readonly HostCommand UpdatePackageLists = Root("/usr/bin/apt-get", "--error-on=any", "update") with { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>Upgrades the system's packages and keeps changed configuration files (guideline, 第1営業日). Ending it midway leaves work for dpkg --configure -a.
    /// Without a terminal of its own for dpkg (Use-Pty=0): dpkg would lead another session there, and go on when this is ended.</summary>
    public static readonly HostCommand UpgradePackages =
        Root("/usr/bin/apt-get", "-y", "-o", "Dpkg::Options::=--force-confold", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0", "upgrade") with
        {
            Timeout = TimeSpan.FromHours(1),
            OutputLimit = 8 * 1024 * 1024,
            Alone = true,
        };

    /// <summary>Drops the kernel's caches (guideline, 毎月のメンテナンス). Containers refuse it.</summary>
    public static readonly HostCommand DropCaches = Root("/usr/sbin/sysctl", "vm.drop_caches=3") with
    {
        Timeout = TimeSpan.FromMinutes(2),
        AbsentWhen = ["permission denied on key", "Read-only file system", "cannot stat", "Permission denied"],
    };

    /// <summary>The state of ufw (guideline, セキュリティ監査).</summary>
    public static readonly HostCommand FirewallStatus = Root("/usr/sbin/ufw", "status", "verbose");

    /// <summary>The rules of nftables, for hosts without ufw.</summary>
    public static readonly HostCommand FirewallRules = Root("/usr/sbin/nft", "list", "ruleset");

    /// <summary>What an upgrade of the packages would do; changes nothing and needs no root.</summary>
    public static readonly HostCommand PlanUpgrade = new("/usr/bin/apt-get", "-s", "-o", "Debug::NoLocking=true", "upgrade") { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>What the kernel does with the memory, as <c>Key: n kB</c> lines.</summary>
    public static readonly HostCommand MemoryInUse = new("/usr/bin/cat", "/proc/meminfo") { AbsentWhen = NoSuchFile };

    /// <summary>Writes what the kernel holds back to the disks (guideline, 毎月のメンテナンス).</summary>
    public static readonly HostCommand Sync = new("/usr/bin/sync") { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>All that run as root, with the exact arguments that sudo allows.</summary>
    public static IReadOnlyList<HostCommand> AsRoot =>
    [
        RestartApplication, RestartNginx, RestartPostgres, RestartRedis, RotateNginxLogs, CheckLogRotation, UpdatePackageLists, UpgradePackages,
        DropCaches, FirewallStatus, FirewallRules, ConfigurePackages,
        ReadNftables, ReadIptables, ReadUfw, ReadNginxDenied, ChangeNftables, ChangeIptables, ChangeUfw, ChangeNginxDenied,
        ServeNftables, ServeIptables, ServeUfw, ServeNginxDenied,
        LockNftables, UnlockNftables, KeepNftables, NftablesLock,
    ];

    /// <summary>Whether a unit runs, as <c>Key=value</c> lines. Exit code 0 also for a unit that does not exist: then LoadState is not-found.</summary>
    public static HostCommand UnitState(string unit) => new(Systemctl, "show", "--property=LoadState,ActiveState,SubState,NRestarts,ActiveEnterTimestamp", "--", unit)
    {
        AbsentWhen = NoSuchUnit,
    };

    /// <summary>The last lines of a unit's journal, one JSON object a line (guideline, エラーログ確認). The account must be in systemd-journal or adm.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="lines">1 to 10,000.</param>
    public static HostCommand Journal(string unit, int lines) => new("/usr/bin/journalctl", $"--unit={unit}", $"--lines={lines}", "--no-pager", "--output=json")
    {
        AbsentWhen = ["No journal files were", "insufficient permissions"],
        OutputLimit = 8 * 1024 * 1024,
    };

    /// <summary>
    /// Known weaknesses of the gems in use (guideline, 金曜日), as JSON where bundler-audit can (0.8 and later). Exit code 1: there are some.
    /// </summary>
    public static HostCommand BundleAudit(ApplicationPlace app) => new(app.Bundle, "audit", "check", "--update", "--format", "json")
    {
        Folder = app.Folder,
        Timeout = TimeSpan.FromMinutes(5),
        AbsentWhen = ["Could not find command", "command not found", "Could not locate Gemfile"],
    };

    /// <summary>Updates gems without touching what they share (guideline, 第1営業日).</summary>
    public static HostCommand BundleUpdate(ApplicationPlace app) => new(app.Bundle, "update", "--all", "--conservative")
    {
        Folder = app.Folder,
        Timeout = TimeSpan.FromMinutes(30),
        AbsentWhen = ["Could not locate Gemfile"],
        Alone = true,
    };

    /// <summary>Known weaknesses of the npm packages in use, as JSON. Exit code 1: there are some.</summary>
    public static HostCommand NpmAudit(ApplicationPlace app) => new(app.Npm, "audit", "--json")
    {
        Folder = app.Folder,
        Timeout = TimeSpan.FromMinutes(5),
        AbsentWhen = ["ENOLOCK", "ENOENT"],
        OutputLimit = 8 * 1024 * 1024,
    };

    /// <summary>Updates npm packages that have known weaknesses (guideline, 第1営業日).</summary>
    /// <param name="app">Where it is.</param>
    /// <param name="dryRun">True: only says what it would do.</param>
    public static HostCommand NpmAuditFix(ApplicationPlace app, bool dryRun) =>
        new(app.Npm, dryRun ? ["audit", "fix", "--json", "--dry-run"] : (HostArgument[])["audit", "fix", "--json"])
        {
            Folder = app.Folder,
            Timeout = TimeSpan.FromMinutes(15),
            AbsentWhen = ["ENOLOCK", "ENOENT"],
            OutputLimit = 8 * 1024 * 1024,
            Alone = !dryRun,
        };

    /// <summary>Runs Ruby code within the application (guideline: rails runner).</summary>
    public static HostCommand RailsRunner(ApplicationPlace app, string code) => new("/usr/bin/env", "RAILS_ENV=production", app.Bundle, "exec", "rails", "runner", code)
    {
        Folder = app.Folder,
        Timeout = TimeSpan.FromMinutes(10),
        AbsentWhen = [$"env: {app.Bundle}", $"env: '{app.Bundle}'", $"env: ‘{app.Bundle}’", "Could not locate Gemfile", "bundler: command not found"],
        Alone = true,
    };

    /// <summary>From when to when a certificate file is valid (guideline, 金曜日).</summary>
    public static HostCommand CertificateDates(string file) => new("/usr/bin/openssl", "x509", "-in", file, "-noout", "-dates") { AbsentWhen = NoSuchFile };

    /// <summary>Dumps a database in PostgreSQL's own compressed format (guideline, 月曜日). It logs in as ~/.pgpass says.</summary>
    public static HostCommand DumpDatabase(string database, string file) => new("/usr/bin/pg_dump", "--no-password", "--format=custom", $"--file={file}", "--", database)
    {
        Timeout = TimeSpan.FromHours(1),
    };

    /// <summary>Reads a gzip file to its end: exit code 0 when it is whole.</summary>
    public static HostCommand TestGzip(string file) => new("/usr/bin/gzip", "--test", "--", file) { Timeout = TimeSpan.FromMinutes(30), AbsentWhen = NoSuchFile };

    private static HostCommand Restart(string unit) => Root(Systemctl, "restart", unit) with { Timeout = TimeSpan.FromMinutes(2), AbsentWhen = NoSuchUnit };

    private static HostCommand Root(string executable, params HostArgument[] arguments) => new(executable, arguments) { AsRoot = true };
}

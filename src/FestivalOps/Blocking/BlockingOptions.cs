using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Following;
using FestivalOps.Settings;

namespace FestivalOps.Blocking;

/// <summary>What is done about an attacker.</summary>
internal enum BlockingMode
{
    /// <summary>It is said what would be blocked; no firewall is touched.</summary>
    Simulate,

    /// <summary>Attackers are blocked.</summary>
    Block,
}

/// <summary>Which logs are watched for attacks, and what is decided of them. Section <c>Blocking</c>.</summary>
internal sealed class BlockingOptions : IValidatableObject
{
    /// <summary>The word in <see cref="TrustedProxies"/> that says: nothing stands before the servers.</summary>
    public const string NoProxies = "none";

    private static readonly int[] DefaultStatuses = [401, 403, 404, 429];
    private static readonly double[] DefaultHours = [1, 6, 24, 168];
    private static readonly string[] DefaultScannerPaths =
    [
        "/wp-", "/wordpress", "/xmlrpc.php", "/.env", "/.git", "/.aws", "/.ssh", "/.svn", "/phpmyadmin", "/pma/", "/myadmin", "/adminer", "/cgi-bin/", "/vendor/phpunit",
        "/boaform", "/hnap1", "/actuator", "/solr/", "/jenkins", "/manager/html", "/owa/", "/autodiscover", "/remote/login", "/server-status", "/etc/passwd", "*.php", "*.asp", "*.aspx", "*.jsp", "*.sql", "*.bak",
    ];

    /// <summary>What is done about an attacker: <c>Simulate</c> or <c>Block</c>. Default: <c>Simulate</c>.</summary>
    public BlockingMode Mode { get; set; }

    /// <summary>The logs that are watched, by a name of lower-case letters, digits and hyphens. Default: none.</summary>
    public IDictionary<string, WatchedLog> Logs { get; set; } = new Dictionary<string, WatchedLog>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What other machines send of their logs over syslog.</summary>
    public SyslogListening Syslog { get; set; } = new();

    /// <summary>The firewalls that carry blocks out, by the name of their host: <c>local</c> or one of <c>Hosts:Remote</c>. Default: none.</summary>
    public IDictionary<string, FirewallSettings> Firewalls { get; set; } = new Dictionary<string, FirewallSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Proxies and balancers before nginx, as addresses and ranges: of a request through them the last address of X-Forwarded-For that is none of
    /// them is the client. <c>none</c>: there are no proxies, and X-Forwarded-For is never looked at. Empty: unknown; an address that names
    /// another in X-Forwarded-For is warned of instead of blocked.
    /// </summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>Addresses and ranges that nobody can block, and that are only warned of: offices, VPN, monitoring, payment callbacks. Default: none.</summary>
    public IList<string> NeverBlock { get; set; } = [];

    /// <summary>Answers that count as refused. Range: 400 to 499. Empty: 401, 403, 404, 429 (guideline, 不正アクセス検知, and 401).</summary>
    // Texts, here and in BlockHours: the binder drops an entry of a list silently when it is no number.
    public IList<string> RefusedStatuses { get; set; } = [];

    /// <summary>
    /// Paths that only scanners ask for: beginnings (<c>/wp-</c>) or, after a star, endings (<c>*.php</c>); lower case. Empty: a list of ours for an
    /// application that is no PHP.
    /// </summary>
    public IList<string> ScannerPathList { get; set; } = [];

    /// <summary>The guideline's warning: 10 unauthorised accesses in a minute.</summary>
    public BlockRule Unauthorised { get; set; } = new() { Count = 10, WindowSeconds = 60, Action = RuleAction.Warn };

    /// <summary>The guideline's automatic block: 20 failures of one address in 5 minutes.</summary>
    public BlockRule BruteForce { get; set; } = new() { Count = 20, WindowSeconds = 300, Action = RuleAction.Block };

    /// <summary>Refused requests for paths that only scanners ask for.</summary>
    public BlockRule ScannerPaths { get; set; } = new() { Count = 5, WindowSeconds = 60, Action = RuleAction.Warn };

    /// <summary>Answers 429: it does not stop although it was told to.</summary>
    public BlockRule TooManyRequests { get; set; } = new() { Count = 60, WindowSeconds = 60, Action = RuleAction.Warn };

    /// <summary>Different user names that one address tried in vain over SSH.</summary>
    public BlockRule UserNames { get; set; } = new() { Count = 8, WindowSeconds = 300, Action = RuleAction.Warn };

    /// <summary>How long the first, second, … block of an address lasts. Unit: hours. Range of each: 0.1 to 8,760. Empty: 1, 6, 24, 168 (7 days).</summary>
    public IList<string> BlockHours { get; set; } = [];

    /// <summary>So long after its last block an address is new again. Unit: days. Range: 1 to 3,650. Default: 30.</summary>
    [Range(1, 3_650)]
    public int ForgiveDays { get; set; } = 30;

    /// <summary>So long after people let an address in it is only warned of. Unit: minutes. Range: 0 to 10,080. Default: 60.</summary>
    [Range(0, 10_080)]
    public int GraceMinutes { get; set; } = 60;

    /// <summary>The widest range of IPv4 that can be blocked by hand, as the length of its prefix. Range: 8 to 32. Default: 16.</summary>
    [Range(8, 32)]
    public int WidestV4 { get; set; } = 16;

    /// <summary>The same of IPv6. Range: 16 to 64. Default: 32.</summary>
    [Range(16, 64)]
    public int WidestV6 { get; set; } = 32;

    /// <summary>
    /// The Redis through which several readers of logs count together, as StackExchange.Redis reads it: <c>redis.internal:6379,password=…</c>. Redis 6.2 or
    /// later. Empty: each counts for itself.
    /// </summary>
    public string Redis { get; set; } = "";

    /// <summary>So many addresses are remembered of each kind of failure; of more, one that was quiet for long is forgotten. Range: 1,000 to 1,000,000. Default: 100,000.</summary>
    [Range(1_000, 1_000_000)]
    public int MostAddresses { get; set; } = 100_000;

    /// <summary><see cref="RefusedStatuses"/>, or its default; the settings were checked.</summary>
    public IReadOnlyList<int> GetStatuses() => RefusedStatuses.Count > 0 ? [.. RefusedStatuses.Select(s => int.Parse(s, CultureInfo.InvariantCulture))] : DefaultStatuses;

    /// <summary><see cref="BlockHours"/>, or its default; the settings were checked.</summary>
    public IReadOnlyList<double> GetBlockHours() => BlockHours.Count > 0 ? [.. BlockHours.Select(h => double.Parse(h, CultureInfo.InvariantCulture))] : DefaultHours;

    /// <summary><see cref="ScannerPathList"/>, or its default.</summary>
    public IReadOnlyList<string> EffectiveScannerPaths => ScannerPathList.Count > 0 ? [.. ScannerPathList] : DefaultScannerPaths;

    /// <summary>Finds the client of a request; the settings were checked.</summary>
    public Clients Clients() => new(TrustedProxies.Count == 0 ? null : AddressRanges.Parse(TrustedProxies.Where(p => p != NoProxies)));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in TrustedProxies.Where(p => p != NoProxies))
        {
            if (AddressRanges.Complaint(proxy) is { } wrong) yield return new($"TrustedProxies: {wrong}", [nameof(TrustedProxies)]);
        }
        if (TrustedProxies.Contains(NoProxies) && TrustedProxies.Count > 1) yield return new("TrustedProxies must be none alone, or name proxies.", [nameof(TrustedProxies)]);
        foreach (var range in NeverBlock)
        {
            if (AddressRanges.Complaint(range) is { } wrong) yield return new($"NeverBlock: {wrong}", [nameof(NeverBlock)]);
        }
        if (RefusedStatuses.Any(s => !int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 400 or > 499)) yield return new("RefusedStatuses must be between 400 and 499.", [nameof(RefusedStatuses)]);
        if (ScannerPathList.Any(p => p.Length is < 2 or > 100 || p[0] is not ('/' or '*') || p.Any(c => !char.IsAscii(c) || char.IsAsciiLetterUpper(c) || c <= ' ')))
            yield return new("ScannerPathList must hold beginnings of paths like /wp- or endings like *.php, in lower case.", [nameof(ScannerPathList)]);
        foreach (var (name, rule) in new[]
        {
            (nameof(Unauthorised), Unauthorised), (nameof(BruteForce), BruteForce), (nameof(ScannerPaths), ScannerPaths), (nameof(TooManyRequests), TooManyRequests), (nameof(UserNames), UserNames),
        })
        {
            foreach (var complaint in rule.Complaints()) yield return new($"{name}: {complaint}", [name]);
        }
        if (BlockHours.Any(h => !double.TryParse(h, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) || !(hours is >= 0.1 and <= 8_760))) yield return new("BlockHours must be between 0.1 and 8760.", [nameof(BlockHours)]);
        if (Redis.Length > 0 && ConnectionSettings.RedisComplaint(Redis) is not null) yield return new("Redis must be HOST:PORT, with options behind commas such as password=… (its value is not shown here).", [nameof(Redis)]);
        foreach (var complaint in Logs.SelectMany(l => l.Value.Complaints(l.Key))) yield return new($"Logs:{complaint}", [nameof(Logs)]);
        foreach (var complaint in Firewalls.SelectMany(f => f.Value.Complaints(f.Key))) yield return new($"Firewalls:{complaint}", [nameof(Firewalls)]);
        foreach (var complaint in Syslog.Complaints()) yield return new($"Syslog: {complaint}", [nameof(Syslog)]);
    }
}

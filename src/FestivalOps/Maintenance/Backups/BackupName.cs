using System.Globalization;
using System.Text.RegularExpressions;
using FestivalOps.Hosts.Files;

namespace FestivalOps.Maintenance.Backups;

/// <summary>What the name of a file claims that it is.</summary>
internal enum BackupClaim
{
    /// <summary>Nothing that we know: it is not looked at.</summary>
    None,

    /// <summary>SQL, packed by gzip: <c>.sql.gz</c>, <c>.gz</c>.</summary>
    Gzip,

    /// <summary>An archive of files, packed by gzip: <c>.tar.gz</c>, <c>.tgz</c>.</summary>
    Archive,

    /// <summary>PostgreSQL's own format: <c>.dump</c>, <c>.pgdump</c>, <c>.backup</c>, <c>.custom</c>.</summary>
    Custom,

    /// <summary>SQL text: <c>.sql</c>.</summary>
    Sql,

    /// <summary>Encrypted: <c>.gpg</c>, <c>.pgp</c>, <c>.asc</c>, <c>.age</c>, <c>.enc</c>.</summary>
    Encrypted,
}

/// <summary>Reads names of files in the folder of backups. Pure.</summary>
internal static partial class BackupName
{
    /// <summary>What our own dumps begin with; nothing else may.</summary>
    public const string OwnPrefix = "festivalops-dump-";

    /// <summary>What a dump ends with while it is written.</summary>
    public const string PartSuffix = ".part";

    // The longer ones first.
    private static readonly (string Ending, BackupClaim Claim)[] Endings =
    [
        (".tar.gz", BackupClaim.Archive), (".tgz", BackupClaim.Archive), (".gz", BackupClaim.Gzip),
        (".dump", BackupClaim.Custom), (".pgdump", BackupClaim.Custom), (".backup", BackupClaim.Custom), (".custom", BackupClaim.Custom),
        (".sql", BackupClaim.Sql),
        (".gpg", BackupClaim.Encrypted), (".pgp", BackupClaim.Encrypted), (".asc", BackupClaim.Encrypted), (".age", BackupClaim.Encrypted), (".enc", BackupClaim.Encrypted),
    ];

    /// <summary>What it claims.</summary>
    public static BackupClaim Claim(string name) => Endings.FirstOrDefault(e => name.EndsWith(e.Ending, StringComparison.OrdinalIgnoreCase)).Claim;

    /// <summary>A dump that we made, complete.</summary>
    public static bool IsOwn(HostEntry entry) => entry.Kind == HostEntryKind.File && Own().IsMatch(entry.Name);

    /// <summary>What an interrupted run of ours left behind.</summary>
    public static bool IsLeftover(HostEntry entry) => entry.Kind == HostEntryKind.File && entry.Name.EndsWith(PartSuffix, StringComparison.Ordinal) && Own().IsMatch(entry.Name[..^PartSuffix.Length]);

    /// <summary>The name of a dump that begins now.</summary>
    public static string NewDump(DateTimeOffset now) => OwnPrefix + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + ".dump";

    /// <summary>What backups of the same kind have in common: the name without its numbers.</summary>
    public static string Series(string name) => Digits().Replace(name, "#");

    [GeneratedRegex($"^{OwnPrefix}[0-9]{{8}}T[0-9]{{6}}Z\\.dump$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Own();

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}

using System.Globalization;
using System.Text;

namespace FestivalOps.Hosts;

/// <content>Commands of backups, of their restore, and of updates.</content>
internal static partial class HostCommands
{
    /// <summary>How much of a dump's end <see cref="ReadGzipEnd"/> tells: 4 KiB.</summary>
    public const int GzipEnd = 4096;

    // Reads everything once, so that the end is known and the check sums were compared. Exit code: gzip's own.
    private const string GzipEndScript = """
        my ($tail, $head, $length) = ("", "", 0);
        open(my $in, "-|", "/usr/bin/gzip", "-dc", "--", $ARGV[0]) or die "gzip: $!\n";
        while (read($in, my $part, 1048576)) {
          $head = substr($part, 0, 8) if $length == 0;
          $length += length $part;
          $tail .= $part;
          $tail = substr($tail, -4096) if length $tail > 4096;
        }
        close $in;
        my $code = ($? >> 8) || ($? & 127 ? 3 : 0);
        print "head=", unpack("H*", $head), "\nlength=$length\n", $tail;
        exit $code;
        """;

    // The password comes on standard input, so that no list of processes shows it. A dump that wants to change the database, or has other
    // commands of psql, is refused: it would act elsewhere than in the scratch database. Exit code 9: refused.
    private const string RestoreScript = """
        my ($kind, $file, $host, $port, $user, $database, $ssl) = @ARGV;
        my $password = <STDIN> // "";
        chomp $password;
        @ENV{qw(PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGSSLMODE PGCONNECT_TIMEOUT)} = ($host, $port, $user, $database, $password, $ssl, 10);
        if ($kind eq "custom") {
          exec("/usr/bin/pg_restore", "--no-owner", "--no-privileges", "--no-password", "--dbname=$database", "--", $file) or die "pg_restore: $!\n";
        }
        my $in;
        if ($kind eq "gzip") { open($in, "-|", "/usr/bin/gzip", "-dc", "--", $file) or die "gzip: $!\n" }
        else { open($in, "<", $file) or die "$file: $!\n" }
        $SIG{PIPE} = "IGNORE";
        open(my $out, "|-", "/usr/bin/psql", "--no-psqlrc", "--quiet", "--no-password", "--output=/dev/null", "--dbname=$database") or die "psql: $!\n";
        my ($copying, $refused) = (0, 0);
        while (my $line = <$in>) {
          if ($copying) { $copying = 0 if $line eq "\\.\n" }
          elsif ($line =~ /^\\(?!restrict |unrestrict )/) { print STDERR "refused: line $. of the dump has the psql command ", substr($line, 0, 40), "\n"; $refused = 1; last }
          elsif ($line =~ /^COPY .* FROM stdin;$/) { $copying = 1 }
          print $out $line or last;
        }
        close $in;
        my $read = $refused ? 0 : ($? >> 8) || ($? & 127 ? 3 : 0);
        close $out;
        my $wrote = ($? >> 8) || ($? & 127 ? 3 : 0);
        exit($refused ? 9 : $wrote || $read);
        """;

    /// <summary>Finishes an upgrade that was interrupted, and keeps changed configuration files. Nothing to do: exit code 0 at once.</summary>
    public static readonly HostCommand ConfigurePackages = Root("/usr/bin/dpkg", "--force-confold", "--configure", "-a") with
    {
        Timeout = TimeSpan.FromMinutes(30),
    };

    /// <summary>
    /// Reads a gzip file to its end and says <c>head=</c> (its first 8 bytes unpacked, as hex), <c>length=</c> (unpacked bytes) and then its last
    /// <see cref="GzipEnd"/> bytes. Exit code: gzip's; 0 whole, 1 damaged, 2 whole with something foreign behind it.
    /// </summary>
    public static HostCommand ReadGzipEnd(string file) => new("/usr/bin/perl", "-e", new HostArgument(GzipEndScript, Label: "(reads gzip to its end)"), file) { Timeout = TimeSpan.FromHours(1), AbsentWhen = NoSuchFile };

    /// <summary>The table of contents of a dump in PostgreSQL's own format; lines with a semicolon first are comments.</summary>
    public static HostCommand ListDump(string file) => new("/usr/bin/pg_restore", "--list", "--", file)
    {
        Timeout = TimeSpan.FromMinutes(5),
        AbsentWhen = ["No such file or directory"],
    };

    /// <summary>Reads a dump in PostgreSQL's own format to its end and throws it away; needs no server.</summary>
    public static HostCommand ReadDump(string file) => new("/usr/bin/pg_restore", "--file=/dev/null", "--", file)
    {
        Timeout = TimeSpan.FromHours(1),
        AbsentWhen = ["No such file or directory"],
    };

    /// <summary>
    /// Restores a dump into a database. Exit code 9: refused, because the dump holds commands of psql and would act elsewhere. The account on
    /// the host runs what the dump says, so backups must be files that only trusted accounts can write.
    /// </summary>
    /// <param name="kind">What it is.</param>
    /// <param name="file">Absolute path.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="timeout">How long it may take.</param>
    public static HostCommand RestoreDump(DumpKind kind, string file, RestoreTarget target, TimeSpan timeout) => new(
        "/usr/bin/perl", "-e", new HostArgument(RestoreScript, Label: "(restores)"), kind.ToString().ToLowerInvariant(), file,
        target.Host, target.Port.ToString(CultureInfo.InvariantCulture), target.User, target.Database, target.SslMode)
    {
        Input = Encoding.UTF8.GetBytes(target.Password + "\n"),
        Timeout = timeout,
        OutputLimit = 256 * 1024,
        AbsentWhen = NoSuchFile,
    };

    /// <summary>Gives a file another name in its folder; an existing file is not replaced.</summary>
    public static HostCommand MoveFile(string from, string to) => new("/usr/bin/mv", "--no-clobber", "--no-target-directory", "--", from, to) { AbsentWhen = NoSuchFile };

    /// <summary>Gems for which there are newer versions that the Gemfile allows, one a line. Exit code 1: there are some.</summary>
    public static HostCommand BundleOutdated(ApplicationPlace app) => new(app.Bundle, "outdated", "--parseable", "--strict")
    {
        Folder = app.Folder,
        Timeout = TimeSpan.FromMinutes(5),
        AbsentWhen = ["Could not locate Gemfile"],
    };
}

/// <summary>How a dump is written.</summary>
internal enum DumpKind
{
    /// <summary>SQL text.</summary>
    Sql,

    /// <summary>SQL text, packed by gzip.</summary>
    Gzip,

    /// <summary>PostgreSQL's own format (<c>pg_dump --format=custom</c>).</summary>
    Custom,
}

/// <summary>The database that a dump is restored into, as libpq wants it.</summary>
/// <param name="Host">Name or address, seen from the host that restores.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">The role.</param>
/// <param name="Password">Its password; empty: none. A secret.</param>
/// <param name="Database">Its name.</param>
/// <param name="SslMode">libpq's word: <c>prefer</c>, <c>require</c>, …</param>
internal sealed record RestoreTarget(string Host, int Port, string User, string Password, string Database, string SslMode = "prefer");

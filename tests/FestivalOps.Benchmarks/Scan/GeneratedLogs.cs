using System.Globalization;
using System.Text;

namespace FestivalOps.Benchmarks.Scan;

/// <summary>
/// Logs of the shapes that the platform writes, the same for the same number: visitors, a few of whom ask for what is not there, and attackers of
/// whom it is known that they are to be blocked: exactly these fail 20 times in less than 5 minutes.
/// </summary>
internal static class GeneratedLogs
{
    private const int Attackers = 200;
    private const int LinesPerSecond = 50;

    private static readonly DateTimeOffset Begin = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Paths =
    [
        "/", "/festivals", "/festivals/42", "/festivals/42/events?page=2", "/api/v1/festivals/42/tickets", "/assets/application-5c1f2a9d.css", "/assets/logo-0ab31c77.png", "/users/sign_in",
    ];

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    ];

    private static readonly string[] Names = ["admin", "test", "oracle", "postgres", "ubuntu", "git", "deploy", "pi"];

    /// <summary>nginx' access log in <c>log_format main</c>: one line in ten is refused, most of those are attackers'.</summary>
    public static void WriteNginx(string file, int lines)
    {
        var random = new Random(lines);
        using var writer = new StreamWriter(file, append: false, Encoding.ASCII, 1 << 20);
        for (var i = 0; i < lines; i++)
        {
            var at = Begin.AddSeconds(i / LinesPerSecond).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
            var (address, request, status) = random.Next(100) switch
            {
                < 8 => (Attacker(i), "POST /users/sign_in HTTP/1.1", 401),
                < 9 => (Innocent(random.Next(40_000)), "GET /favicon-old.png HTTP/1.1", 404),
                < 20 => (Innocent(random.Next(2_000)), $"GET {Paths[random.Next(Paths.Length)]} HTTP/1.1", 304),
                _ => (Innocent(random.Next(2_000)), $"GET {Paths[random.Next(Paths.Length)]} HTTP/1.1", 200),
            };
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{address} - - [{at} +0000] \"{request}\" {status} {random.Next(200, 60_000)} \"https://festival.example.com/\" \"{Agents[random.Next(Agents.Length)]}\" \"-\"\n"));
        }
    }

    /// <summary>auth.log with ISO times: a third are attackers' passwords, half of them for unknown users (two lines), the rest is cron and people.</summary>
    public static void WriteAuth(string file, int lines)
    {
        var random = new Random(lines);
        using var writer = new StreamWriter(file, append: false, Encoding.ASCII, 1 << 20);
        for (var i = 0; i < lines; i++)
        {
            var at = Begin.AddMilliseconds(i * (1000.0 / LinesPerSecond)).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "+00:00 web1 ";
            var process = random.Next(1_000, 400_000);
            var port = random.Next(1_024, 65_536);
            switch (random.Next(100))
            {
                case < 17:
                    Line($"{at}sshd[{process}]: Failed password for root from {Attacker(i)} port {port} ssh2");
                    break;
                case < 34 when i + 1 < lines:
                    var name = Names[random.Next(Names.Length)];
                    Line($"{at}sshd[{process}]: Invalid user {name} from {Attacker(i)} port {port}");
                    Line($"{at}sshd[{process}]: Failed password for invalid user {name} from {Attacker(i)} port {port} ssh2");
                    i++;
                    break;
                case < 35:
                    Line($"{at}sshd[{process}]: Failed password for sato from {Innocent(random.Next(40_000))} port {port} ssh2");
                    break;
                case < 55:
                    Line($"{at}sshd[{process}]: Connection closed by authenticating user root {Innocent(random.Next(2_000))} port {port} [preauth]");
                    break;
                case < 70:
                    Line($"{at}sshd[{process}]: Accepted publickey for deploy from {Innocent(random.Next(50))} port {port} ssh2: ED25519 SHA256:Kl8kPGZrTiz7g4FO1hyqHdsSBBb5Fge6NWOobN03XJg");
                    break;
                default:
                    Line($"{at}CRON[{process}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)");
                    break;
            }
        }
        void Line(string text) => writer.Write(text + "\n");
    }

    /// <summary>The addresses that are to be blocked.</summary>
    public static IReadOnlySet<string> Known(int lines) => Enumerable.Range(0, Attackers).Where(a => a * Turn < lines - Turn / 2).Select(a => $"203.0.{a / 100}.{a % 100 + 1}").ToHashSet(StringComparer.Ordinal);

    // Each attacker has its turn of a hundred seconds; when all had theirs they begin again.
    private const int Turn = 5_000;

    private static string Attacker(int line) => $"203.0.{line / Turn % Attackers / 100}.{line / Turn % Attackers % 100 + 1}";

    private static string Innocent(int number) => $"10.{number / 65_536 + 1}.{number / 256 % 256}.{number % 256}";
}

using System.Globalization;
using System.Security.Cryptography;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>How each program is started, all with the same secret and the same stand-in for Slack.</summary>
internal sealed class Contenders(string folder, int sinkPort)
{
    /// <summary>Where Bolt reads the card that it answers with: what the bot answered.</summary>
    public string CardFile { get; } = Path.Combine(folder, "card.json");

    /// <summary>The signing secret of this run.</summary>
    public string Secret { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Kestrel that checks the signature and nothing else.</summary>
    public Contender Bare()
    {
        var port = FreePort.Take();
        return new("bare Kestrel", port, "/slack/commands", Answers: false, () => Child.Start(
            "dotnet", [typeof(Contenders).Assembly.Location, "bare", Text(port), Secret], folder));
    }

    /// <summary>The settings of the bot that are not their defaults and matter for what is compared. The README gives the reasons.</summary>
    public static IReadOnlyDictionary<string, string> Differences { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Checks:Run:EverySeconds"] = "0",
        ["Checks:Run:ShareForSeconds"] = "10",
        ["Checks:Run:ShowRunningAfterMilliseconds"] = "900",
        ["Commands:QueueCapacity"] = "100000",
    };

    /// <summary>The bot as it is in production, but for <see cref="Differences"/>: its own process, SQLite in a real file, roles, audit trail and checks of this host.</summary>
    /// <param name="more">Further settings, as environment variables; none by default.</param>
    public Contender Bot(IReadOnlyDictionary<string, string>? more = null)
    {
        var port = FreePort.Take();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FOPS_Slack__Transport"] = "Http",
            ["FOPS_Slack__BotToken"] = "xoxb-bench-bench-bench",
            ["FOPS_Slack__SigningSecret"] = Secret,
            ["FOPS_Slack__ApiBaseUrl"] = $"http://127.0.0.1:{sinkPort}/api/",
            ["FOPS_Slack__AllowInsecureLoopback"] = "true",
            ["FOPS_Storage__SqliteFile"] = Path.Combine(folder, "bot.db"),
            ["FOPS_Http__Address"] = $"http://127.0.0.1:{port}",
        };
        foreach (var (key, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal)) settings[key] = value;
        foreach (var (key, value) in Differences) settings["FOPS_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new("FestivalOps", port, "/slack/commands", Answers: true, () => Child.Start(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "FestivalOps.dll")], folder, settings));
    }

    /// <summary>Bolt for JavaScript, installed in <paramref name="installed"/>.</summary>
    public Contender Bolt(string installed)
    {
        var port = FreePort.Take();
        return new("Bolt", port, "/slack/events", Answers: true, () => Child.Start(
            "node", [Path.Combine(installed, "app.js")], folder, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BENCH_PORT"] = Text(port),
                ["BENCH_SIGNING_SECRET"] = Secret,
                ["BENCH_TOKEN"] = "xoxb-bench-bench-bench",
                ["BENCH_API"] = $"http://127.0.0.1:{sinkPort}/api/",
                ["BENCH_CARD"] = CardFile,
                ["NODE_ENV"] = "production",
            }));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

namespace FestivalOps.Demo;

/// <summary>What a person may choose on the demo's command line.</summary>
internal sealed record DemoOptions
{
    /// <summary>What the command line accepts.</summary>
    public const string Usage = "[--http] [--port=5080] [--log]";

    /// <summary>Port of the workspace's page. Default: 5080; taken by another program, a free one. 0: a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Port of the bot's own endpoints, which <c>deploy/demo-alert.sh</c> speaks to. Default: 5081; taken by another program, a free one. 0: a free one.</summary>
    public int BotPort { get; init; } = 5081;

    /// <summary>Opens the demo's webhook for alerts. No secret: it holds on this machine only, and for as long as the demo runs.</summary>
    public const string AlertToken = "festival-demo";

    /// <summary>How the workspace reaches the bot: Socket Mode as in production, or signed HTTP requests. Default: Socket Mode.</summary>
    public bool Http { get; init; }

    /// <summary>Shows the bot's log. Default: false, warnings and errors only.</summary>
    public bool Log { get; init; }

    /// <summary>Settings of the bot over those of the demo.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the command line; null when it says something else.</summary>
    public static DemoOptions? Parse(IEnumerable<string> arguments)
    {
        var options = new DemoOptions();
        foreach (var argument in arguments)
        {
            if (argument == "--http") options = options with { Http = true };
            else if (argument == "--log") options = options with { Log = true };
            else if (argument.StartsWith("--port=", StringComparison.Ordinal) && ushort.TryParse(argument.AsSpan(7), out var port)) options = options with { Port = port };
            else return null;
        }
        return options;
    }
}

using System.Net.Sockets;
using System.Text;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>How a <see cref="RedisServer"/> is set up.</summary>
internal sealed record RedisOptions
{
    /// <summary>The password that clients must give; null (the default) asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>Redis' maxmemory in bytes; null (the default) is unlimited, as Redis' own default.</summary>
    public long? MaxMemoryBytes { get; init; }
}

/// <summary>A Redis of this machine's packages: 127.0.0.1 only, in memory only.</summary>
internal sealed class RedisServer : LocalServer
{
    private readonly string program;
    private readonly RedisOptions options;
    private readonly Account? account = Account.ForServer("redis");

    private RedisServer(string program, RedisOptions options) : base("redis")
    {
        this.program = program;
        this.options = options;
    }

    /// <summary>The address and password as StackExchange.Redis reads them.</summary>
    public string ConnectionString => FormattableString.Invariant($"127.0.0.1:{Port}") + (options.Password is { } word ? $",password={word}" : "");

    /// <inheritdoc />
    protected override ServerCommand Command => new(program, [ConfigurationFile], Folder, account);

    private string ConfigurationFile => Path.Combine(Folder, "redis.conf");

    /// <summary>Whether redis-server is installed; if not, <paramref name="reason"/> is a sentence for people.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = Programs.Find("redis-server") is null ? "redis-server is not installed: sudo apt-get install -y redis-server" : "";
        return reason.Length == 0;
    }

    /// <summary>Starts an empty Redis and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">Redis is not installed, or did not start.</exception>
    public static Task<RedisServer> StartAsync(RedisOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!IsAvailable(out var reason)) throw new InvalidOperationException(reason);
        var server = new RedisServer(Programs.Find("redis-server")!, options ?? new RedisOptions());
        return StartNewAsync(server, () => server.ConfigureAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Whether it answers a PING now, with the password given.</summary>
    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        var login = options.Password is { } word ? $"AUTH {word}\r\n" : "";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(login + "PING\r\n"), cancellationToken);
        var first = await answers.ReadLineAsync(cancellationToken);
        var last = options.Password is null ? first : await answers.ReadLineAsync(cancellationToken);
        return last == "+PONG";
    }

    /// <inheritdoc />
    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PingAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    // In a file, because what stands on the command line everyone on the machine can read.
    private async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>
        {
            "bind 127.0.0.1",
            FormattableString.Invariant($"port {Port}"),
            "daemonize no",
            "save \"\"",
            "appendonly no",
            "dir ./",
        };
        if (options.Password is { } word) lines.Add($"requirepass {word}");
        if (options.MaxMemoryBytes is { } bytes) lines.Add(FormattableString.Invariant($"maxmemory {bytes}"));
        await File.WriteAllLinesAsync(ConfigurationFile, lines, cancellationToken);
        await RunFolder.GiveAsync(Folder, account, cancellationToken);
    }
}

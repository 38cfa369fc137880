using System.Diagnostics;
using System.Text.Json;

namespace FestivalOps.FaultRun;

/// <summary>The bot's process in one run: killed and started again on the same store.</summary>
/// <param name="folder">Its own.</param>
/// <param name="order">What it is told.</param>
/// <param name="address">Where it listens.</param>
/// <param name="kind">Which child it is, see <c>Program</c>.</param>
/// <param name="before">A program and its words that are to become the bot in the end, such as one that shows it another /usr; empty: none.</param>
internal sealed class BotProcess(string folder, BotChild.Order order, Uri address, string kind = "bot", params IReadOnlyList<string> before) : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;
    private StreamWriter? _log;

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Speaks to its webhook.</summary>
    public HttpClient Http => _http;

    /// <summary>Starts it; does not wait until it is ready.</summary>
    public async Task StartAsync()
    {
        var file = Path.Combine(folder, "order.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(order));
        _log ??= new StreamWriter(Path.Combine(folder, "bot.log")) { AutoFlush = true };
        var self = Environment.ProcessPath!;
        IEnumerable<string> arguments = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(BotProcess).Assembly.Location, kind, file] : [kind, file];
        string[] words = [.. before, self, .. arguments];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends when it lives; starts it again when it ended by itself.</summary>
    /// <exception cref="InvalidOperationException">It does not come up.</exception>
    public async Task LivesAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < StartsWithin)
        {
            if (_process!.HasExited) await StartAsync();
            try
            {
                using var answer = await _http.GetAsync(new Uri("/up", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
            {
                Debug.WriteLine(notYet.Message);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
        throw new InvalidOperationException($"The bot does not come up; its log is {folder}/bot.log");
    }

    /// <summary>SIGKILL.</summary>
    /// <param name="withAll">True: to what it has started as well, as a service manager does; false: to it alone, as the kernel does that runs out of memory.</param>
    public async Task KillAsync(bool withAll = true)
    {
        Kills++;
        if (!_process!.HasExited) _process.Kill(entireProcessTree: withAll);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        _process?.Dispose();
        _http.Dispose();
        if (_log is not null)
        {
            lock (_log) _log.Dispose();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null || _log is not { BaseStream.CanWrite: true } log) return;
        lock (log)
        {
            if (log.BaseStream is { CanWrite: true }) log.WriteLine(line.Data);
        }
    }
}

using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Language;
using FestivalOps.Telemetry;

namespace FestivalOps.Blocking.Blocks.Enforcing;

/// <summary>
/// The way to one firewall: one change after the other, and what comes while one is under way goes together in the next. What it could not be told
/// is not kept here: the reconciler finds what is missing.
/// </summary>
internal sealed partial class FirewallLane(IFirewall firewall, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>After so long a firewall that does not answer counts as hung: 2 minutes. What it was asked is waited for all the same.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>What is refused and not blocked is looked up again after this: 2 seconds. Real time, as writing a row takes real time.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private List<FirewallChange> _waiting = [];
    private TaskCompletionSource<LocalizedText?>? _next;
    private bool _isRunning;
    private LocalizedText? _problem;

    /// <summary>The host's name in the settings.</summary>
    public string Host => firewall.Host;

    /// <summary>Names it among all: <c>web1:Nftables</c>.</summary>
    public string Name { get; } = $"{firewall.Host}:{firewall.Kind}";

    /// <summary>Which firewall it is.</summary>
    public FirewallKind Kind => firewall.Kind;

    /// <summary>Why it does not refuse what is blocked; null: it does, as far as we know.</summary>
    public LocalizedText? Problem => Volatile.Read(ref _problem);

    /// <summary>When it last agreed with the blocks, UTC; null: not since this process began.</summary>
    public DateTimeOffset? AgreedAt { get; set; }

    /// <summary>What somebody else had changed at the last look.</summary>
    public FirewallDifference? Drift { get; private set; }

    /// <summary>Tells it a change. The task ends with the problem, or null when it was made.</summary>
    public Task<LocalizedText?> TellAsync(FirewallChange change)
    {
        Task<LocalizedText?> answer;
        lock (_lock)
        {
            _waiting.Add(change);
            _next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            answer = _next.Task;
            if (_isRunning) return answer;
            _isRunning = true;
        }
        _ = RunAsync();
        return answer;
    }

    /// <summary>Looks at what it refuses and makes it agree with the blocks.</summary>
    /// <param name="blocks">Gives the blocks, and those that ended since a moment; asked after the firewall was, so that what another process does meanwhile is no drift.</param>
    /// <param name="ct">Gives up.</param>
    public async Task ReconcileAsync(Func<DateTimeOffset?, CancellationToken, Task<(IReadOnlyList<WantedBlock> Wanted, IReadOnlyList<EndedBlock> Ended)>> blocks, CancellationToken ct)
    {
        Drift = null;
        // It hangs, or works through a change: what it is told now is looked at the next time.
        if (!await _turn.WaitAsync(TimeSpan.Zero, ct)) return;
        var isHeld = true;
        try
        {
            var began = time.GetUtcNow();
            var (reading, isLate) = await InTimeAsync(token => firewall.ReadAsync(token), wrong => new FirewallReading(null, wrong), ct);
            isHeld = !isLate;
            if (reading.Entries is not { } entries)
            {
                Volatile.Write(ref _problem, reading.Problem ?? EnforcingTexts.NoAnswer);
                return;
            }
            var (wanted, ended) = await blocks(AgreedAt, ct);
            var difference = FirewallDifference.Of(entries, wanted, ended, AgreedAt, began);
            if (difference.Change.Unblock.Count > 0)
            {
                // A rule tells the firewall while it writes the row, maybe in another process.
                await Task.Delay(Settles, TimeProvider.System, ct);
                (wanted, ended) = await blocks(AgreedAt, ct);
                difference = FirewallDifference.Of(entries, wanted, ended, AgreedAt, began);
            }
            if (!difference.IsNone)
            {
                if (difference.IsDrift) Log.Drift(logger, Name, difference.Missing.Count, difference.Extra.Count);
                (var answer, isLate) = await InTimeAsync(token => firewall.ApplyAsync(difference.Change, token), wrong => new FirewallAnswer(wrong), ct);
                isHeld = !isLate;
                Volatile.Write(ref _problem, answer.Problem);
                Drift = difference.IsDrift ? difference : null;
                if (answer.Problem is not null) return;
            }
            Volatile.Write(ref _problem, null);
            AgreedAt = began;
        }
        finally
        {
            if (isHeld) _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task RunAsync()
    {
        while (true)
        {
            List<FirewallChange> changes;
            TaskCompletionSource<LocalizedText?> told;
            lock (_lock)
            {
                if (_next is null)
                {
                    _isRunning = false;
                    return;
                }
                (changes, told, _waiting, _next) = (_waiting, _next, [], null);
            }
            await _turn.WaitAsync();
            var (answer, isLate) = await InTimeAsync(token => firewall.ApplyAsync(Together(changes), token), wrong => new FirewallAnswer(wrong), CancellationToken.None);
            if (!isLate) _turn.Release();
            // Only a look can tell that all is well again.
            if (answer.Problem is { } problem)
            {
                Volatile.Write(ref _problem, problem);
                Log.NotTold(logger, Name, problem.En);
            }
            told.TrySetResult(answer.Problem);
        }
    }

    // Of one range the last word counts.
    private static FirewallChange Together(List<FirewallChange> changes)
    {
        if (changes.Count == 1) return changes[0];
        var last = new Dictionary<AddressRange, FirewallEntry?>();
        foreach (var change in changes)
        {
            foreach (var range in change.Unblock) last[range] = null;
            foreach (var entry in change.Block) last[entry.Range] = entry;
        }
        return new([.. last.Values.OfType<FirewallEntry>()], [.. last.Where(p => p.Value is null).Select(p => p.Key)]);
    }

    // Late: it still works on it, and gives the turn back when it ends.
    private async Task<(T Answer, bool IsLate)> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, Func<LocalizedText, T> wrong, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        Task<T>? asked = null;
        try
        {
            asked = ask(both.Token);
            return (await asked.WaitAsync(Limit + TimeSpan.FromSeconds(5), time, ct), false);
        }
        catch (TimeoutException)
        {
            _ = asked!.ContinueWith(_ => _turn.Release(), TaskScheduler.Default);
            return (wrong(EnforcingTexts.Hangs), true);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var id = ErrorId.New();
            Log.Broke(logger, failure, Name, id);
            return (wrong(EnforcingTexts.Broke(id)), false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Firewall} differed from our blocks: {Missing} were let in, {Extra} were refused that we do not block. It agrees again when nothing more is said")]
        public static partial void Drift(ILogger logger, string firewall, int missing, int extra);

        [LoggerMessage(LogLevel.Error, "{Firewall} could not be told what is blocked: {Problem} It is tried again every minute")]
        public static partial void NotTold(ILogger logger, string firewall, string problem);

        [LoggerMessage(LogLevel.Error, "{Firewall} broke. Error id {ErrorId}")]
        public static partial void Broke(ILogger logger, Exception failure, string firewall, string errorId);
    }
}

/// <summary>All firewalls, told together.</summary>
internal sealed class FirewallLanes(IFirewalls firewalls, TimeProvider time, ILogger<FirewallLane> logger) : IDisposable
{
    /// <summary>So long a person waits for firewalls that are slow: 10 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Each of them.</summary>
    public IReadOnlyList<FirewallLane> All { get; } = [.. firewalls.All.Select(f => new FirewallLane(f, time, logger))];

    /// <summary>Hosts whose firewall is known not to refuse what is blocked.</summary>
    public IReadOnlyList<string> Away => [.. All.Where(l => l.Problem is not null).Select(l => l.Host)];

    /// <summary>Tells all of them, and does not wait.</summary>
    public void Tell(FirewallChange change)
    {
        foreach (var lane in All) _ = lane.TellAsync(change);
    }

    /// <summary>Tells all of them and waits a while. What could not be told so far, by host; empty: all have it.</summary>
    public async Task<IReadOnlyList<(string Host, LocalizedText Why)>> TellAsync(FirewallChange change, CancellationToken ct)
    {
        var telling = All.Select(lane => (lane.Host, Told: lane.TellAsync(change))).ToList();
        try
        {
            await Task.WhenAll(telling.Select(t => t.Told)).WaitAsync(Patience, time, ct);
        }
        catch (TimeoutException)
        {
            // Those that answered are known.
        }
        var problems = new List<(string, LocalizedText)>();
        foreach (var (host, told) in telling)
        {
            if (!told.IsCompleted) problems.Add((host, EnforcingTexts.NoAnswer));
            else if (await told is { } why) problems.Add((host, why));
        }
        return problems;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in All) lane.Dispose();
    }
}

/// <summary>Why a firewall does not refuse what is blocked, and what is said of it.</summary>
internal static class EnforcingTexts
{
    public static readonly LocalizedText NoAnswer = new("まだ応答がありません。", "it has not answered yet.");
    public static readonly LocalizedText Hangs = new("応答しません。", "it hangs.");

    public static readonly LocalizedText NoFirewallTitle = new("ファイアウォールが設定されていません", "No firewall is set up");
    public static readonly LocalizedText NoFirewall = new(
        "Blocking:Mode は Block ですが、ファイアウォールが 1 つも設定されていないため、実際には何もブロックされていません。",
        "Blocking:Mode is Block, but no firewall is set up, so nothing is blocked in fact.");
    public static readonly LocalizedText SetUp = new("ファイアウォールが設定されています", "firewalls are set up");
    public static readonly LocalizedText Agrees = new("ブロック一覧と一致しています", "it agrees with the blocks");

    public static LocalizedText Broke(string errorId) => new($"エラーが起きました (エラーID: {errorId})。", $"something broke (error id: {errorId}).");

    public static LocalizedText AwayTitle(string host) => new($"{host} のファイアウォールにブロックを反映できません", $"The firewall of {host} can't be told what is blocked");

    public static LocalizedText Away(LocalizedText why) => new(
        $"{why.Ja} ブロック一覧とこのホストが一致していない可能性があります。1 分ごとに再試行し、復旧すると自動で反映します。",
        $"{why.En} What is blocked may not be blocked there. It is tried again every minute, and catches up by itself.");

    public static LocalizedText DriftTitle(string host) => new($"{host} のファイアウォールがブロック一覧と食い違っていました", $"The firewall of {host} differed from the blocks");

    public static LocalizedText Drift(FirewallDifference difference) => new(
        $"ボット以外による変更: 解除または期限を変更されていたもの {Some(difference.Missing, new("なし", "none")).Ja}、追加されていたもの {Some(difference.Extra, new("なし", "none")).Ja}。ブロック一覧に合わせて修正しました。",
        $"Changed by something else: let in or given another time {Some(difference.Missing, new("なし", "none")).En}; refused without a block {Some(difference.Extra, new("なし", "none")).En}. It was made to agree with the blocks.");

    private static LocalizedText Some(IReadOnlyList<AddressRange> ranges, LocalizedText none)
    {
        if (ranges.Count == 0) return none;
        var shown = string.Join(", ", ranges.Take(5));
        return ranges.Count <= 5 ? LocalizedText.Same(shown) : new($"{shown} ほか {ranges.Count - 5} 件", $"{shown} and {ranges.Count - 5} more");
    }
}

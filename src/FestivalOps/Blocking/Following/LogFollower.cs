using FestivalOps.Blocking.Reading;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Following;

/// <summary>
/// Follows one log through rotation by renaming and by copying and emptying, on this machine or over SFTP. Each line is read once: only whole lines
/// are taken, and a file is known by how it begins. A file that was rotated is read to its end, wherever it is now, since who writes it may not
/// know yet that it was.
/// </summary>
internal sealed partial class LogFollower(string name, WatchedLog log, IHost host, LineFeed feed, AttackWatch watch, TimeProvider time, ILogger logger)
{
    /// <summary>So long after its rotation a file is still looked at: 1 minute; nginx opens its new log within seconds.</summary>
    public static readonly TimeSpan Lingers = TimeSpan.FromMinutes(1);

    // The line's limit: what is longer and has no end is passed over.
    private const int Piece = LogReader.LongestLine;
    private const int MostPieces = 64;
    private const long MostReplayed = 64L * 1024 * 1024;

    private readonly List<TailedFile> _older = [];
    private TailedFile? _current;
    private DateTimeOffset _lookedForAt;

    /// <summary>Why the log can't be read now, also when it is not there; null: it can.</summary>
    public LocalizedText? Problem { get; private set; }

    /// <summary>True when the log is not there, or not yet.</summary>
    public bool IsAbsent { get; private set; }

    /// <summary>True when something was read since <see cref="ToKeep"/> was last asked.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>The log's name in the settings.</summary>
    public string Name => name;

    /// <summary>The log's path.</summary>
    public string Path => log.Path;

    /// <summary>What is read.</summary>
    public LineFeed Feed => feed;

    /// <summary>How far everything was read, the oldest file first.</summary>
    public IReadOnlyList<ReadFile> ToKeep()
    {
        HasMoved = false;
        return [.. _older.TakeLast(8).Select(f => f.ToKeep()), .. _current is null ? (IEnumerable<ReadFile>)[] : [_current.ToKeep()]];
    }

    /// <summary>Begins where an earlier process stopped; a log that was never read, at its end.</summary>
    public async Task BeginAsync((IReadOnlyList<ReadFile> Files, DateTimeOffset SavedAt)? kept, CancellationToken ct)
    {
        if (kept is not { } known)
        {
            await BeginAtEndAsync(ct);
            return;
        }
        var (there, modified) = await FilesAsync(ct);
        foreach (var file in known.Files.Select(f => new TailedFile(f)))
        {
            file.Path = (file.IsKnown ? there.Find(f => file.Is(f.Part)) : there.Find(f => f.Path == log.Path)).Path;
            if (file.Path is null && !file.IsKnown) continue;
            file.RotatedAt = time.GetUtcNow();
            // What is here now, under whatever name, is read again as far as windows reach back; what it leads to was told before.
            if (file.Path is not null) await ReplayAsync(file, ct);
            if (file.Path == log.Path) (_current, file.RotatedAt) = (file, null);
            else _older.Add(file);
        }
        // What was rotated while nobody looked, more than once.
        foreach (var (path, part) in there.Where(f => f.Path != log.Path && modified[f.Path] > known.SavedAt && !_older.Exists(o => o.Path == f.Path)).OrderBy(f => modified[f.Path]))
        {
            if (IsPacked(path)) Log.Packed(logger, name, path);
            else _older.Add(new(path) { RotatedAt = time.GetUtcNow() });
        }
    }

    /// <summary>Reads what is new. True when there may be more at once.</summary>
    public async Task<bool> LookAsync(CancellationToken ct)
    {
        feed.Latest = LogTime.Latest(time.GetUtcNow());
        var answer = await AskAsync(_current?.Offset ?? 0, ct);
        if (_current is not null && (answer.Value is { } other ? !_current.Is(other) : IsGone(answer)))
        {
            Log.Rotated(logger, name, _current.Offset);
            (_current.RotatedAt, _current.Path) = (time.GetUtcNow(), null);
            if (_current.IsKnown) _older.Add(_current);
            _current = null;
            answer = await AskAsync(0, ct);
        }
        var more = await DrainAsync(ct);
        if (answer.Value is not { } part) return more;
        if (_current is null)
        {
            // It could not be read for a while, and is the same.
            _current = _older.Find(f => f.Path is null && f.Is(part)) ?? new(log.Path);
            _older.Remove(_current);
            (_current.Path, _current.RotatedAt) = (log.Path, null);
            if (_current.Offset > 0) return true;
        }
        return await TakeAsync(_current, part, ct) || more;
    }

    private async Task BeginAtEndAsync(CancellationToken ct)
    {
        var answer = await AskAsync(0, ct);
        if (answer.Value is not { } part) return;
        _current = new(log.Path);
        _current.Learn(part.Head.Span);
        _current.BeginAt(part.Length);
        HasMoved = true;
        if (part.Length == 0) return;
        // In the middle of a line that is being written: its rest is no line.
        var last = await host.Files.PartAsync(log.Path, part.Length - 1, 1, TailedFile.HeadBytes, ct);
        if (last.Value is { } byteOfIt && byteOfIt.Bytes.Span is not [(byte)'\n']) feed.SkipLine();
    }

    private async Task ReplayAsync(TailedFile file, CancellationToken ct)
    {
        var until = file.Offset;
        if (until - file.ReplayFrom > MostReplayed) return;
        file.BeginReplay();
        while (file.Offset < until)
        {
            var answer = await host.Files.PartAsync(file.Path!, file.Offset, (int)Math.Min(Piece, until - file.Offset), TailedFile.HeadBytes, ct);
            if (answer.Value is not { } part || part.Bytes.Length == 0) break;
            var taken = watch.Replay(feed, part.Bytes.Span);
            if (taken == 0) taken = part.Bytes.Length;
            file.ReadTo(file.Offset + taken, feed.Newest, watch.Horizon);
        }
        file.ReadTo(until, feed.Newest, watch.Horizon);
    }

    // Takes a part and what follows it, at most 4 MiB. True when there may be more.
    private async Task<bool> TakeAsync(TailedFile file, HostPart part, CancellationToken ct)
    {
        file.Learn(part.Head.Span);
        for (var pieces = 0; pieces < MostPieces; pieces++)
        {
            var taken = await watch.TakeAsync(name, feed, part.Bytes, ct);
            // A line without an end that is as long as a line may be.
            if (taken == 0 && part.Bytes.Length == Piece)
            {
                feed.SkipLine();
                taken = Piece;
            }
            if (taken > 0)
            {
                file.ReadTo(file.Offset + taken, feed.Newest, watch.Horizon);
                HasMoved = true;
            }
            if (part.Bytes.Length < Piece) return false;
            var answer = await host.Files.PartAsync(file.Path!, file.Offset, Piece, TailedFile.HeadBytes, ct);
            if (answer.Value is not { } next || !file.Is(next)) return true;
            part = next;
        }
        return true;
    }

    // Reads rotated files to their ends.
    private async Task<bool> DrainAsync(CancellationToken ct)
    {
        if (_older.Count == 0) return false;
        var now = time.GetUtcNow();
        var more = false;
        if (_older.Exists(f => f is { Path: null, IsDone: false }) && now - _lookedForAt >= TimeSpan.FromSeconds(1))
        {
            _lookedForAt = now;
            var (there, _) = await FilesAsync(ct);
            foreach (var file in _older.Where(f => f is { Path: null, IsDone: false })) file.Path = there.Find(f => f.Path != log.Path && file.Is(f.Part)).Path;
        }
        foreach (var file in _older.Where(f => !f.IsDone))
        {
            var isLate = now - file.RotatedAt > Lingers;
            if (file.Path is null)
            {
                if (isLate) Log.Lost(logger, name, file.Offset);
                file.IsDone = isLate;
                continue;
            }
            var answer = await host.Files.PartAsync(file.Path, file.Offset, Piece, TailedFile.HeadBytes, ct);
            if (answer.Value is { } part && file.Is(part)) more |= await TakeAsync(file, part, ct);
            else if (answer.Value is not null || answer.Outcome == HostOutcome.NotAvailable) file.Path = null;
            file.IsDone = isLate && !more && file.Path is not null;
        }
        // Done ones stay for a process that begins, as long as windows reach back.
        _older.RemoveAll(f => f.IsDone && now - f.RotatedAt > TimeSpan.FromMicroseconds(watch.Horizon) + Lingers);
        return more;
    }

    private async Task<HostAnswer<HostPart>> AskAsync(long offset, CancellationToken ct)
    {
        var answer = await host.Files.PartAsync(log.Path, offset, Piece, TailedFile.HeadBytes, ct);
        Problem = answer.Value is null ? answer.Sentence : null;
        IsAbsent = IsGone(answer);
        return answer;
    }

    // The log and what lies beside it under its name with something behind, each with its beginning.
    private async Task<(List<(string Path, HostPart Part)> There, Dictionary<string, DateTimeOffset> Modified)> FilesAsync(CancellationToken ct)
    {
        var there = new List<(string, HostPart)>();
        var modified = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var folder = System.IO.Path.GetDirectoryName(log.Path)!;
        var listing = await host.Files.ListAsync(folder, ct);
        foreach (var entry in listing.Value?.Entries ?? [])
        {
            if (entry.Kind != HostEntryKind.File || !entry.Path.StartsWith(log.Path, StringComparison.Ordinal)) continue;
            var answer = await host.Files.PartAsync(entry.Path, 0, 1, TailedFile.HeadBytes, ct);
            if (answer.Value is not { } part) continue;
            there.Add((entry.Path, part));
            modified[entry.Path] = entry.Modified;
        }
        return (there, modified);
    }

    // Not there, which is another thing than not allowed.
    private bool IsGone(HostAnswer<HostPart> answer) => answer.Outcome == HostOutcome.NotAvailable && answer.Sentence != HostTexts.NotAllowed(host.Name, log.Path);

    private static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.Ordinal) || path.EndsWith(".xz", StringComparison.Ordinal) || path.EndsWith(".bz2", StringComparison.Ordinal) || path.EndsWith(".zst", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The log {Log} was rotated after {Offset} bytes")]
        public static partial void Rotated(ILogger logger, string log, long offset);

        [LoggerMessage(LogLevel.Warning, "A rotated file of the log {Log} is not found any more; what was written to it after {Offset} bytes is not read")]
        public static partial void Lost(ILogger logger, string log, long offset);

        [LoggerMessage(LogLevel.Warning, "{File} of the log {Log} was packed while nobody looked, and is not read: FestivalOps scan reads it")]
        public static partial void Packed(ILogger logger, string log, string file);
    }
}

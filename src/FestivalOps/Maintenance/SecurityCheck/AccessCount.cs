using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.SecurityCheck;

/// <summary>不正アクセス検知: counts the requests that were answered 403, 404 and 429, by the field of the log that is the status.</summary>
internal sealed class AccessCount(HostBook hosts, IOptions<SecurityCheckOptions> options, TimeProvider time)
{
    /// <summary>The statuses that the guideline looks for.</summary>
    public static readonly IReadOnlyList<int> Statuses = [403, 404, 429];

    // An attacker chooses addresses and paths: of more than so many different ones the rest is counted together.
    private const int MostNames = 50_000;
    private const int Named = 5;

    /// <summary>Reads the log and the rotated one beside it, and counts.</summary>
    public async Task<TaskPart> LookAsync(CancellationToken ct)
    {
        var (log, bytes) = (options.Value.AccessLog, options.Value.ReadMegabytes * 1024 * 1024);
        var (newest, older) = await hosts.Platform.Files.TailLogAsync(log, bytes, ct);
        if (newest.Value is null) return newest.Outcome == HostOutcome.NotAvailable ? TaskPart.NotAvailable(AccessTexts.NoLog(newest.Sentence!)) : TaskPart.Failed(AccessTexts.NoLog(newest.Sentence!));
        var count = new Tally(time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days));
        if (older is not null) count.Add(older);
        count.Add(newest.Value);
        return count.Result(isCut: newest.Value.IsCut || older is { IsCut: true });
    }

    private sealed class Tally(DateTimeOffset since)
    {
        private readonly Dictionary<int, int> _byStatus = Statuses.ToDictionary(s => s, _ => 0);
        private readonly Dictionary<string, int> _byClient = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);
        private DateTimeOffset? _first;
        private int _all;
        private int _notRead;

        public void Add(HostFile file)
        {
            foreach (var line in file.LastLines(int.MaxValue))
            {
                if (line.Length == 0) continue;
                if (AccessLine.Read(line) is not { } request) _notRead++;
                else if (request.At >= since) Add(request);
            }
        }

        public TaskPart Result(bool isCut)
        {
            if (_all == 0 && _notRead > 0) return TaskPart.Failed(AccessTexts.NotUnderstood(_notRead));
            (string, double)[] figures = [.. _byStatus.Select(s => (FigureNames.Answers(s.Key), (double)s.Value))];
            if (_all == 0) return TaskPart.Ok(AccessTexts.NoRequests) with { Figures = figures };
            List<LocalizedText> under = [];
            if (_byClient.Count > 0) under.Add(AccessTexts.Clients(Top(_byClient)));
            if (_byPath.Count > 0) under.Add(AccessTexts.Paths(Top(_byPath)));
            if (_notRead > 0) under.Add(AccessTexts.SomeNotUnderstood(_notRead));
            return TaskPart.Ok(AccessTexts.Counted(_byStatus, _all, _first!.Value, isCut), under) with { Figures = figures };
        }

        private void Add(AccessLine request)
        {
            _all++;
            if (_first is null || request.At < _first) _first = request.At;
            if (!_byStatus.TryGetValue(request.Status, out var count)) return;
            _byStatus[request.Status] = count + 1;
            AddTo(_byClient, ForeignText.OneLine(request.Client, 50));
            AddTo(_byPath, ForeignText.OneLine(request.Path, 80));
        }

        private static void AddTo(Dictionary<string, int> counts, string name)
        {
            if (name.Length == 0) name = "-";
            if (!counts.ContainsKey(name) && counts.Count >= MostNames) name = "…";
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        private static IEnumerable<(string Name, int Count)> Top(Dictionary<string, int> counts) =>
            counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(Named).Select(c => (c.Key, c.Value));
    }
}

/// <summary>What is said of the access log.</summary>
internal static class AccessTexts
{
    public static readonly LocalizedText NoRequests = new("アクセスログ: 期間内のリクエストはありません", "access log: no requests in that time");

    public static LocalizedText NoLog(LocalizedText why) => new($"アクセスログ: {why.Ja}", $"access log: {why.En}");

    public static LocalizedText NotUnderstood(int lines) => new(
        $"アクセスログ: {lines} 行のどれも解釈できません(log_format は combined か main が必要です)", $"access log: none of {lines} lines can be read (log_format must be combined or main)");

    public static LocalizedText SomeNotUnderstood(int lines) => new($"解釈できない行: {lines}", $"lines that can't be read: {lines}");

    public static LocalizedText Counted(IReadOnlyDictionary<int, int> counts, int all, DateTimeOffset first, bool isCut)
    {
        var statuses = AccessCount.Statuses.Select(s => FormattableString.Invariant($"{s}: {counts[s]}"));
        var since = FormattableString.Invariant($"{first.UtcDateTime:yyyy-MM-dd HH:mm}");
        return new(
            $"アクセスログ: {string.Join("、", statuses)}(全 {all} リクエスト、{since} UTC 以降{(isCut ? "、ログが大きいため一部" : "")})",
            $"access log: {string.Join(", ", statuses)} (of {all} requests since {since} UTC{(isCut ? "; the log is too large to be read whole" : "")})");
    }

    public static LocalizedText Clients(IEnumerable<(string Name, int Count)> top)
    {
        var list = string.Join(", ", top.Select(t => $"{t.Name} {t.Count}"));
        return new($"多い接続元: {list}", $"most from: {list}");
    }

    public static LocalizedText Paths(IEnumerable<(string Name, int Count)> top)
    {
        var list = string.Join(", ", top.Select(t => $"{t.Name} {t.Count}"));
        return new($"多いパス: {list}", $"most for: {list}");
    }
}

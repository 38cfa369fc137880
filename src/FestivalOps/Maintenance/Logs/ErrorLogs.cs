using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Logs;

/// <summary>エラーログ確認: errors of the application's log, nginx' error log and the journal of the application's unit, counted and grouped, the most frequent first.</summary>
internal sealed class ErrorLogs(HostBook hosts, IOptions<LogsOptions> options, IOptions<ApplicationOptions> application, IOptions<LanguageOptions> languages, TimeProvider time)
{
    private const int Named = 3;

    private readonly LogsOptions _options = options.Value;

    /// <summary>Looks at all of them.</summary>
    public async Task<IReadOnlyList<TaskPart>> LookAsync(CancellationToken ct)
    {
        var zone = languages.Value.GetZone();
        List<TaskPart> parts = [];
        if (_options.Application.Length > 0) parts.Add(await FileAsync(LogTexts.Application, _options.Application, LogReading.Application, ct));
        if (_options.Nginx.Length > 0) parts.Add(await FileAsync(LogTexts.Nginx, _options.Nginx, line => LogReading.Nginx(line, zone), ct));
        parts.Add(await JournalAsync(application.Value.Unit, ct));
        return parts;
    }

    private async Task<TaskPart> FileAsync(LocalizedText log, string path, Func<string, LogLine> read, CancellationToken ct)
    {
        var tail = await hosts.Platform.Files.TailAsync(path, _options.ReadKilobytes * 1024, ct);
        if (tail.Value is null) return Missing(log, tail.Outcome, tail.Sentence!);
        return Judge(log, tail.Value.LastLines(int.MaxValue).Select(l => (LogLine?)read(l)), tail.Value.IsCut);
    }

    private async Task<TaskPart> JournalAsync(string unit, CancellationToken ct)
    {
        var log = LogTexts.Journal(unit);
        var result = await hosts.Platform.RunAsync(HostCommands.Journal(unit, _options.JournalLines), null, ct);
        if (!result.Succeeded) return result.Part(log, ct) is { End: TaskEnd.NotAvailable } missing ? missing : TaskPart.Warning(LogTexts.NotRead(log, result.Why()));
        var lines = result.Output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Judge(log, lines.Select(LogReading.Journal), result.Output.IsCut || lines.Length >= _options.JournalLines);
    }

    private TaskPart Judge(LocalizedText log, IEnumerable<LogLine?> lines, bool isCut)
    {
        var since = time.GetUtcNow() - TimeSpan.FromHours(_options.Hours);
        var groups = new ErrorGroups();
        DateTimeOffset? first = null;
        foreach (var line in lines.OfType<LogLine>())
        {
            first ??= line.At;
            // What does not say when is counted: rather an old error than none.
            if (line.IsError && (line.At is not { } at || at >= since)) groups.Add(line.Message);
        }
        // A log that was not read back to the beginning of the time says how far.
        var from = isCut && first > since ? first : null;
        if (groups.Count == 0) return TaskPart.Ok(LogTexts.None(log, _options.Hours, from, languages.Value.GetZone()));
        return TaskPart.Warning(LogTexts.Count(log, groups, _options.Hours, from, languages.Value.GetZone()), [.. groups.Top(Named).Select(g => LogTexts.Group(g.Message, g.Count))]);
    }

    private static TaskPart Missing(LocalizedText log, HostOutcome outcome, LocalizedText why) =>
        outcome == HostOutcome.NotAvailable ? TaskPart.NotAvailable(LogTexts.NotRead(log, why)) : TaskPart.Warning(LogTexts.NotRead(log, why));
}

/// <summary>What is said of errors in logs.</summary>
internal static class LogTexts
{
    public static readonly LocalizedText Looking = new("エラーログを確認しています", "Looking for errors in the logs");

    public static readonly LocalizedText Application = new("アプリケーションログ", "application log");

    public static readonly LocalizedText Nginx = new("nginx エラーログ", "nginx error log");

    public static LocalizedText Journal(string unit) => new($"{unit} のジャーナル", $"journal of {unit}");

    public static LocalizedText NotRead(LocalizedText log, LocalizedText why) => new($"{log.Ja}: {why.Ja}", $"{log.En}: {why.En}");

    public static LocalizedText None(LocalizedText log, int hours, DateTimeOffset? from, TimeZoneInfo zone)
    {
        var span = Span(hours, from, zone);
        return new($"{log.Ja}: エラーなし({span.Ja})", $"{log.En}: no errors ({span.En})");
    }

    public static LocalizedText Count(LocalizedText log, ErrorGroups groups, int hours, DateTimeOffset? from, TimeZoneInfo zone)
    {
        var span = Span(hours, from, zone);
        return new($"{log.Ja}: エラー {groups.Count} 件、{groups.Different} 種類({span.Ja})", $"{log.En}: {groups.Count} error(s) of {groups.Different} kind(s) ({span.En})");
    }

    public static LocalizedText Group(string message, int count) => LocalizedText.Same($"{count} × {message}");

    private static LocalizedText Span(int hours, DateTimeOffset? from, TimeZoneInfo zone) => from is { } at
        ? new($"ログが大きいため {SpokenTime.Stamp(at, zone)} 以降", $"the log is large: since {SpokenTime.Stamp(at, zone)}")
        : new($"直近 {hours} 時間", $"last {hours} h");
}

using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using FestivalOps.Telemetry;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>
/// Makes an incident of a task that failed, was missed, or stands still although it is due; it ends when the task next succeeds. It reads
/// what the runs have left in the store, so that no failure is lost between two moments.
/// </summary>
internal sealed partial class TaskTrouble(
    TaskBook book, RunHistory history, IServiceProvider services, StoreState store, TimeProvider time, ILogger<TaskTrouble> logger) : BackgroundService
{
    /// <summary>Pause between two looks: 30 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>A due moment that nothing was done about for so long is trouble: 15 minutes.</summary>
    public static readonly TimeSpan StandsStill = TimeSpan.FromMinutes(15);

    // The run that was told last, by task; a new process tells once more, which changes nothing.
    private readonly Dictionary<string, (string Run, bool IsTrouble)> _told = new(StringComparer.Ordinal);

    /// <summary>Looks once at every task.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        if (book.Tasks.Count == 0) return;
        var (clocks, running) = (await history.ClocksAsync(ct), await history.RunningAsync(ct));
        foreach (var task in book.Tasks)
        {
            var clock = clocks.GetValueOrDefault(task.Name);
            var stuck = clock is { NextDue: { } due, PausedBy: null } && time.GetUtcNow() - due > StandsStill && !running.Exists(r => r.Task == task.Name);
            if (stuck) await TellAsync(task, $"due {clock!.NextDue:O}", true, clock.NextDue!.Value, TaskTroubleTexts.Stuck, ct);
            else if (await history.VerdictAsync(task.Name, ct) is { } run)
                await TellAsync(task, run.Id, run.State is RunState.Failed or RunState.Missed, run.StartedAt, Says(run), ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotLooked(logger, failure, ErrorId.New());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(PlannedTask task, string run, bool isTrouble, DateTimeOffset since, LocalizedText says, CancellationToken ct)
    {
        if (_told.TryGetValue(task.Name, out var told) && (told == (run, isTrouble) || (!told.IsTrouble && !isTrouble))) return;
        var title = TaskTroubleTexts.Title(task.Name);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "TaskFailed", ["severity"] = "warning", ["task"] = task.Name };
        var alert = new IncomingAlert(
            AlertSource.Bot, Fingerprint.Of(AlertSource.Bot, labels), $"task:{task.Name}", isTrouble, Severity.Warning, Level: 1, title.Ja, title.En, since, labels,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["description"] = says.Ja, ["description_en"] = says.En });
        await services.GetRequiredService<IIncidentIntake>().RaiseAsync([alert], ct);
        _told[task.Name] = (run, isTrouble);
    }

    // The worst of its lines, too, where it has some: the sentence alone often says only that something is wrong.
    private static LocalizedText Says(TaskRunRecord run)
    {
        var worst = RunDesk.Details(run).FirstOrDefault(d => d.Ja.StartsWith('×'));
        var history = TaskTroubleTexts.History(run.Task);
        var (ja, en) = worst is null ? ("", "") : ($" {worst.Ja}", $" {worst.En}");
        return new($"{Said(run.SentenceJa)}{ja} — {history.Ja}", $"{Said(run.SentenceEn)}{en} — {history.En}");
    }

    private static string Said(string sentence) => sentence.Length > 0 ? sentence : "-";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Whether the scheduled tasks work could not be looked at or told; the next look is in 30 seconds. Error id {ErrorId}")]
        public static partial void NotLooked(ILogger logger, Exception failure, string errorId);
    }
}

/// <summary>What is said of a task in trouble.</summary>
internal static class TaskTroubleTexts
{
    public static readonly LocalizedText Stuck = new(
        "予定時刻を 15 分過ぎても実行されていません。ボットのログを確認してください", "It was due more than 15 minutes ago and has not run. Look into the bot's log");

    public static LocalizedText History(string task) => new($"詳細: /fops schedule history {task}", $"more: /fops schedule history {task}");

    public static LocalizedText Title(string task) => new($"定期タスク {task} が失敗しました", $"The scheduled task {task} failed");
}

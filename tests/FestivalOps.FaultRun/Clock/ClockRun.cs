using System.Globalization;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.FaultRun.Tasks;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.SlackEmulator;
using FestivalOps.SlackEmulator.Team;
using FestivalOps.Storage;
using FestivalOps.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.FaultRun.Clock;

/// <summary>
/// The clock of the tasks under SIGKILL: a task is due every three minutes, the bot is killed at random moments, every second time within a run or
/// at its end. Afterwards each due moment must have one row, nothing may be under way for ever, and what was cut off must be said.
/// </summary>
internal static class ClockRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Plays it; the number of things that were wrong.</summary>
    public static async Task<int> PlayAsync(int kills, int seed, int speed)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clock: seed={seed} kills={kills} speed={speed}"));
        var folder = Directory.CreateTempSubdirectory("fops-clock-kill-").FullName;
        var beginning = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var clock = new FastClock(beginning, speed);
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        await using var slack = EmulatorApp.Create(new EmulatorOptions { DeliveryMode = DeliveryMode.Http, RequestUrl = $"{address}slack/events", Events = [] }, clock);
        await slack.StartAsync();
        var wrong = new List<string>();
        await using (var bot = new BotProcess(folder, new(beginning, speed, OnlyStandIns(Settings(folder, slack.Urls.First(), address))), address, "bot-with-stand-ins"))
        {
            await bot.StartAsync();
            await bot.LivesAsync();
            var dice = new Random(seed);
            for (var kill = 0; kill < kills; kill++)
            {
                if (kill % 2 == 0) await BeginsAsync(folder, Lines(folder).Count);
                await WaitAsync(TimeSpan.FromMilliseconds(dice.Next(kill % 2 == 0 ? 600 : 3_000)));
                await bot.KillAsync();
                await bot.StartAsync();
                await bot.LivesAsync();
            }
            await BeginsAsync(folder, Lines(folder).Count);
            await SettledAsync(folder, wrong);
        }
        var (moments, cutOff) = await JudgeAsync(folder, wrong);
        foreach (var line in wrong.Take(30)) Console.WriteLine("   " + line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clock: seed={seed} kills={kills} due={moments} cut_off={cutOff} wrong={wrong.Count}{(wrong.Count > 0 ? $" (kept: {folder})" : "")}"));
        if (wrong.Count == 0) Directory.Delete(folder, recursive: true);
        return wrong.Count;
    }

    // Nothing is under way and every post shows the newest state of its run. There is always a next run, so a quiet moment is waited for.
    private static async Task SettledAsync(string folder, List<string> wrong)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        List<string> open = [];
        while (TimeProvider.System.GetUtcNow() < end)
        {
            await using var db = Store(folder);
            open = await db.Set<TaskRunRecord>().AsNoTracking().Where(r => r.PostChannel != "" && (r.State == RunState.Running || r.PostTs == null || r.ShownVersion < r.Version) && r.StartedBy == "" && r.InstanceId != "")
                .Select(r => r.Task + " " + r.Id + " " + r.SentenceEn).ToListAsync();
            if (open.Count == 0) return;
            await WaitAsync(TimeSpan.FromMilliseconds(25));
        }
        wrong.AddRange(open.Select(o => "not ended or not shown: " + o));
    }

    private static async Task<(int Moments, int CutOff)> JudgeAsync(string folder, List<string> wrong)
    {
        await using var db = Store(folder);
        var rows = await db.Set<TaskRunRecord>().AsNoTracking().ToListAsync();
        var clocks = await db.Set<TaskClockRecord>().AsNoTracking().ToDictionaryAsync(c => c.Task, StringComparer.Ordinal);
        // A run that began after the quiet moment was killed with the bot; nobody was there to end it.
        var last = rows.Where(r => r.State == RunState.Running).ToList();
        if (last.Count > 2) wrong.Add($"{last.Count} runs are under way");
        var moments = 0;
        for (var number = 0; number < StandInTask.Count; number++)
        {
            var name = StandInTask.NameOf(number);
            var dues = rows.Where(r => r.Task == name).Select(r => r.Due).Order().ToList();
            // Killed again and again before it came to this one's turn: nothing of it was due yet.
            if (clocks.GetValueOrDefault(name)?.NextDue is not { } next)
            {
                if (dues.Count > 0) wrong.Add($"{name}: rows, but no clock");
                continue;
            }
            // Daily: without a gap from the first to the one that is to come.
            for (var due = dues.Count > 0 ? dues[0] : next; due < next; due = due.AddDays(1))
            {
                moments++;
                var count = dues.Count(d => d == due);
                if (count != 1) wrong.Add($"{name} {due:O}: {count} rows");
            }
            if (dues.Exists(d => d >= next)) wrong.Add($"{name}: a row for a moment that is still to come");
        }
        var journal = Lines(folder).Select(l => l.Split(' ')).ToList();
        foreach (var begun in journal.Where(l => l[0] != "end").GroupBy(l => l[1], StringComparer.Ordinal).Where(g => g.Count() > 1)) wrong.Add($"{begun.Key} was begun {begun.Count()} times");
        var ended = journal.Where(l => l[0] == "end").Select(l => l[1]).ToHashSet(StringComparer.Ordinal);
        foreach (var run in rows.Where(r => r.State == RunState.Ok && !ended.Contains(r.Id))) wrong.Add($"{run.Task} {run.Id} is done, but did not get to its end");
        var cutOff = rows.Where(r => r.InstanceId.Length > 0 && r.State == RunState.Failed).ToList();
        foreach (var run in cutOff.Where(r => r.SentenceJa != RunTexts.Interrupted.Ja)) wrong.Add($"{run.Task} {run.Id} failed: {run.SentenceEn}");
        var begunIds = journal.Where(l => l[0] != "end").Select(l => l[1]).ToHashSet(StringComparer.Ordinal);
        foreach (var id in begunIds.Where(id => rows.TrueForAll(r => r.Id != id))) wrong.Add($"{id} ran without a row");
        return (moments, cutOff.Count);
    }

    private static async Task BeginsAsync(string folder, int after)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (Lines(folder).Count <= after && TimeProvider.System.GetUtcNow() < end) await WaitAsync(TimeSpan.FromMilliseconds(10));
    }

    private static List<string> Lines(string folder)
    {
        var file = Path.Combine(folder, "journal");
        return File.Exists(file) ? [.. File.ReadAllLines(file).Where(l => l.Split(' ').Length == 4)] : [];
    }

    private static SqliteOpsDbContext Store(string folder)
    {
        var builder = new DbContextOptionsBuilder<SqliteOpsDbContext>();
        OpsStore.UseSqlite(builder, new StorageOptions { SqliteFile = Path.Combine(folder, "festivalops.db") });
        return new(builder.Options);
    }

    private static Task WaitAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, CancellationToken.None);

    // The bot's own tasks have times of their own, and on so fast a clock no chance to end in them.
    private static Dictionary<string, string?> OnlyStandIns(Dictionary<string, string?> settings)
    {
        foreach (var name in KilledBot.Names(settings)) settings[$"{SchedulingSetup.Section(name)}:Enabled"] = "false";
        return settings;
    }

    private static Dictionary<string, string?> Settings(string folder, string slack, Uri address) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Slack:Transport"] = "Http",
        ["Slack:BotToken"] = new EmulatorOptions().BotToken,
        ["Slack:SigningSecret"] = new EmulatorOptions().SigningSecret,
        ["Slack:ApiBaseUrl"] = slack + "/api/",
        ["Slack:AllowInsecureLoopback"] = "true",
        ["Http:Address"] = address.ToString(),
        ["Storage:SqliteFile"] = Path.Combine(folder, "festivalops.db"),
        ["Channels:Alerts"] = Seed.Alerts,
        ["Channels:Reports"] = Seed.Reports,
        ["Checks:Run:EverySeconds"] = "0",
        ["Log:Plain"] = "true",
    };
}

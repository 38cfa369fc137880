using System.Globalization;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Runs;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.FaultRun.Tasks;

/// <summary>
/// The bot is killed at random moments within each of its tasks, one after the other, and started again. What was cut off must be said, nothing may be
/// begun again by itself, and after the task's next run nothing half may be left.
/// </summary>
internal sealed class TaskKillRun(KilledPlatform platform, KilledBot bot, Random dice)
{
    private const string Approved = "system-updates";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> _left = [];
    private readonly List<string> _twice = [];
    private readonly List<string> _silent = [];
    private readonly Dictionary<string, (TimeSpan Took, RunState State)> _well = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>Plays it; the number of things that were wrong.</summary>
    public static async Task<int> PlayAsync(int kills, int seed)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tasks: seed={seed} kills={kills}"));
        var folder = Directory.CreateTempSubdirectory("fops-task-kill-").FullName;
        await using var platform = await KilledPlatform.StartAsync(folder);
        int wrong;
        await using (var bot = await KilledBot.StartAsync(folder, platform))
        {
            var run = new TaskKillRun(platform, bot, new(seed));
            wrong = await run.PlayAsync(kills);
        }
        if (wrong == 0) Directory.Delete(folder, recursive: true);
        else Console.WriteLine($"   kept: {folder}");
        return wrong;
    }

    private async Task<int> PlayAsync(int kills)
    {
        // These act on the machine: where it can't be hidden from them they are left out, and that is said.
        var tasks = bot.Tasks.Where(t => KilledPlatform.HasMachine || t is not (Approved or "system-optimisation")).ToList();
        foreach (var task in bot.Tasks.Except(tasks)) Console.WriteLine($"   {task} is left out: only root can hide this machine's programs from it");
        foreach (var task in tasks) await LearnAsync(task);
        // Each task once in each round, in an order of its own.
        var order = new List<string>();
        while (order.Count < kills) order.AddRange(tasks.OrderBy(_ => dice.Next()));
        for (var kill = 0; kill < kills; kill++) await KillInAsync(order[kill]);
        foreach (var (what, lines) in new[] { ("left behind", _left), ("ran twice", _twice), ("not reported", _silent) })
        {
            foreach (var line in lines.Take(20)) Console.WriteLine($"   {what}: {line}");
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"tasks={order.Take(kills).Distinct(StringComparer.Ordinal).Count()} kills={kills} left_behind={_left.Count} ran_twice={_twice.Count} not_reported={_silent.Count}"));
        return _left.Count + _twice.Count + _silent.Count;
    }

    // A run that nobody disturbs: how long it takes and how it ends.
    private async Task LearnAsync(string task)
    {
        await platform.PrepareAsync();
        var begin = TimeProvider.System.GetTimestamp();
        var end = await RunAsync(task);
        _well[task] = (TimeProvider.System.GetElapsedTime(begin), end?.State ?? RunState.Failed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task}: undisturbed {_well[task].State} in {_well[task].Took.TotalSeconds:0.00} s{(end?.State == RunState.Failed ? $": {end.SentenceEn} {end.Details}" : "")}"));
        foreach (var left in await platform.LeftAsync(task)) _left.Add($"{task}, not even killed: {left}");
    }

    private async Task KillInAsync(string task)
    {
        await platform.PrepareAsync();
        if (task.StartsWith("checklist-", StringComparison.Ordinal)) await bot.ForgetChecklistsAsync();
        var (before, approvals) = ((await bot.RunsAsync(task)).Count, (await bot.ApprovalsAsync()).Count);
        var cards = Cards().Count;
        var (wait, withAll) = (_well[task].Took * (dice.NextDouble() * 1.1), dice.Next(2) == 0);
        var begun = await BeginAsync(task, atApproval: dice.Next(3) > 0);
        await KilledBot.WaitAsync(wait);
        await bot.KillAndStartAsync(withAll);

        var cut = await SettledAsync(task, before);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{task}: killed after {wait.TotalSeconds:0.00} s{(begun ? " of its approved run" : "")}{(withAll ? "" : ", alone")}: {string.Join(", ", cut.Select(c => c.State))}"));
        Judge(task, cut);
        if (task == Approved) await PressAgainAsync();
        await RunAsync(task);
        await KilledBot.UntilAsync<object>(async () => await platform.IsQuietAsync() ? this : null, Patience);
        var end = (await bot.RunsAsync(task))[^1];
        if (end.State == RunState.Failed && _well[task].State != RunState.Failed) _left.Add($"{task}: its next run failed: {end.SentenceEn} {end.Details}");
        foreach (var left in await platform.LeftAsync(task)) _left.Add($"{task}: {left}");
        await JudgeOnceAsync(task, before, approvals, cards);
    }

    // Until nothing of it is under way, and each of its posts shows the newest state.
    private async Task<List<TaskRunRecord>> SettledAsync(string task, int before)
    {
        List<TaskRunRecord> runs = [];
        var settled = await KilledBot.UntilAsync<object>(
            async () =>
            {
                runs = [.. (await bot.RunsAsync(task)).Skip(before)];
                return runs.TrueForAll(r => r.State != RunState.Running && r.PostTs is not null && r.ShownVersion >= r.Version) ? runs : null;
            },
            Patience);
        if (settled is null) _silent.Add($"{task}: a run is under way or not shown a minute after the start: {string.Join(", ", runs.Select(r => $"{r.Id} {r.State} {r.ShownVersion}/{r.Version}"))}");
        return runs;
    }

    private void Judge(string task, List<TaskRunRecord> cut)
    {
        foreach (var run in cut.Where(r => r.State == RunState.Failed && _well[task].State != RunState.Failed))
        {
            var post = bot.Messages(run.PostChannel).FirstOrDefault(m => m.Ts == run.PostTs);
            if (run.SentenceJa != RunTexts.Interrupted.Ja) _silent.Add($"{task} {run.Id} failed otherwise: {run.SentenceEn}");
            else if (post is null || !(post.Text + post.Blocks).Contains(RunTexts.Interrupted.Ja, StringComparison.Ordinal)) _silent.Add($"{task} {run.Id}: its post does not say that it was cut off");
        }
    }

    // What was asked for is what was begun; a plan was carried out at most once for each approval; a list and its card are there once.
    private async Task JudgeOnceAsync(string task, int before, int approvalsBefore, int cardsBefore)
    {
        var runs = (await bot.RunsAsync(task)).Skip(before).ToList();
        var approvals = (await bot.ApprovalsAsync()).ToList();
        var byHand = runs.Count(r => r.ApprovalId is null);
        if (byHand > _asked[task]) _twice.Add($"{task}: asked for {_asked[task]} times, begun {byHand} times");
        _asked[task] = 0;
        if (task == Approved)
        {
            foreach (var approval in approvals.Skip(approvalsBefore).Where(a => a.State == ApprovalState.Approved))
            {
                if (runs.Count(r => r.ApprovalId == approval.Id) is not 1 and var count) _twice.Add($"{approval.Id}: approved once, begun {count} times");
            }
            var (upgrades, approved) = (platform.Calls.Count(c => c == "upgrade-begins"), approvals.Count(a => a.State == ApprovalState.Approved));
            if (upgrades > approved) _twice.Add($"{upgrades} upgrades for {approved} approvals");
        }
        if (!task.StartsWith("checklist-", StringComparison.Ordinal) || task == "checklist-reminder") return;
        var lists = await bot.ChecklistsAsync();
        if (lists.Count != 1) _twice.Add($"{task}: {lists.Count} lists of one period");
        await KilledBot.UntilAsync<object>(async () => (await bot.ChecklistsAsync()).TrueForAll(l => l.PostTs is not null && l.ShownVersion >= l.Version) ? this : null, Patience);
        if (Cards().Count - cardsBefore != 1) _twice.Add($"{task}: {Cards().Count - cardsBefore} cards of one list");
    }

    private List<Message> Cards() => [.. bot.Messages(Seed.Reports).Where(m => m.ThreadTs is null && (m.Text + m.Blocks).Contains("checklist.refresh", StringComparison.Ordinal))];

    // Begins a run and leaves it; true: the approved run of a dangerous task, otherwise its plan.
    private async Task<bool> BeginAsync(string task, bool atApproval)
    {
        var known = (await bot.ApprovalsAsync()).Count;
        await AskAsync(task);
        if (task != Approved || !atApproval) return false;
        if (await PostedAsync(known) is not { } request) return false;
        await bot.PressesAsync(request.PostChannel, request.PostTs!, ApproveRunAction.Id);
        return true;
    }

    // Whoever presses once more after the start must not begin what was begun, and may approve what still waits.
    private async Task PressAgainAsync()
    {
        if (await PostedAsync((await bot.ApprovalsAsync()).Count - 1) is not { } request) return;
        await bot.PressesAsync(request.PostChannel, request.PostTs!, ApproveRunAction.Id);
        await KilledBot.UntilAsync<object>(async () => (await bot.ApprovalsAsync())[^1].State != ApprovalState.Waiting ? this : null, Patience);
        await KilledBot.UntilAsync<object>(async () => (await bot.RunsAsync(Approved)).TrueForAll(r => r.State != RunState.Running) ? this : null, Patience);
    }

    // A whole run, with its approval where it needs one; null when it did not come to its end in time.
    private async Task<TaskRunRecord?> RunAsync(string task)
    {
        var (before, known) = ((await bot.RunsAsync(task)).Count, (await bot.ApprovalsAsync()).Count);
        // Right after a start on a busy machine the bot may refuse for once (its audit trail was not durable in time), and say so: people ask again.
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await AskAsync(task);
            if (await KilledBot.UntilAsync<object>(async () => (await bot.RunsAsync(task)).Count > before ? this : null, Patience / 6) is not null) break;
        }
        if (task == Approved && await PostedAsync(known) is { } request) await bot.PressesAsync(request.PostChannel, request.PostTs!, ApproveRunAction.Id);
        var expected = task == Approved ? 2 : 1;
        var end = await KilledBot.UntilAsync(
            async () => (await bot.RunsAsync(task)).Skip(before).ToList() is { } runs && runs.Count >= expected && runs.TrueForAll(r => r.State != RunState.Running && r.ShownVersion >= r.Version) ? runs[^1] : null,
            Patience);
        if (end is null) _left.Add($"{task}: a run that nobody disturbed did not end within a minute");
        return end;
    }

    private async Task AskAsync(string task)
    {
        _asked[task] = _asked.GetValueOrDefault(task) + 1;
        await bot.TypesAsync($"/fops run {task}");
    }

    private Task<Approval?> PostedAsync(int known) => KilledBot.UntilAsync(
        async () => (await bot.ApprovalsAsync()).Skip(known).LastOrDefault() is { PostTs: not null } request ? request : null, Patience);
}

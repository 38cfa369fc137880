using System.Globalization;
using FestivalOps.FaultRun;
using FestivalOps.FaultRun.Clock;
using FestivalOps.FaultRun.Tasks;

// The bot is killed, Slack breaks, people press: nothing may be lost, told twice, told after it was taken, or told in the wrong order.
if (args is ["bot" or "bot-with-stand-ins", var order]) return await BotChild.RunAsync(order, withTasks: args[0] != "bot");
if (args is ["clock" or "tasks", .. var killArgs])
{
    var (kills, killSeed) = (40, 1);
    for (var n = 0; n < killArgs.Length; n += 2)
    {
        if (n + 1 >= killArgs.Length || !int.TryParse(killArgs[n + 1], CultureInfo.InvariantCulture, out var number) || number < 1) return Usage();
        if (killArgs[n] == "--kills") kills = number;
        else if (killArgs[n] == "--seed") killSeed = number;
        else return Usage();
    }
    var wrong = args[0] == "clock" ? await ClockRun.PlayAsync(kills, killSeed, speed: 60) : await TaskKillRun.PlayAsync(kills, killSeed);
    return wrong == 0 ? 0 : 1;
}

var (runs, seed, speed, parallel) = (10, 1, 60, 2);
for (var n = 0; n < args.Length; n += 2)
{
    if (n + 1 >= args.Length || !int.TryParse(args[n + 1], CultureInfo.InvariantCulture, out var number) || number < 1) return Usage();
    switch (args[n])
    {
        case "--runs": runs = number; break;
        case "--seed": seed = number; break;
        case "--speed": speed = number; break;
        case "--parallel": parallel = number; break;
        default: return Usage();
    }
}

var (lost, doubled, afterAck, outOfOrder, broken, seen, killed) = (0, 0, 0, 0, 0, 0, 0);
var lines = new Lock();
var root = Directory.CreateTempSubdirectory("fops-fault-").FullName;
await Parallel.ForEachAsync(Enumerable.Range(seed, runs), new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (number, _) =>
{
    var plan = Plan.Of(number);
    var folder = Directory.CreateDirectory(Path.Combine(root, number.ToString(CultureInfo.InvariantCulture))).FullName;
    try
    {
        var (judgement, kills) = await FaultyRun.PlayAsync(plan, folder, speed);
        lock (lines)
        {
            lost += judgement.Lost;
            doubled += judgement.Doubled;
            afterAck += judgement.AfterAcknowledgement;
            outOfOrder += judgement.OutOfOrder;
            seen += judgement.Seen;
            killed += kills;
            Console.WriteLine($"seed={number} {(plan.Sockets ? "sockets" : "http")} alerts={plan.Alerts} kills={kills} seen={judgement.Seen}{(plan.LongOutage ? " outage=30min" : "")} lost={judgement.Lost} doubled={judgement.Doubled} after_ack={judgement.AfterAcknowledgement} out_of_order={judgement.OutOfOrder}");
            foreach (var detail in judgement.Details) Console.WriteLine("   " + detail);
        }
        if (judgement.IsClean) Directory.Delete(folder, recursive: true);
        else Console.WriteLine($"   kept: {folder}");
    }
    catch (Exception failure)
    {
        lock (lines)
        {
            broken++;
            Console.WriteLine($"seed={number} could not be played: {failure.Message} (kept: {folder})");
        }
    }
});
if (!Directory.EnumerateFileSystemEntries(root).Any()) Directory.Delete(root);
if (broken > 0) Console.WriteLine($"{broken} runs could not be played.");
Console.WriteLine($"{seen} cards, pages and notes seen, the bot killed {killed} times");
Console.WriteLine($"runs={runs - broken} lost={lost} doubled={doubled} after_ack={afterAck} out_of_order={outOfOrder}");
return broken + lost + doubled + afterAck + outOfOrder == 0 ? 0 : 1;

static int Usage()
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/FestivalOps.FaultRun [-- --runs 1000 --seed 1 --speed 60 --parallel 2 | clock --kills 40 --seed 1 | tasks --kills 40 --seed 1]");
    return 64; // EX_USAGE of sysexits.h
}

using FestivalOps.Blocking.Reading;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Deciding;

/// <summary>A rule as it is applied.</summary>
/// <param name="Name">Its name in settings, decisions and alerts: <c>BruteForce</c>.</param>
/// <param name="Signal">What it counts.</param>
/// <param name="What">What it counts, for people, behind a number.</param>
/// <param name="Count">So many.</param>
/// <param name="Window">Less than this apart. Unit: microseconds.</param>
/// <param name="Blocks">True: it blocks; false: it warns.</param>
internal sealed record Rule(string Name, Signal Signal, LocalizedText What, int Count, long Window, bool Blocks)
{
    /// <summary>The rules that the settings ask for, those that block first.</summary>
    public static IReadOnlyList<Rule> Of(BlockingOptions options)
    {
        // What two logs tell of is not counted together: nginx' two logs and the application's may tell of one request.
        Signal[] refusals = [Signal.Request, Signal.ErrorLog, Signal.Login, Signal.Application];
        var all = new List<(string Name, Signal Signal, BlockRule Rule)>();
        all.AddRange(refusals.Select(s => (nameof(options.BruteForce), s, options.BruteForce)));
        all.AddRange(refusals.Select(s => (nameof(options.Unauthorised), s, options.Unauthorised)));
        all.Add((nameof(options.ScannerPaths), Signal.ScannerPath, options.ScannerPaths));
        all.Add((nameof(options.TooManyRequests), Signal.TooManyRequests, options.TooManyRequests));
        all.Add((nameof(options.UserNames), Signal.UserName, options.UserNames));
        return
        [
            .. all.Where(r => r.Rule.Action != RuleAction.Off)
                .Select(r => new Rule(r.Name, r.Signal, Counted(r.Signal), r.Rule.Count, (long)(r.Rule.WindowSeconds * LogTime.Second), r.Rule.Action == RuleAction.Block))
                .OrderByDescending(r => r.Blocks),
        ];
    }

    private static LocalizedText Counted(Signal signal) => signal switch
    {
        Signal.Request => DecisionTexts.Requests,
        Signal.ErrorLog => DecisionTexts.ErrorLog,
        Signal.Login => DecisionTexts.Logins,
        Signal.Application => DecisionTexts.Application,
        Signal.ScannerPath => DecisionTexts.ScannerPaths,
        Signal.TooManyRequests => DecisionTexts.TooMany,
        _ => DecisionTexts.UserNames,
    };
}

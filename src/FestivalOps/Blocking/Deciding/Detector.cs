using System.Runtime.CompilerServices;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Deciding;

/// <summary>
/// Decides about addresses from what logs tell of them, on the logs' own time. Pure: no clock, no store. Not safe for several threads at once.
/// While an address is blocked, and an hour after people were told of one that must not be, its lines change nothing.
/// </summary>
internal sealed class Detector
{
    /// <summary>So long nothing more is said of an address that people were warned of: 1 hour. Unit: microseconds.</summary>
    public const long QuietFor = 3600 * LogTime.Second;

    // The two signals that many addresses can give at once may use more memory.
    private const int Much = 32 * 1024 * 1024;
    private const int Little = 8 * 1024 * 1024;

    private readonly SlidingWindows?[] _windows = new SlidingWindows?[Enum.GetValues<Signal>().Length];
    private readonly Standings _standings;
    private readonly BlockTimes _times;
    private readonly AddressRanges _neverBlock;

    /// <summary>Makes it.</summary>
    public Detector(IReadOnlyList<Rule> rules, BlockTimes times, AddressRanges neverBlock, int mostAddresses)
    {
        (_times, _neverBlock, _standings) = (times, neverBlock, new(mostAddresses));
        foreach (var signal in Enum.GetValues<Signal>())
        {
            var own = rules.Where(r => r.Signal == signal).ToList();
            if (own.Count > 0) _windows[(int)signal] = new(mostAddresses, signal is Signal.Request or Signal.Login ? Much : Little, signal == Signal.UserName, own);
        }
    }

    /// <summary>Makes it from the settings, which were checked.</summary>
    public static Detector Of(BlockingOptions options) =>
        new(Rule.Of(options), new(options.GetBlockHours(), options.ForgiveDays), AddressRanges.Parse(options.NeverBlock), options.MostAddresses);

    /// <summary>How many addresses are remembered for one signal.</summary>
    public int Remembered(Signal signal) => _windows[(int)signal]?.Count ?? 0;

    /// <summary>Takes note of what an earlier process decided.</summary>
    /// <param name="address">About whom.</param>
    /// <param name="until">Until when, by the log. Unit: microseconds.</param>
    /// <param name="times">How often it was blocked; 0: people were told.</param>
    public void Remember(ClientAddress address, long until, int times)
    {
        var known = _standings.Of(address.Bits);
        if (known.Until < until) Stand(address, new(until, Math.Max(times, known.Times)));
    }

    /// <summary>People, or who carries decisions out, decided otherwise about an address: what it did is forgotten, and this holds.</summary>
    /// <param name="address">About whom.</param>
    /// <param name="until">Until when its lines change nothing, by the log. Unit: microseconds.</param>
    /// <param name="times">How often it was blocked.</param>
    public void Correct(ClientAddress address, long until, int times) => Stand(address, new(until, times));

    /// <summary>Counts what a line told and adds what was decided: nothing, nearly always.</summary>
    /// <returns>False: it changed nothing, as the address is blocked or was told of.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Count(in Sighting sighting, long line, List<BlockDecision> decisions)
    {
        if (sighting.At < _standings.Of(sighting.Address.Bits).Until) return false;
        for (var i = 0; i < sighting.Times; i++)
        {
            if (Count(sighting.Signal, sighting, line, decisions)) return true;
        }
        if (sighting.IsScannerPath && Count(Signal.ScannerPath, sighting, line, decisions)) return true;
        if (sighting.IsTooMany && Count(Signal.TooManyRequests, sighting, line, decisions)) return true;
        if (sighting.User != 0) Count(Signal.UserName, sighting, line, decisions);
        return true;
    }

    // True when the address needs no more counting.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Count(Signal signal, in Sighting sighting, long line, List<BlockDecision> decisions)
    {
        var (address, at) = (sighting.Address, sighting.At);
        if (_windows[(int)signal] is not { } windows || windows.Add(address, at, sighting.User, sighting.Doubt, out var apart, out var doubt) is not { } rule) return false;
        var reason = DecisionTexts.Met(rule, apart);
        var when = DateTimeOffset.UnixEpoch.AddMicroseconds(at);
        if (!rule.Blocks)
        {
            decisions.Add(new(BlockOutcome.Warn, address, rule.Name, when, TimeSpan.FromMicroseconds(QuietFor), 0, reason, line));
            return false;
        }
        var known = _standings.Of(address.Bits);
        if (doubt != Doubt.None || _neverBlock.Contains(address))
        {
            reason = doubt != Doubt.None ? DecisionTexts.But(reason, doubt) : DecisionTexts.Protected(reason);
            decisions.Add(new(BlockOutcome.Warn, address, rule.Name, when, TimeSpan.FromMicroseconds(QuietFor), 0, reason, line));
            Stand(address, new(at + QuietFor, known.Times));
            return true;
        }
        var times = _times.Next(known.Times, at - known.Until);
        var length = _times.For(times);
        decisions.Add(new(BlockOutcome.Block, address, rule.Name, when, length, times, reason, line));
        Stand(address, new(at + (long)length.TotalMicroseconds, times));
        return true;
    }

    private void Stand(ClientAddress address, Standing standing)
    {
        foreach (var windows in _windows) windows?.Forget(address);
        _standings.Set(address.Bits, standing);
    }
}

using System.Globalization;
using System.Text;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Hosts;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>The firewall of a host, by <c>festivalops-firewall</c> there: what differs between the kinds is written in that script.</summary>
/// <param name="host">The host.</param>
/// <param name="kind">Which of its firewalls.</param>
/// <param name="session">What small changes go through while it is open; null: each is a command of its own.</param>
internal sealed class HostFirewall(IHost host, FirewallKind kind, FirewallSession? session = null) : IFirewall
{
    // A tool that hangs is ended after this and a share for each line: a script of 100,000 takes two seconds, a rule of ufw a fifth of one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PatienceOfNginx = TimeSpan.FromSeconds(60);

    private readonly FirewallHands _hands = new(host, kind);

    private readonly (HostCommand Read, HostCommand Change, HostCommand Serve) _commands = Commands(kind);

    /// <inheritdoc/>
    public string Host { get; } = host.Name;

    /// <inheritdoc/>
    public FirewallKind Kind { get; } = kind;

    /// <inheritdoc/>
    public async Task<FirewallReading> ReadAsync(CancellationToken ct)
    {
        session?.Open();
        var (result, problem) = await _hands.RunAsync(_commands.Read, ct);
        if (problem is not null) return new(null, problem);
        if (result.Output.IsCut) return new(null, FirewallTexts.Unreadable(Host, Kind, $"> {result.Output.Bytes.Length} bytes"));
        var entries = new List<FirewallEntry>();
        foreach (var line in result.Output.Text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty) continue;
            var space = line.IndexOf(' ');
            if (space < 0 || !long.TryParse(line[(space + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return new(null, FirewallTexts.Unreadable(Host, Kind, line.ToString()));
            // Someone else put into our set what is no client (::1): not ours to take out.
            if (!AddressRange.TryParse(line[..space].ToString(), out var range)) continue;
            entries.Add(new(range, seconds == 0 ? null : TimeSpan.FromSeconds(seconds)));
        }
        return new(entries, null);
    }

    /// <inheritdoc/>
    public async Task<FirewallAnswer> ApplyAsync(FirewallChange change, CancellationToken ct)
    {
        if (Complaint(change) is { } complaint) return new(complaint);
        var lines = new StringBuilder();
        // Of an address that is named twice the last line counts. What can't be refused isn't.
        foreach (var range in change.Unblock.Where(FirewallLimits.Takes)) lines.Append("del ").Append(range.ToString()).Append('\n');
        foreach (var (range, time) in change.Block)
        {
            if (time <= TimeSpan.Zero) lines.Append("del ").Append(range.ToString()).Append('\n');
            else lines.Append(CultureInfo.InvariantCulture, $"add {range} {Seconds(time)}\n");
        }
        session?.Open();
        var text = lines.ToString();
        if (session is not null && change.Block.Count + change.Unblock.Count <= FirewallSession.MostLines && await session.AskAsync(text, PatienceFor(change), ct) is { } result)
            return Answer(_hands.Problem(result));
        var (_, problem) = await _hands.RunAsync(_commands.Change with { Input = Encoding.ASCII.GetBytes(text), Timeout = PatienceFor(change) }, ct);
        return Answer(problem);
    }

    /// <summary>The command that serves changes of a kind.</summary>
    public static HostCommand Serving(FirewallKind kind) => Commands(kind).Serve;

    /// <summary>A time as the script reads it, in whole seconds rounded up; 0: without end.</summary>
    public static long Seconds(TimeSpan? time) => time is { } span ? (long)Math.Ceiling((span < FirewallLimits.LongestTime ? span : FirewallLimits.LongestTime).TotalSeconds) : 0;

    private static (HostCommand Read, HostCommand Change, HostCommand Serve) Commands(FirewallKind kind) => kind switch
    {
        FirewallKind.Nftables => (HostCommands.ReadNftables, HostCommands.ChangeNftables, HostCommands.ServeNftables),
        FirewallKind.Iptables => (HostCommands.ReadIptables, HostCommands.ChangeIptables, HostCommands.ServeIptables),
        FirewallKind.Ufw => (HostCommands.ReadUfw, HostCommands.ChangeUfw, HostCommands.ServeUfw),
        _ => (HostCommands.ReadNginxDenied, HostCommands.ChangeNginxDenied, HostCommands.ServeNginxDenied),
    };

    private static FirewallAnswer Answer(LocalizedText? problem) => problem is null ? FirewallAnswer.Done : new(problem);

    private LocalizedText? Complaint(FirewallChange change)
    {
        foreach (var (range, _) in change.Block)
        {
            if (!FirewallLimits.Takes(range)) return FirewallTexts.CannotTake(range);
        }
        var (count, most) = (change.Block.Count + change.Unblock.Count, FirewallLimits.MostChanges(Kind));
        return count > most ? FirewallTexts.TooMany(Kind, count, most) : null;
    }

    private TimeSpan PatienceFor(FirewallChange change)
    {
        var count = change.Block.Count + change.Unblock.Count;
        return (Kind == FirewallKind.Nginx ? PatienceOfNginx : Patience) + (Kind == FirewallKind.Ufw ? TimeSpan.FromSeconds(count) : TimeSpan.FromMilliseconds(count));
    }
}

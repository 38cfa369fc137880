using FestivalOps.Hosts;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>Runs the verbs of <c>festivalops-firewall</c> on a host, and says in a sentence what went wrong.</summary>
internal sealed class FirewallHands(IHost host, FirewallKind kind)
{
    private const string Prefix = "festivalops-firewall: ";

    /// <summary>Runs one; a problem is null when it was done.</summary>
    public async Task<(HostResult Result, LocalizedText? Problem)> RunAsync(HostCommand command, CancellationToken ct)
    {
        var result = await host.RunAsync(command, null, ct);
        return (result, Problem(result));
    }

    /// <summary>What went wrong, in a sentence; null when it was done.</summary>
    public LocalizedText? Problem(HostResult result)
    {
        if (result.Outcome == HostOutcome.NotAvailable) return FirewallTexts.NotSetUp(result.Sentence!);
        if (result.Outcome != HostOutcome.Done) return result.Sentence;
        var words = result.Error.Text.Length > 0 ? result.Error.Text : result.Output.Text;
        // sudo may say something of its own first.
        if (words.LastIndexOf(Prefix, StringComparison.Ordinal) is >= 0 and var at) words = words[(at + Prefix.Length)..];
        if (words.Length == 0) words = $"exit code {result.ExitCode}";
        return result.ExitCode switch
        {
            0 => null,
            2 => FirewallTexts.Refused(host.Name, words),
            3 => FirewallTexts.ToolMissing(host.Name, kind, words),
            5 when kind == FirewallKind.Ufw => FirewallTexts.UfwInactive(host.Name),
            5 => FirewallTexts.NginxNotIncluded(host.Name),
            6 => FirewallTexts.KeptTooLate(host.Name),
            _ => FirewallTexts.Failed(host.Name, kind, words),
        };
    }
}

using FestivalOps.Hosts;

namespace FestivalOps.Maintenance.Security;

/// <summary>ファイアウォール設定確認: the state of ufw, or where there is none the rules of nftables.</summary>
internal sealed class Firewall(HostBook hosts)
{
    /// <summary>Looks.</summary>
    public async Task<TaskPart> LookAsync(CancellationToken ct)
    {
        var ufw = await hosts.Platform.RunAsync(HostCommands.FirewallStatus, null, ct);
        if (ufw.Succeeded) return JudgeUfw(ufw.Output.Text);
        ct.ThrowIfCancellationRequested();
        var nft = await hosts.Platform.RunAsync(HostCommands.FirewallRules, null, ct);
        if (nft.Succeeded) return JudgeNft(nft.Output.Text);
        ct.ThrowIfCancellationRequested();
        var (first, second) = (ufw.Why(), nft.Why());
        var says = SecurityTexts.NoFirewall(first, second);
        return ufw.Outcome == HostOutcome.NotAvailable && nft.Outcome == HostOutcome.NotAvailable ? TaskPart.NotAvailable(says) : TaskPart.Failed(says);
    }

    /// <summary>Judges what <c>ufw status verbose</c> says: active, and what comes in by default is denied.</summary>
    public static TaskPart JudgeUfw(string said)
    {
        var lines = said.Split('\n').Select(l => l.Trim()).ToList();
        if (!lines.Contains("Status: active", StringComparer.Ordinal)) return TaskPart.Failed(SecurityTexts.UfwInactive);
        var byDefault = lines.FirstOrDefault(l => l.StartsWith("Default:", StringComparison.Ordinal)) ?? "";
        var rules = lines.Count(l => l.Contains(" ALLOW ", StringComparison.Ordinal) || l.Contains(" DENY ", StringComparison.Ordinal) || l.Contains(" REJECT ", StringComparison.Ordinal) || l.Contains(" LIMIT ", StringComparison.Ordinal));
        var isClosed = byDefault.Contains("deny (incoming)", StringComparison.Ordinal) || byDefault.Contains("reject (incoming)", StringComparison.Ordinal);
        return isClosed ? TaskPart.Ok(SecurityTexts.UfwActive(rules)) : TaskPart.Failed(SecurityTexts.UfwOpen(rules));
    }

    /// <summary>Judges what <c>nft list ruleset</c> says: a chain for what comes in that drops by policy or by a rule.</summary>
    public static TaskPart JudgeNft(string said)
    {
        var lines = said.Split('\n').Select(l => l.Trim()).ToList();
        var (chains, isInput, hasInput, isClosed) = (0, false, false, false);
        foreach (var line in lines)
        {
            if (line.StartsWith("chain ", StringComparison.Ordinal)) (chains, isInput) = (chains + 1, false);
            if (line.Contains("hook input", StringComparison.Ordinal)) (isInput, hasInput) = (true, true);
            if (isInput && (line.Contains("policy drop", StringComparison.Ordinal) || line is "drop" or "reject" || line.EndsWith(" drop", StringComparison.Ordinal) && line.StartsWith("counter", StringComparison.Ordinal))) isClosed = true;
        }
        if (chains == 0 || !hasInput) return TaskPart.Failed(SecurityTexts.NftEmpty);
        return isClosed ? TaskPart.Ok(SecurityTexts.NftClosed(chains)) : TaskPart.Warning(SecurityTexts.NftOpen(chains));
    }
}

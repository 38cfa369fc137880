using System.Text.RegularExpressions;

namespace FestivalOps.Maintenance.SystemUpdates;

/// <summary>A package that an upgrade would install.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Old">The version that is there; empty: none.</param>
/// <param name="New">The version that comes.</param>
/// <param name="IsSecurity">True when it comes from a security archive.</param>
internal sealed record PackageUpdate(string Name, string Old, string New, bool IsSecurity)
{
    /// <summary>"openssl 3.0.17-1 → 3.0.18-1".</summary>
    public override string ToString() => $"{Name} {(Old.Length > 0 ? Old : "-")} → {New}";
}

/// <summary>Reads what <c>apt-get -s upgrade</c> and <c>bundle outdated --parseable</c> would change. Pure.</summary>
internal static partial class PackagePlan
{
    /// <summary>The packages of the lines <c>Inst name [old] (new archive …)</c>, by name.</summary>
    public static IReadOnlyList<PackageUpdate> Apt(string said) => [.. said.Split('\n').Select(l => Inst().Match(l)).Where(m => m.Success)
        .Select(m => new PackageUpdate(m.Groups["name"].Value, m.Groups["old"].Value, m.Groups["new"].Value, m.Groups["from"].Value.Contains("security", StringComparison.OrdinalIgnoreCase)))
        .OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>The gems of the lines <c>name (newest new, installed old, …)</c>, by name.</summary>
    public static IReadOnlyList<PackageUpdate> Gems(string said) => [.. said.Split('\n').Select(l => Gem().Match(l)).Where(m => m.Success)
        .Select(m => new PackageUpdate(m.Groups["name"].Value, m.Groups["old"].Value, m.Groups["new"].Value, IsSecurity: false))
        .OrderBy(p => p.Name, StringComparer.Ordinal)];

    [GeneratedRegex("^Inst (?<name>[^ ]{1,200}) (\\[(?<old>[^\\]]{1,200})\\] )?\\((?<new>[^ ]{1,200}) (?<from>[^)]{0,500})\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inst();

    [GeneratedRegex("^(?<name>[A-Za-z0-9._-]{1,200}) \\(newest (?<new>[^ ,]{1,100}), installed (?<old>[^ ,)]{1,100})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gem();
}

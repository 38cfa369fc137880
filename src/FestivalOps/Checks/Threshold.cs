using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>Where a value becomes too much, or too little. A value exactly on a limit is still inside it, as the guideline writes "&gt; 80 %".</summary>
/// <param name="Warning">Beyond this it is a warning.</param>
/// <param name="Critical">Beyond this it is critical.</param>
/// <param name="LowIsBad">True when small values are the bad ones (days left).</param>
internal sealed record Threshold(double Warning, double Critical, bool LowIsBad = false)
{
    /// <summary>Judges a value. Not-a-number is Unknown: what can't be compared was not measured.</summary>
    public CheckStatus Judge(double value)
    {
        if (double.IsNaN(value)) return CheckStatus.Unknown;
        if (Beyond(value, Critical)) return CheckStatus.Critical;
        return Beyond(value, Warning) ? CheckStatus.Warning : CheckStatus.Ok;
    }

    /// <summary>The limit that a value of this status has passed, in words: "警告 &gt; 80 %". Null for Ok and Unknown.</summary>
    public LocalizedText? Passed(CheckStatus status, Unit unit) => status switch
    {
        CheckStatus.Warning => Limit(new("警告", "warning"), Warning, unit),
        CheckStatus.Critical => Limit(new("緊急", "critical"), Critical, unit),
        _ => null,
    };

    /// <summary>Both limits in words: "警告 &gt; 80 %、緊急 &gt; 90 %".</summary>
    public LocalizedText Both(Unit unit)
    {
        var warning = Limit(new("警告", "warning"), Warning, unit);
        var critical = Limit(new("緊急", "critical"), Critical, unit);
        return new($"{warning.Ja}、{critical.Ja}", $"{warning.En}, {critical.En}");
    }

    private bool Beyond(double value, double limit) => LowIsBad ? value < limit : value > limit;

    private LocalizedText Limit(LocalizedText name, double limit, Unit unit)
    {
        var sign = LowIsBad ? "<" : ">";
        var number = unit.Format(limit);
        return new($"{name.Ja} {sign} {number.Ja}", $"{name.En} {sign} {number.En}");
    }
}

using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>One detail behind a measurement, shown under "details".</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">What was found. May hold foreign text: whoever shows it escapes it.</param>
internal sealed record Fact(LocalizedText Label, string Value);

/// <summary>What a check found.</summary>
internal sealed record Measurement
{
    private Measurement(CheckStatus status, LocalizedText says) => (Status, Says) = (status, says);

    /// <summary>The outcome.</summary>
    public CheckStatus Status { get; }

    /// <summary>The finding in a few words, without limits: "84 % (/var)". May hold foreign text: whoever shows it escapes it.</summary>
    public LocalizedText Says { get; }

    /// <summary>The number, where there is one. Null is "not measured", never 0.</summary>
    public double? Value { get; private init; }

    /// <summary>True for a measurement that was not held against its limits: it counts as no trouble, and is not counted as good.</summary>
    public bool IsNotJudged => Status == CheckStatus.Ok && Threshold is not null && Value is null;

    /// <summary>True when something is wrong and there is no number to it: nothing answered, or not what was asked.</summary>
    public bool IsWithoutAnswer => Status is CheckStatus.Critical or CheckStatus.Unknown && Value is null;

    /// <summary>What the number is counted in.</summary>
    public Unit? Unit { get; private init; }

    /// <summary>The limits that the number was held against.</summary>
    public Threshold? Threshold { get; private init; }

    /// <summary>Details, in the order in which a person wants them.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>A number held against its limits. <paramref name="where"/> is added in brackets.</summary>
    public static Measurement Judged(double value, Unit unit, Threshold threshold, string? where = null)
    {
        var status = threshold.Judge(value);
        var number = unit.Format(value);
        // Rounded it would read "2, limit > 2".
        var limit = status switch { CheckStatus.Warning => threshold.Warning, CheckStatus.Critical => threshold.Critical, _ => double.NaN };
        if (!double.IsNaN(limit) && unit.Format(limit) == number) number = unit.Finely(value);
        var says = where is null ? number : new($"{number.Ja} ({where})", $"{number.En} ({where})");
        return new(status, says) { Value = value, Unit = unit, Threshold = threshold };
    }

    /// <summary>A measurement as it was kept.</summary>
    public static Measurement Restored(
        CheckStatus status, LocalizedText says, double? value, Unit? unit, Threshold? threshold, IReadOnlyList<Fact> facts) =>
        new(status, says) { Value = value, Unit = unit, Threshold = threshold, Facts = facts };

    /// <summary>There are limits, and too little to hold against them yet; <paramref name="says"/> tells how much there is. No trouble, and nothing that is well.</summary>
    public static Measurement NotJudged(LocalizedText says, Unit unit, Threshold threshold) => new(CheckStatus.Ok, says) { Unit = unit, Threshold = threshold };

    /// <summary>What is watched answers; <paramref name="says"/> tells how.</summary>
    public static Measurement Ok(LocalizedText says) => new(CheckStatus.Ok, says);

    /// <summary>Something is not as it should be; there is no number to it.</summary>
    public static Measurement Warning(LocalizedText says) => new(CheckStatus.Warning, says);

    /// <summary>What is watched doesn't work.</summary>
    public static Measurement Critical(LocalizedText says) => new(CheckStatus.Critical, says);

    /// <summary>It could not be measured; <paramref name="cause"/> says why and, where a person can act, what to do.</summary>
    public static Measurement Unknown(LocalizedText cause) => new(CheckStatus.Unknown, cause);
}

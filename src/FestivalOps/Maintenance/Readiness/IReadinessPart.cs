using FestivalOps.Language;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>How much a finding matters before days off.</summary>
internal enum Weight
{
    /// <summary>Someone should act before leaving.</summary>
    Act,

    /// <summary>It could not be looked at.</summary>
    NotAvailable,

    /// <summary>For information.</summary>
    Fine,
}

/// <summary>One line of the readiness post.</summary>
/// <param name="Weight">How much it matters.</param>
/// <param name="Says">The line; may hold foreign text, whoever shows it escapes it.</param>
internal sealed record Finding(Weight Weight, LocalizedText Says)
{
    /// <summary>Someone should act.</summary>
    public static Finding Act(LocalizedText says) => new(Weight.Act, says);

    /// <summary>For information.</summary>
    public static Finding Fine(LocalizedText says) => new(Weight.Fine, says);

    /// <summary>It could not be looked at; <paramref name="why"/> says why.</summary>
    public static Finding NotAvailable(LocalizedText part, LocalizedText why) => new(Weight.NotAvailable, ReadinessTexts.NotAvailable(part, why));
}

/// <summary>One question before days off. It reads only; what it can't read is its own finding.</summary>
internal interface IReadinessPart
{
    /// <summary>What it is about, in a word or two.</summary>
    LocalizedText Title { get; }

    /// <summary>What would run out, end or be due in the stretch.</summary>
    Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct);
}

namespace FestivalOps.Checks.Host;

/// <summary>A file system and how full it is.</summary>
/// <param name="Mount">Where it is mounted.</param>
/// <param name="UsedPercent">As <c>df</c> counts: used of what ordinary users may use.</param>
/// <param name="FreeBytes">What ordinary users may still write.</param>
internal sealed record DiskUse(string Mount, double UsedPercent, double FreeBytes);

/// <summary>The memory. "In use" is what can't be given to a program that asks now.</summary>
/// <param name="TotalBytes">All of it.</param>
/// <param name="AvailableBytes">What could be given.</param>
internal sealed record MemoryUse(double TotalBytes, double AvailableBytes);

/// <summary>The load averages.</summary>
/// <param name="One">Over one minute.</param>
/// <param name="Five">Over five minutes.</param>
/// <param name="Cores">Processor cores.</param>
internal sealed record LoadAverage(double One, double Five, int Cores);

/// <summary>Figures of the host. A figure that its source doesn't have throws <see cref="NoFigureException"/>.</summary>
internal interface IHostMetrics
{
    /// <summary>Null when the source is set up; otherwise the sentence that says what is missing.</summary>
    Language.LocalizedText? NotSetUp { get; }

    /// <summary>Where the figures come from, for "details".</summary>
    string Source { get; }

    /// <summary>Processor time in use, percent of all cores, and the span that it is the mean of.</summary>
    Task<(double Percent, TimeSpan Over)> CpuAsync(CancellationToken ct);

    /// <summary>The memory.</summary>
    Task<MemoryUse> MemoryAsync(CancellationToken ct);

    /// <summary>Every real file system, fullest first; never empty.</summary>
    Task<IReadOnlyList<DiskUse>> DisksAsync(CancellationToken ct);

    /// <summary>The load averages.</summary>
    Task<LoadAverage> LoadAsync(CancellationToken ct);
}

/// <summary>The source has no such figure.</summary>
/// <param name="why">The sentence for people.</param>
internal sealed class NoFigureException(Language.LocalizedText why) : Exception(why.En)
{
    /// <summary>The sentence for people.</summary>
    public Language.LocalizedText Why { get; } = why;
}

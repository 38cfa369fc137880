using FestivalOps.Language;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>A public holiday of Japan.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">Its name.</param>
internal sealed record Holiday(DateOnly Date, LocalizedText Name);

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FestivalOps.Reports.Figures;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Reports.Keeping;

/// <summary>What a part said of a closed period.</summary>
/// <param name="Figures">Its figures.</param>
/// <param name="IsComplete">False when a later question may bring more.</param>
internal sealed record KeptPart(IReadOnlyList<Figure> Figures, bool IsComplete);

/// <summary>
/// Keeps what closed periods said, so that the same report gives the same figures for ever. The first value of a figure stays; what was
/// missing then may still come.
/// </summary>
internal sealed class ReportStore(IDbContextFactory<OpsDbContext> store, TimeProvider time)
{
    private const long WriteLock = 0x666f_7073_7265_7073; // "fopsreps"

    /// <summary>How figures are written: names of their own never change, foreign text stays readable.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() } };

    /// <summary>What a part said of these periods, by their keys; nothing for one that was never closed when it was asked.</summary>
    public async Task<IReadOnlyDictionary<string, KeptPart>> FindAsync(string part, IReadOnlyCollection<string> periods, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var rows = await db.Set<ReportPartRecord>().AsNoTracking().Where(r => r.Part == part && periods.Contains(r.Period)).ToListAsync(ct);
        return rows.ToDictionary(r => r.Period, r => new KeptPart(Read(r.Figures), r.IsComplete), StringComparer.Ordinal);
    }

    /// <summary>Keeps what a part says of a closed period, and gives back what is true from now on: also when another instance was first.</summary>
    public async Task<IReadOnlyList<Figure>> KeepAsync(string part, string period, IReadOnlyList<Figure> found, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.OneWriterAsync(WriteLock, async token =>
        {
            var row = await db.Set<ReportPartRecord>().SingleOrDefaultAsync(r => r.Period == period && r.Part == part, token);
            var all = row is null ? found : Merge(Read(row.Figures), found);
            var complete = all.All(f => !f.MayCome);
            if (row is null) db.Add(new ReportPartRecord { Period = period, Part = part, KeptAt = time.GetUtcNow(), Figures = JsonSerializer.Serialize(all, Json), IsComplete = complete });
            else (row.Figures, row.IsComplete) = (JsonSerializer.Serialize(all, Json), complete);
            await db.SaveChangesAsync(token);
            return all;
        }, ct);
    }

    /// <summary>What was said stays; what was missing, or had nothing of its own, is taken from the new answer. Pure.</summary>
    public static IReadOnlyList<Figure> Merge(IReadOnlyList<Figure> kept, IReadOnlyList<Figure> found)
    {
        var old = kept.DistinctBy(f => f.Key).ToDictionary(f => f.Key);
        var merged = found.Select(f => old.TryGetValue(f.Key, out var k) && k.Value is not null ? k : f).ToList();
        var known = merged.Select(f => f.Key).ToHashSet();
        // What the new answer does not have at all: a status that is gone meanwhile.
        merged.AddRange(kept.Where(k => k.Value is not null && !known.Contains(k.Key)));
        return merged;
    }

    private static List<Figure> Read(string figures) => [.. (JsonSerializer.Deserialize<List<Figure>>(figures, Json) ?? []).Select(Now)];

    // Earlier versions said in a note that a period is only partly there, and compared it.
    private static Figure Now(Figure kept) => kept is { Partly: null, Note: { } note } && note.En.StartsWith("only from ", StringComparison.Ordinal) ? kept with { Partly = note, Note = null } : kept;
}

using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Checks.History;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Maintenance.PlatformDatabase;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Reports.Business;

/// <summary>Knows since when there is anything to report of.</summary>
internal sealed class DataBeginning(FestivalDatabase database, IDbContextFactory<OpsDbContext> store, IOptions<LanguageOptions> languages)
{
    /// <summary>The tables whose first row tells when the platform began.</summary>
    public static readonly IReadOnlyList<string> Tables = ["users", "festivals", "payments"];

    private const int Milliseconds = 3_000;

    /// <summary>The first day of which the platform or the bot knows anything, in the team's zone; null when that can't be said for sure.</summary>
    public async Task<DateOnly?> FirstDayAsync(CancellationToken ct)
    {
        var moments = new List<DateTimeOffset>();
        if (database.IsSetUp)
        {
            try
            {
                await using var connection = await database.OpenAsync(Milliseconds, ct);
                foreach (var table in Tables) moments.AddRange(await connection.AskAsync(BusinessQuestions.First(table), Read, ct));
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
            {
                // Who can't look must not say that there is nothing.
                return null;
            }
        }
        await using var db = store.CreateDbContext();
        if (await db.Set<HealthRunRecord>().OrderBy(r => r.At).Select(r => (DateTimeOffset?)r.At).FirstOrDefaultAsync(ct) is { } measured) moments.Add(measured);
        if (await db.Set<Incident>().OrderBy(i => i.Id).Select(i => (DateTimeOffset?)i.OpenedAt).FirstOrDefaultAsync(ct) is { } opened) moments.Add(opened);
        return moments.Count == 0 ? null : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moments.Min(), languages.Value.GetZone()).DateTime);
    }

    /// <summary>Reads a moment as Rails writes it: UTC without a zone.</summary>
    public static DateTimeOffset Read(NpgsqlDataReader row) => new(DateTime.SpecifyKind(row.GetDateTime(0), DateTimeKind.Utc));
}

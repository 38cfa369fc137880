using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Reports.Files;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Post;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Keeping;

/// <summary>Puts a finished report up for posting and mailing, and finds it again for its buttons.</summary>
internal sealed class ReportDesk(IDbContextFactory<OpsDbContext> store, ReportFiles files, Outbox outbox, IOptions<ReportsOptions> options, TimeProvider time)
{
    /// <summary>How long a posted report is kept for its buttons: 400 days.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    /// <summary>So long who asked waits to hear whether the card has arrived: 5 seconds. After that only a direct message tells of trouble.</summary>
    public static readonly TimeSpan CardPatience = TimeSpan.FromSeconds(5);

    /// <summary>Draws its files, keeps it, and writes what is to go out, in one transaction.</summary>
    /// <param name="report">The report.</param>
    /// <param name="channel">Slack id of where its card goes; empty: nowhere.</param>
    /// <param name="askedBy">Slack id of who asked; empty: the clock, whose reports are mailed, too.</param>
    /// <param name="language">The language of its posts and files.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<(string Id, Report Report)> PutUpAsync(Report report, string channel, string askedBy, SpokenLanguage language, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var drawn = files.Of(report, id, language);
        report = drawn.Report;
        await using var db = store.CreateDbContext();
        await db.TurnAsync(async token =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            var before = time.GetUtcNow() - KeptFor;
            await db.Set<ReportPostRecord>().Where(p => p.MadeAt < before).ExecuteDeleteAsync(token);
            db.Add(new ReportPostRecord { Id = id, Period = report.Period.Key, MadeAt = report.MadeAt, Packed = Pack(report), Language = language, AskedBy = askedBy, Channel = channel });
            db.AddRange(drawn.Files);
            if (channel.Length > 0) await Outbox.AddAsync(db, [ReportCardPost.Row(id, channel, outbox)], token);
            if (askedBy.Length == 0) await Outbox.AddAsync(db, [.. options.Value.MailTo.Distinct(StringComparer.OrdinalIgnoreCase).Select((to, number) => ReportMailPost.Row(id, to, number, outbox))], token);
            await db.SaveChangesAsync(token);
            await transaction.CommitAsync(token);
            return true;
        }, ct);
        outbox.Wake();
        return (id, report);
    }

    /// <summary>
    /// Waits until the card has arrived or can't, for at most <see cref="CardPatience"/>. Gives back why it can't, with the error id under which
    /// the log has it; null when it is there or still on its way.
    /// </summary>
    public async Task<LocalizedText?> WhyNotPostedAsync(string id, CancellationToken ct)
    {
        for (var until = time.GetUtcNow() + CardPatience; ; await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct))
        {
            await using var db = store.CreateDbContext();
            if (await WhyLostAsync(db, id, ct) is { } why) return why;
            var key = Key(id, "card");
            if (time.GetUtcNow() >= until || !await db.Set<OutboxRow>().AnyAsync(r => r.Key == key && r.State == OutboxState.Waiting, ct)) return null;
        }
    }

    /// <summary>Why the card of a report was given up; null when it was not.</summary>
    public static async Task<LocalizedText?> WhyLostAsync(OpsDbContext db, string id, CancellationToken ct)
    {
        const string before = "undeliverable: ", beforeId = " (error id ";
        var key = Key(id, "card");
        var reason = await db.Set<OutboxRow>().Where(r => r.Key == key && r.State == OutboxState.Dropped).Select(r => r.Reason).SingleOrDefaultAsync(ct);
        if (reason?.StartsWith(before, StringComparison.Ordinal) != true) return null;
        var error = ForeignText.OneLine(reason[before.Length..], 200);
        return error.Split(beforeId) is [var code, var errorId] ? ReportTexts.Refusal(code, errorId.TrimEnd(')')) : LocalizedText.Same(error);
    }

    /// <summary>A report that was put up, or null.</summary>
    public async Task<(ReportPostRecord Post, Report Report)?> FindAsync(string id, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await FindAsync(db, id, ct);
    }

    /// <summary>The same over an open store.</summary>
    public static async Task<(ReportPostRecord Post, Report Report)?> FindAsync(OpsDbContext db, string id, CancellationToken ct) =>
        await db.Set<ReportPostRecord>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } post ? (post, Unpack(post.Packed)) : null;

    /// <summary>Forgets the files of a report of which nothing more is to go out. In the transaction of the row that went or was given up.</summary>
    public static async Task TidyAsync(OpsDbContext db, OutboxRow over, CancellationToken ct)
    {
        var waits = await db.Set<OutboxRow>().AnyAsync(r => r.Subject == over.Subject && r.Id != over.Id && r.State == OutboxState.Waiting && r.Kind.StartsWith("report."), ct);
        if (!waits) await db.Set<ReportFileRecord>().Where(f => f.PostId == over.Subject).ExecuteDeleteAsync(ct);
    }

    /// <summary>A key of the outbox for something of a report.</summary>
    public static string Key(string id, string what) => string.Create(CultureInfo.InvariantCulture, $"report:{id}:{what}");

    private static byte[] Pack(Report report)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(gzip, report, ReportStore.Json);
        return packed.ToArray();
    }

    private static Report Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Report>(gzip, ReportStore.Json) ?? throw new JsonException("A kept report is empty.");
    }
}

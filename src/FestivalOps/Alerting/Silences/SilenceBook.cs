using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Intake;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Silences;

/// <summary>Silences and maintenance windows: what people asked not to be told of for a while.</summary>
internal sealed class SilenceBook(
    IDbContextFactory<OpsDbContext> store, IncidentIntake intake, IOptions<LanguageOptions> language, Outbox outbox, TimeProvider time) : ISilenceDesk
{
    /// <summary>Most silences that hold or are planned at once: 500.</summary>
    public const int Most = 500;

    private const int MostShown = 10;

    private TimeZoneInfo Zone => language.Value.GetZone();

    /// <summary>Sets a silence. What it hides is hidden when the task ends, and what is hidden completely pages nobody.</summary>
    public async Task<SilenceOutcome> CreateAsync(SilenceRequest request, string userId, string channelId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Read(request, now, out var wrong) is not { } matchers) return new(null, false, wrong!);
        var starts = request.StartsAt > now ? request.StartsAt : now;
        Silence? made = null, same = null;
        await intake.ReviewAsync(
            async (db, token) =>
            {
                made = null;
                // The same wish once more: a button that was pressed again, also when what it made is over. Who asks anew after that may have it again.
                same = await db.Set<Silence>().AsNoTracking().FirstOrDefaultAsync(
                    s => (s.ClosedAt == null || s.CreatedAt >= request.StartsAt) && s.Author == userId && s.EndsAt == request.EndsAt && s.Matchers == request.Matchers.Trim() && s.IsMaintenance == request.IsMaintenance, token);
                if (same is not null) return false;
                if (await db.Set<Silence>().CountAsync(s => s.ClosedAt == null, token) >= Most) return false;
                made = new()
                {
                    Id = (await db.Set<Silence>().MaxAsync(s => (long?)s.Id, token) ?? 0) + 1,
                    IsMaintenance = request.IsMaintenance,
                    Matchers = request.Matchers.Trim(),
                    Reason = ForeignText.OneLine(request.Reason, 500),
                    Author = userId,
                    ChannelId = channelId,
                    CreatedAt = now,
                    StartsAt = starts,
                    EndsAt = request.EndsAt,
                    BegunAt = starts > now ? null : now,
                };
                await db.InsertAsync([made], token);
                return starts <= now;
            },
            alerts => Candidates(alerts, matchers), ct);
        if (same is not null) return new(same, false, same.ClosedAt is null ? SilenceTexts.SetAlready(same, Zone) : SilenceTexts.OverAlready(same));
        if (made is null) return new(null, false, SilenceTexts.TooMany);
        return new(made, true, starts > now
            ? SilenceTexts.Planned(made, Zone)
            : SilenceTexts.Created(made, Zone, await HiddenAsync(made.Id, ct)));
    }

    /// <summary>Ends a silence now; what only it hid can be seen and pages again.</summary>
    public async Task<SilenceOutcome> EndAsync(long id, string userId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        if (await db.Set<Silence>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } silence) return new(null, false, SilenceTexts.Missing(id));
        var reference = Reference(id);
        var hidden = await db.Set<AlertRecord>().Where(a => a.HiddenBy == reference && a.Firing).Select(a => a.Fingerprint).ToListAsync(ct);
        if (!await CloseAsync(id, now, userId, ct)) return new(silence, false, SilenceTexts.OverAlready(silence));
        silence.EndedBy = userId;
        return new(silence, true, SilenceTexts.Ended(silence, await SeenAsync(db, hidden, ct), hidden.Count));
    }

    /// <summary>The silences that hold or are planned, the one that ends first first.</summary>
    public async Task<IReadOnlyList<Silence>> ListAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        return await db.Set<Silence>().AsNoTracking().Where(s => s.ClosedAt == null && s.EndsAt > now).OrderBy(s => s.EndsAt).ThenBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>What a silence would hide now.</summary>
    public async Task<SilencePreview> PreviewAsync(SilenceRequest request, CancellationToken ct)
    {
        if (Read(request, time.GetUtcNow(), out var wrong) is not { } matchers) return new(wrong, 0, 0, []);
        await using var db = store.CreateDbContext();
        var alerts = await Candidates(db.Set<AlertRecord>().AsNoTracking().Where(a => a.Firing), matchers)
            .Select(a => new { a.Fingerprint, a.IncidentId, a.Severity, a.Labels }).ToListAsync(ct);
        var hit = alerts.Where(a => matchers.Matches(AlertLabels.Read(a.Labels))).ToList();
        var first = hit.OrderByDescending(a => a.Severity).Take(MostShown).Select(a => a.Fingerprint).ToList();
        var sample = await db.Set<AlertRecord>().AsNoTracking().Where(a => first.Contains(a.Fingerprint)).ToListAsync(ct);
        var ids = hit.Select(a => a.IncidentId).Distinct().ToHashSet();
        var partly = alerts.Except(hit).Select(a => a.IncidentId).ToHashSet();
        return new(null, ids.Count(id => !partly.Contains(id)), hit.Count, [.. sample.OrderByDescending(a => a.Severity)]);
    }

    /// <summary>Begins what is due, ends what is over, and reminds people of what ends soon. Several instances may do so at once.</summary>
    public async Task RunDueAsync(TimeSpan remindBefore, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        var open = db.Set<Silence>().AsNoTracking().Where(s => s.ClosedAt == null);
        foreach (var silence in await open.Where(s => s.BegunAt == null && s.StartsAt <= now && s.EndsAt > now).ToListAsync(ct)) await BeginAsync(silence, now, ct);
        foreach (var silence in await open.Where(s => s.EndsAt <= now).ToListAsync(ct)) await CloseAsync(silence.Id, now, null, ct);
        if (remindBefore == TimeSpan.Zero) return;
        var soon = now + remindBefore;
        foreach (var silence in await open.Where(s => s.RemindedAt == null && s.BegunAt != null && s.EndsAt <= soon && s.EndsAt > now).ToListAsync(ct))
        {
            // Who set it for less than that need not be reminded of what they have just said.
            if (silence.EndsAt - silence.StartsAt > remindBefore) await RemindAsync(silence, now, ct);
        }
    }

    private async Task BeginAsync(Silence silence, DateTimeOffset now, CancellationToken ct) => await intake.ReviewAsync(
        async (db, token) => await db.Set<Silence>().Where(s => s.Id == silence.Id && s.BegunAt == null && s.ClosedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.BegunAt, now), token) == 1,
        alerts => Matchers.ReadStored(silence.Matchers) is { } matchers ? Candidates(alerts, matchers) : alerts.Where(_ => false), ct);

    private async Task<bool> CloseAsync(long id, DateTimeOffset now, string? by, CancellationToken ct)
    {
        var reference = Reference(id);
        var mine = false;
        await intake.ReviewAsync(
            async (db, token) => mine = await db.Set<Silence>().Where(s => s.Id == id && s.ClosedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, now).SetProperty(s => s.EndedBy, by), token) == 1,
            alerts => alerts.Where(a => a.HiddenBy == reference), ct);
        return mine;
    }

    private async Task RemindAsync(Silence silence, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        if (await db.Set<Silence>().SingleOrDefaultAsync(s => s.Id == silence.Id && s.RemindedAt == null, ct) is not { } due) return;
        due.RemindedAt = now;
        if (due.ChannelId.Length > 0) await Outbox.AddAsync(db, [SilenceReminderPost.Row(outbox, due)], ct);
        try
        {
            await db.SaveChangesAsync(ct);
            outbox.Wake();
        }
        catch (DbUpdateException failure) when (StoreFailure.IsAboutTheRows(failure))
        {
            // Another instance reminds of it: the row's key is there already.
        }
    }

    private static IQueryable<AlertRecord> Candidates(IQueryable<AlertRecord> alerts, Matchers matchers) =>
        matchers.LiteralsOf(AlertLabels.AlertName) is { Count: <= Chunks.Size } names ? alerts.Where(a => names.Contains(a.Name)) : alerts;

    // Another silence, or a cause, may hide them still.
    private static async Task<int> SeenAsync(OpsDbContext db, List<string> fingerprints, CancellationToken ct)
    {
        var seen = 0;
        foreach (var some in fingerprints.Chunk(Chunks.Size))
            seen += await db.Set<AlertRecord>().CountAsync(a => EF.Parameter(some).Contains(a.Fingerprint) && a.Firing && a.HiddenBy == null, ct);
        return seen;
    }

    private async Task<int> HiddenAsync(long id, CancellationToken ct)
    {
        var reference = Reference(id);
        await using var db = store.CreateDbContext();
        return await db.Set<AlertRecord>().CountAsync(a => a.HiddenBy == reference && a.Firing, ct);
    }

    private static string Reference(long id) => string.Create(CultureInfo.InvariantCulture, $"silence:{id}");

    // Null with a sentence when there can be no such silence.
    private static Matchers? Read(SilenceRequest request, DateTimeOffset now, out LocalizedText? wrong)
    {
        // Only a maintenance window may keep everything quiet: it has a beginning, an end, and says so before it is confirmed.
        wrong = null;
        var matchers = request.IsMaintenance && string.IsNullOrWhiteSpace(request.Matchers) ? Matchers.Everything : Matchers.Read(request.Matchers, out wrong);
        if (matchers is null) return null;
        var starts = request.StartsAt > now ? request.StartsAt : now;
        if (!request.IsMaintenance && matchers.MatchesAnything) wrong = SilenceTexts.MatchesNothingInParticular;
        else if (string.IsNullOrWhiteSpace(request.Reason)) wrong = SilenceTexts.ReasonMissing;
        else if (request.EndsAt <= now || request.EndsAt <= starts) wrong = SilenceTexts.EndBeforeStart;
        else if (starts - now > TimeSpan.FromDays(366)) wrong = SilenceTexts.TooFarAhead;
        else if (request.EndsAt - starts > Silence.Longest) wrong = SilenceTexts.TooLong;
        return wrong is null ? matchers : null;
    }
}

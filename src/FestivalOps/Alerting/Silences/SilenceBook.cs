using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Intake;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Silences;

/// <summary>A wish for a silence, or for a maintenance window.</summary>
/// <param name="Matchers">What to hide, as typed; see <see cref="Silences.Matchers.Read"/>.</param>
/// <param name="StartsAt">From when, UTC; null: now. In the future it is a maintenance window.</param>
/// <param name="EndsAt">Until when, UTC; at most 30 days after the start.</param>
/// <param name="Reason">Why. Foreign text.</param>
/// <param name="Author">Slack id of who asks.</param>
/// <param name="ChannelId">Slack id of the channel in which it is asked for.</param>
/// <param name="Name">What a maintenance window is called; null for a silence. Foreign text.</param>
internal sealed record SilenceRequest(
    string Matchers, DateTimeOffset? StartsAt, DateTimeOffset EndsAt, string Reason, string Author, string ChannelId, string? Name = null);

/// <summary>How a wish for a silence came out.</summary>
/// <param name="Silence">The silence; null when it was refused.</param>
/// <param name="Says">One sentence for who asked; finished mrkdwn.</param>
/// <param name="Hidden">How many alerts it hides now, or shows again.</param>
internal sealed record SilenceOutcome(Silence? Silence, LocalizedText Says, int Hidden = 0);

/// <summary>What conditions would hide now.</summary>
/// <param name="Wrong">Why they can't be read; null when they can.</param>
/// <param name="Alerts">How many alerts that fire.</param>
/// <param name="Incidents">Their open incidents, newest first; at most 20.</param>
internal sealed record SilencePreview(LocalizedText? Wrong, int Alerts, IReadOnlyList<Incident> Incidents);

/// <summary>Silences and maintenance windows: what people asked not to be told of for a while.</summary>
internal sealed class SilenceBook(
    IDbContextFactory<OpsDbContext> store, IncidentIntake intake, IOptions<LanguageOptions> language, Outbox outbox, TimeProvider time)
{
    /// <summary>Most silences that hold or are planned at once: 500.</summary>
    public const int Most = 500;

    private const int MostIncidents = 20;

    private TimeZoneInfo Zone => language.Value.GetZone();

    /// <summary>Sets a silence. What it hides is hidden when the task ends, and what is hidden completely pages nobody.</summary>
    public async Task<SilenceOutcome> CreateAsync(SilenceRequest request, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var matchers = Matchers.Read(request.Matchers, out var unreadable);
        if ((unreadable ?? Wrong(request, matchers!, now)) is { } wrong) return new(null, wrong);
        var starts = request.StartsAt is { } start && start > now ? start : now;
        Silence? made = null;
        var touched = await intake.ReviewAsync(
            async (db, token) =>
            {
                made = null;
                if (await db.Set<Silence>().CountAsync(s => s.ClosedAt == null, token) >= Most) return false;
                made = new()
                {
                    Id = (await db.Set<Silence>().MaxAsync(s => (long?)s.Id, token) ?? 0) + 1,
                    IsMaintenance = request.Name is not null || starts > now,
                    Name = request.Name is { Length: > 0 } name ? ForeignText.OneLine(name, 100) : null,
                    Matchers = request.Matchers.Trim(),
                    Reason = ForeignText.OneLine(request.Reason, 500),
                    Author = request.Author,
                    ChannelId = request.ChannelId,
                    CreatedAt = now,
                    StartsAt = starts,
                    EndsAt = request.EndsAt,
                    BegunAt = starts > now ? null : now,
                };
                await db.InsertAsync([made], token);
                return starts <= now;
            },
            alerts => Candidates(alerts, matchers!), ct);
        if (made is null) return new(null, SilenceTexts.TooMany);
        if (starts > now) return new(made, SilenceTexts.Planned(made.Id, starts, made.EndsAt, Zone));
        var hidden = await HiddenAsync(made.Id, ct);
        return new(made, SilenceTexts.Created(made.Id, made.EndsAt, Zone, hidden), hidden);
    }

    /// <summary>Ends a silence now; what only it hid can be seen and pages again.</summary>
    public async Task<SilenceOutcome> EndAsync(long id, string userId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        if (await db.Set<Silence>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } silence) return new(null, SilenceTexts.Missing(id));
        var hidden = await HiddenAsync(id, ct);
        var mine = await CloseAsync(id, now, userId, ct);
        silence.EndedBy = userId;
        return mine ? new(silence, SilenceTexts.Ended(id, hidden), hidden) : new(null, SilenceTexts.OverAlready(id));
    }

    /// <summary>The silences that hold or are planned, the one that ends first first.</summary>
    public async Task<IReadOnlyList<Silence>> ListAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        return await db.Set<Silence>().AsNoTracking().Where(s => s.ClosedAt == null && s.EndsAt > now).OrderBy(s => s.EndsAt).ThenBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>What conditions would hide now.</summary>
    public async Task<SilencePreview> PreviewAsync(string text, CancellationToken ct)
    {
        if (Matchers.Read(text, out var wrong) is not { } matchers) return new(wrong, 0, []);
        await using var db = store.CreateDbContext();
        var alerts = await Candidates(db.Set<AlertRecord>().AsNoTracking().Where(a => a.Firing), matchers).Select(a => new { a.IncidentId, a.Labels }).ToListAsync(ct);
        var hit = alerts.Where(a => matchers.Matches(AlertLabels.Read(a.Labels))).ToList();
        var ids = hit.Select(a => a.IncidentId).Distinct().OrderDescending().Take(MostIncidents).ToList();
        var incidents = await db.Set<Incident>().AsNoTracking().Where(i => ids.Contains(i.Id)).OrderByDescending(i => i.Id).ToListAsync(ct);
        return new(matchers.MatchesAnything ? SilenceTexts.MatchesNothingInParticular : null, hit.Count, incidents);
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

    private async Task<int> HiddenAsync(long id, CancellationToken ct)
    {
        var reference = Reference(id);
        await using var db = store.CreateDbContext();
        return await db.Set<AlertRecord>().CountAsync(a => a.HiddenBy == reference && a.Firing, ct);
    }

    private static string Reference(long id) => string.Create(CultureInfo.InvariantCulture, $"silence:{id}");

    private static LocalizedText? Wrong(SilenceRequest request, Matchers matchers, DateTimeOffset now)
    {
        var starts = request.StartsAt ?? now;
        if (matchers.MatchesAnything) return SilenceTexts.MatchesNothingInParticular;
        if (string.IsNullOrWhiteSpace(request.Reason)) return SilenceTexts.ReasonMissing;
        if (request.EndsAt <= now || request.EndsAt <= starts) return SilenceTexts.EndBeforeStart;
        if (starts - now > TimeSpan.FromDays(366)) return SilenceTexts.TooFarAhead;
        return request.EndsAt - starts > Silence.Longest ? SilenceTexts.TooLong : null;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Incidents;

/// <summary>
/// The one way to change an incident: state, timeline and the intent to tell people are one transaction. The UPDATE names the version
/// that was read; when someone was faster, nothing is written and the decision is made again on what is there now. So a second
/// instance, a double press and a retry do no harm.
/// </summary>
internal sealed class IncidentDesk(IDbContextFactory<OpsDbContext> store, Outbox outbox, IncidentSignals signals, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <summary>
    /// Changes the incident <paramref name="id"/>. <paramref name="decide"/> looks at it and either changes it or leaves it; it may be
    /// called again on a newer state, so it must do nothing else. Returns what it said; the answer is durable when the task ends.
    /// </summary>
    /// <param name="id">See <see cref="Incident.Id"/>.</param>
    /// <param name="decide">The decision; null is passed when there is no such incident.</param>
    /// <param name="ct">Gives up.</param>
    public Task<T> ChangeAsync<T>(long id, Func<IncidentChange?, T> decide, CancellationToken ct) => ChangeAsync(id, decide, recent: 0, ct);

    /// <summary>The same, with the newest lines of the timeline (<see cref="IncidentChange.Recent"/>) to decide on.</summary>
    /// <param name="id">See <see cref="Incident.Id"/>.</param>
    /// <param name="decide">The decision.</param>
    /// <param name="recent">How many lines.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<T> ChangeAsync<T>(long id, Func<IncidentChange?, T> decide, int recent, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = store.CreateDbContext();
            var incident = await db.Set<Incident>().SingleOrDefaultAsync(i => i.Id == id, ct);
            if (incident is null) return decide(null);
            // Read after the incident: a line that came in between belongs to a newer state, so both are read again. Only a change would
            // notice that by its version; a refusal would be decided on half of what happened.
            var lines = recent == 0 ? [] : await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id)
                .OrderByDescending(e => e.Number).Take(recent).ToListAsync(ct);
            if (lines.Count > 0 && lines[0].Number > incident.Events && attempt < MostAttempts) continue;
            var change = new IncidentChange(incident, time.GetUtcNow()) { Recent = lines };
            var answer = decide(change);
            if (!change.IsChanged) return answer;
            try
            {
                await change.SaveAsync(db, ct);
                signals.Changed();
                outbox.Wake();
                return answer;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostAttempts)
            {
                // Someone was faster: decide again on what they left.
            }
        }
    }
}

/// <summary>A change of one incident that is being decided.</summary>
internal sealed class IncidentChange(Incident incident, DateTimeOffset now)
{
    // Japanese stays one character each; it is escaped for Slack where it is shown.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<IncidentEvent> _events = [];
    private readonly List<OutboxRow> _rows = [];
    private readonly List<Func<OpsDbContext, CancellationToken, Task>> _also = [];

    /// <summary>The incident; set its properties to change it.</summary>
    public Incident Incident => incident;

    /// <summary>The time of the change, UTC.</summary>
    public DateTimeOffset Now => now;

    /// <summary>True when something was recorded: a change without a line in the timeline is none.</summary>
    public bool IsChanged => _events.Count > 0;

    /// <summary>The newest lines of the timeline before this change, newest first; empty when the caller did not ask for them.</summary>
    public IReadOnlyList<IncidentEvent> Recent { get; init; } = [];

    /// <summary>The lines that this change adds.</summary>
    public IReadOnlyList<IncidentEvent> Lines => _events;

    /// <summary>The outbox rows that this change adds.</summary>
    public IReadOnlyList<OutboxRow> Rows => _rows;

    /// <summary>Adds a line to the timeline and returns its number.</summary>
    /// <param name="kind">What.</param>
    /// <param name="actor">Slack id of the person; empty for the bot.</param>
    /// <param name="data">Details by name; see <see cref="IncidentEventKind"/>.</param>
    public int Record(IncidentEventKind kind, string actor, params (string Name, string Value)[] data)
    {
        var line = new IncidentEvent
        {
            IncidentId = incident.Id,
            Number = ++incident.Events,
            At = now,
            Kind = kind,
            Actor = actor,
            Data = Fitting(data.ToDictionary(d => d.Name, d => d.Value, StringComparer.Ordinal)),
        };
        _events.Add(line);
        return line.Number;
    }

    /// <summary>Adds the intent to tell someone.</summary>
    public void Tell(OutboxRow row) => _rows.Add(row);

    /// <summary>Adds rows of other kinds to the change; what it loads and sets is saved together with the incident, or not at all.</summary>
    public void Also(Func<OpsDbContext, CancellationToken, Task> work) => _also.Add(work);

    /// <summary>
    /// Ends the decision and gives what is to be written beside the incident, for a transaction of many changes that writes in bulk. The
    /// caller writes all of it, and knows that no row's key is there already.
    /// </summary>
    public (IReadOnlyList<IncidentEvent> Lines, IReadOnlyList<OutboxRow> Rows) Finish()
    {
        incident.Version++;
        return (_events, _rows);
    }

    /// <summary>Writes everything in one transaction (the caller's, when it began one), or nothing.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Someone else changed the incident since it was read.</exception>
    public async Task SaveAsync(OpsDbContext db, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            await WriteAsync(db, ct);
            return;
        }
        await db.TurnAsync(
            async token =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                await WriteAsync(db, token);
                await transaction.CommitAsync(token);
                return true;
            },
            ct);
    }

    private async Task WriteAsync(OpsDbContext db, CancellationToken ct)
    {
        incident.Version++;
        // The incident first: whoever was slower must find the newer version, and not a line of the timeline whose number is taken.
        await db.SaveChangesAsync(ct);
        db.AddRange(_events);
        await Outbox.AddAsync(db, _rows, ct);
        foreach (var work in _also) await work(db, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Adds everything to a transaction of many changes; the caller saves.</summary>
    public async Task AddToAsync(OpsDbContext db, CancellationToken ct)
    {
        incident.Version++;
        db.AddRange(_events);
        await Outbox.AddAsync(db, _rows, ct);
        foreach (var work in _also) await work(db, ct);
    }

    // Quotes and backslashes double in JSON, so a text that is short enough may become too long: the longest is cut until all fits.
    private static string Fitting(Dictionary<string, string> data)
    {
        for (var json = JsonSerializer.Serialize(data, Plain); ; json = JsonSerializer.Serialize(data, Plain))
        {
            if (json.Length <= IncidentEvent.MaxData) return json;
            var longest = data.MaxBy(d => d.Value.Length);
            data[longest.Key] = TextCut.Plain(longest.Value, Math.Max(1, longest.Value.Length - Math.Max(100, json.Length - IncidentEvent.MaxData)));
        }
    }
}

/// <summary>Wakes the ladder when an incident's next step may have moved.</summary>
internal sealed class IncidentSignals(TimeProvider time)
{
    private readonly Bell _bell = new(time);

    /// <summary>Says that an incident was changed.</summary>
    public void Changed() => _bell.Ring();

    /// <summary>Ends when an incident was changed since the last call, or after <paramref name="patience"/>.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken ct) => _bell.WaitAsync(patience, ct);
}

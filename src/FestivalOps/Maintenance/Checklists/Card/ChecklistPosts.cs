using System.Collections.Concurrent;
using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists.Card;

/// <summary><c>checklist.card</c>: the card of a list, in the state of the moment in which it is sent.</summary>
internal sealed class ChecklistCardPost(IOptions<LanguageOptions> languages, Outbox outbox) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "checklist.card";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>A row that posts the card; <paramref name="instead"/> is the <c>ts</c> of one that was deleted.</summary>
    public static OutboxRow Row(Checklist list, Outbox outbox, string instead = "") => outbox.Row(
        string.Create(CultureInfo.InvariantCulture, $"checklist:{list.Id}:card{(instead.Length > 0 ? ":instead-of:" : "")}{instead}"),
        Name, Subject(list.Id), Carrier.Channel, list.PostChannel, OutboxPriority.Report);

    /// <summary>See <see cref="OutboxRow.Subject"/>.</summary>
    public static string Subject(long id) => string.Create(CultureInfo.InvariantCulture, $"checklist:{id}");

    /// <summary>The list that a row is about.</summary>
    public static Task<FullChecklist?> ListAsync(OutboxRow row, OpsDbContext db, CancellationToken ct) => ChecklistBook.FindAsync(db, Id(row), ct);

    /// <summary>The number of that list.</summary>
    public static long Id(OutboxRow row) => long.Parse(row.Subject.AsSpan("checklist:".Length), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await ListAsync(row, db, ct) is not { } full) return new Prepared.Drop("there is no such list");
        if (full.List.PostTs is not null) return new Prepared.Drop("the card is there already");
        return new Prepared.Post(ChecklistMessage.Of(full, languages.Value.GetZone(), languages.Value.Channels));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        var id = Id(row);
        await db.Set<Checklist>().Where(c => c.Id == id && c.PostTs == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PostTs, arrival.Ts).SetProperty(c => c.PostChannel, arrival.ChannelId), ct);
        // What changed since it was drawn had nothing to draw on; it is not known how much that is, so it is drawn once more.
        if (await db.Set<Checklist>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { Version: > 0 } list)
            await Outbox.AddAsync(db, [ChecklistRedrawPost.Row(list, outbox, $"after:{arrival.Ts}")], ct);
    }
}

/// <summary><c>checklist.redraw</c>: the same card in its newest state. A card that was deleted is posted anew.</summary>
internal sealed class ChecklistRedrawPost(IOptions<LanguageOptions> languages, Outbox outbox) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "checklist.redraw";

    private const int MostRemembered = 1_000;

    // The card is not there any more, or can't be changed any more.
    private static readonly string[] Gone = ["message_not_found", "cant_update_message", "edit_window_closed"];

    // What was drawn last for a row, until it is known whether it arrived.
    private readonly ConcurrentDictionary<string, int> _drawn = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>A row for the newest state of a list.</summary>
    public static OutboxRow Row(Checklist list, Outbox outbox, string? why = null) => outbox.Row(
        string.Create(CultureInfo.InvariantCulture, $"checklist:{list.Id}:redraw:{why ?? list.Version.ToString(CultureInfo.InvariantCulture)}"),
        Name, ChecklistCardPost.Subject(list.Id), Carrier.Channel, list.PostChannel, OutboxPriority.Redraw);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await ChecklistCardPost.ListAsync(row, db, ct) is not { } full) return new Prepared.Drop("there is no such list");
        if (full.List.PostTs is not { } ts) return new Prepared.Drop("there is no card yet");
        if (full.List.ShownVersion >= full.List.Version) return new Prepared.Drop("the newest state is shown already");
        // A drawing is forgotten when its row arrives; what another instance finished would stay.
        if (_drawn.Count > MostRemembered) _drawn.Clear();
        _drawn[row.Id] = full.List.Version;
        return new Prepared.Redraw(full.List.PostChannel, ts, ChecklistMessage.Of(full, languages.Value.GetZone(), languages.Value.Channels));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        if (!_drawn.TryRemove(row.Id, out var version)) return;
        var id = ChecklistCardPost.Id(row);
        await db.Set<Checklist>().Where(c => c.Id == id && c.ShownVersion < version).ExecuteUpdateAsync(set => set.SetProperty(c => c.ShownVersion, version), ct);
    }

    /// <inheritdoc/>
    public async Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        _drawn.TryRemove(row.Id, out _);
        var id = ChecklistCardPost.Id(row);
        if (!Gone.Contains(error, StringComparer.Ordinal) || await db.Set<Checklist>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { PostTs: { } ts } list) return;
        if (await db.Set<Checklist>().Where(c => c.Id == id && c.PostTs == ts).ExecuteUpdateAsync(set => set.SetProperty(c => c.PostTs, (string?)null), ct) == 1)
            await Outbox.AddAsync(db, [ChecklistCardPost.Row(list, outbox, ts)], ct);
    }
}

/// <summary><c>checklist.reminder</c>: a line in the thread of the card that mentions who still has something to do.</summary>
internal sealed class ChecklistReminderPost(IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "checklist.reminder";

    /// <summary>Most items that a reminder names: 8.</summary>
    public const int MostNamed = 8;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The reminder of a day; there is one.</summary>
    public static OutboxRow Row(Checklist list, DateOnly day, bool isLast, Outbox outbox) => outbox.Row(
        string.Create(CultureInfo.InvariantCulture, $"checklist:{list.Id}:remind:{day:yyyy-MM-dd}"),
        Name, ChecklistCardPost.Subject(list.Id), Carrier.Channel, list.PostChannel, OutboxPriority.Report, isLast ? "last" : "");

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await ChecklistCardPost.ListAsync(row, db, ct) is not { List.State: ChecklistState.Open } full) return new Prepared.Drop("the list is not open any more");
        if (full.List.PostTs is not { } ts) return new Prepared.Later(time.GetUtcNow() + LookAgain, "there is no card yet");
        var language = languages.Value.Channels;
        var lines = new List<Mrkdwn> { Mrkdwn.Of($":bell: {ChecklistTexts.Reminder(full.Open.Count).In(language)}") };
        lines.AddRange(full.Open.Take(MostNamed).Select(i => Line(i, language)));
        if (full.Open.Count > MostNamed) lines.Add(Mrkdwn.Of($"　… {ChecklistTexts.More(full.Open.Count - MostNamed).In(language)}"));
        if (row.Argument == "last") lines.Add(Mrkdwn.Of($"{ChecklistTexts.LastReminder.In(language)}"));
        var text = Mrkdwn.Join("\n", lines);
        return new Prepared.Post(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }], ThreadTs = ts });
    }

    private static Mrkdwn Line(ChecklistItem item, SpokenLanguage language)
    {
        var title = Mrkdwn.Of($"　• {(language == SpokenLanguage.En ? item.TitleEn : item.TitleJa)}");
        return item.AssignedTo.Length > 0 ? title + Mrkdwn.Of($" {Mrkdwn.User(item.AssignedTo)}") : title;
    }
}

using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary><c>oncall.handover</c>: who takes over from whom, with what is open. The argument is the moment of the hand-over.</summary>
internal sealed class HandOverPost(OnCallBook book, IOptions<OnCallOptions> options, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "oncall.handover";

    /// <summary>A hand-over that could not be told for half a day is none any more: 12 hours.</summary>
    public static readonly TimeSpan NewsFor = TimeSpan.FromHours(12);

    private const int Shown = 10;

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var turn = DateTimeOffset.Parse(row.Argument, CultureInfo.InvariantCulture);
        if (time.GetUtcNow() - turn > NewsFor) return new Prepared.Drop("the hand-over is long past");
        var changes = await OnCallBook.ChangesAsync(db, turn.AddDays(-7), ct);
        var (before, after) = (book.At(turn.AddSeconds(-1), changes), book.At(turn, changes));
        var open = db.Set<Incident>().AsNoTracking().Where(i => i.State != IncidentState.Resolved && i.HiddenBy == null);
        var count = await open.CountAsync(ct);
        var newest = await open.OrderByDescending(i => i.Level).ThenBy(i => i.OpenedAt).Take(Shown).ToListAsync(ct);
        return new Prepared.Post(Message(before, after, newest, count));
    }

    private Message Message(IReadOnlyDictionary<Role, Duty> before, IReadOnlyDictionary<Role, Duty> after, List<Incident> newest, int count)
    {
        var language = languages.Value.Channels;
        var lines = new List<Mrkdwn> { Mrkdwn.Of($"*{OnCallTexts.HandOver.In(language)}*") };
        foreach (var role in Enum.GetValues<Role>().Where(r => options.Value.Of(r).Rotation.Count > 0))
            lines.Add(Mrkdwn.Of($"{role.Name().In(language)}: {People(before[role], language)} → {People(after[role], language)}"));
        lines.Add(Mrkdwn.Of($"{(count == 0 ? OnCallTexts.NothingOpen : OnCallTexts.Open(count)).In(language)}"));
        lines.AddRange(newest.Select(i => Mrkdwn.Of(
            $"• #{i.Id} {(language == SpokenLanguage.En ? i.TitleEn : i.TitleJa)} (L{i.Level}, {OnCallTexts.State(i.State).In(language)}{(i.AcknowledgedBy is { } by && i.State == IncidentState.Acknowledged ? Mrkdwn.Of($" {Mrkdwn.User(by)}") : Mrkdwn.Empty)})")));
        if (count > newest.Count) lines.Add(Mrkdwn.Of($"…+{count - newest.Count}"));
        return new() { Text = OnCallTexts.HandOver.In(language), Blocks = [new SectionBlock { Text = Mrkdwn.Join("\n", lines) }] };
    }

    private static Mrkdwn People(Duty duty, SpokenLanguage language) => duty.OnCall.Count == 0
        ? Mrkdwn.Of($"{OnCallTexts.Nobody.In(language)}")
        : Mrkdwn.Join(" ", duty.OnCall.Take(10).Select(Mrkdwn.User));
}

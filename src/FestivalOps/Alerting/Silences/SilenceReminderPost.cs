using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Silences;

/// <summary>Says in the channel in which a silence was asked for that it ends soon, while there is time to set a new one.</summary>
internal sealed class SilenceReminderPost(IOptions<LanguageOptions> language, TimeProvider time) : IPostKind
{
    private const string Name = "silence.reminder";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The intent to remind; one for each silence.</summary>
    public static OutboxRow Row(Outbox outbox, Silence silence) => outbox.Row(
        string.Create(CultureInfo.InvariantCulture, $"silence:{silence.Id}:reminder"), Name, silence.Id.ToString(CultureInfo.InvariantCulture),
        Carrier.Channel, silence.ChannelId, OutboxPriority.Note);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var id = long.Parse(row.Subject, CultureInfo.InvariantCulture);
        var silence = await db.Set<Silence>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (silence is null || silence.ClosedAt is not null || silence.EndsAt <= time.GetUtcNow()) return new Prepared.Drop("the silence is over");
        var text = SilenceTexts.Reminder(silence, language.Value.GetZone()).In(language.Value.Channels);
        return new Prepared.Post(Notice.Of(":hourglass_flowing_sand:", text));
    }
}

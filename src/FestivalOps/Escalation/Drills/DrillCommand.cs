using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Drills;

/// <summary><c>/fops drill level3</c>: raises an incident that says 【訓練】 in every text and climbs the real ladder.</summary>
internal sealed class DrillCommand(
    IEnumerable<IIncidentIntake> intakes, IDbContextFactory<OpsDbContext> store, Outbox outbox, TimeProvider time) : ICommand
{
    /// <summary>The label that makes an incident of <see cref="AlertSource.Person"/> a drill (<see cref="Incident.Drill"/>); its value is <c>true</c>.</summary>
    public const string Label = "drill";

    /// <inheritdoc/>
    public string Name => "drill";

    /// <inheritdoc/>
    public LocalizedText Summary => DrillTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => DrillTexts.Usage;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.TechnicalLead];

    /// <inheritdoc/>
    public bool Changes => true;

    /// <summary>How long a drill lasts when nobody takes it: the guideline's response time of the level, and a while for level 1.</summary>
    public static TimeSpan Length(int level) => TimeSpan.FromMinutes(level == 3 ? 30 : 120);

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        int? typed = context.Name(0) switch
        {
            "level1" or "1" => 1,
            "level2" or "2" => 2,
            "level3" or "3" => 3,
            _ => null,
        };
        if (typed is not { } level) return Reply.Refused(DrillTexts.NeedsLevel, context.Language);
        if (intakes.FirstOrDefault() is not { } intake) return Reply.Refused(DrillTexts.NotPossible, context.Language);
        var now = time.GetUtcNow();
        var alert = Alert(Guid.NewGuid().ToString("N"), level, firing: true, context.Person.UserId, now);
        var touched = await intake.RaiseAsync([alert], ct);
        await using var db = store.CreateDbContext();
        var incident = await db.Set<Incident>().AsNoTracking().Where(i => touched.Contains(i.Id)).OrderBy(i => i.Id).FirstAsync(ct);
        var channel = incident.ChannelId.Length > 0 ? incident.ChannelId : context.ChannelId;
        var row = outbox.Row(
            $"incident:{incident.Id}:drill", DrillReport.Name, incident.Id.ToString(CultureInfo.InvariantCulture), Carrier.Channel, channel, OutboxPriority.Report,
            new DrillArgument(alert.Fingerprint, level, context.Person.UserId, now + Length(level)).Write());
        await Outbox.AddAsync(db, [row], ct);
        await db.SaveChangesAsync(ct);
        // The channel is a mention, so the sentence is finished mrkdwn.
        var begun = DrillTexts.Begun(incident.Id, level, (int)Length(level).TotalMinutes, Mrkdwn.Channel(channel).Value).In(context.ChannelLanguage);
        var text = Mrkdwn.Of($":rotating_light: {Mrkdwn.Trusted(begun)}");
        return Reply.InChannel(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }] });
    }

    /// <summary>The alert of a drill.</summary>
    public static IncomingAlert Alert(string fingerprint, int level, bool firing, string userId, DateTimeOffset at) => new(
        AlertSource.Person, fingerprint, $"drill:{fingerprint}", firing, level == 3 ? Severity.Critical : Severity.Warning, level,
        DrillTexts.Title.Ja, DrillTexts.Title.En, at,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "Drill", [Label] = "true", ["user"] = userId },
        new Dictionary<string, string>(StringComparer.Ordinal));
}

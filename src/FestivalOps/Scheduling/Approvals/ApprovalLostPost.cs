using FestivalOps.Channels;
using FestivalOps.Commands.People;
using FestivalOps.Language;
using FestivalOps.Storage;

namespace FestivalOps.Scheduling.Approvals;

/// <summary><c>task.approval.lost</c>: tells who asked, in a direct message, that the request could not be posted where others would see it.</summary>
internal sealed class ApprovalLostPost(PeopleBook people) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.approval.lost";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The row that tells it.</summary>
    public static OutboxRow Row(Approval approval, string error, Outbox outbox) => outbox.Row(
        $"approval:{approval.Id}:lost", Name, approval.Task, Carrier.Person, approval.AskedBy, OutboxPriority.Card, ForeignText.OneLine(error, 100));

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var reader = await people.FindAsync(row.Target, ct);
        var text = Mrkdwn.Of($":no_entry_sign: {ApprovalTexts.NotPosted(row.Subject, row.Argument).In(reader.Language)}");
        return new Prepared.Post(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }] });
    }
}

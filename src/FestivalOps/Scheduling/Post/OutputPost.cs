using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Post;

/// <summary>
/// <c>task.output</c>: the file with all that a run wrote, in the thread of its post. What can't be uploaded is said on the post; the text is
/// forgotten either way.
/// </summary>
internal sealed class OutputPost(Outbox outbox, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.output";

    /// <summary>A file that can't be uploaded for so long is given up: 6 hours.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The row for the file of a run that has just ended.</summary>
    public static OutboxRow Row(TaskRunRecord run, Outbox outbox) =>
        outbox.Row($"task:{run.Id}:file", Name, run.Id, Carrier.Channel, run.PostChannel, OutboxPriority.File);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var run = await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == row.Subject, ct);
        var output = await db.Set<TaskOutput>().AsNoTracking().SingleOrDefaultAsync(o => o.RunId == row.Subject, ct);
        if (run is null || output is null) return new Prepared.Drop("the run is not remembered any more");
        if (time.GetUtcNow() - row.CreatedAt > Patience) return new Prepared.Drop("it could not be uploaded for hours");
        if (run.PostTs is not { } ts)
        {
            var coming = await db.Set<OutboxRow>().AnyAsync(r => r.Kind == RunPost.Name && r.Subject == row.Subject && r.State == OutboxState.Waiting, ct);
            return coming ? new Prepared.Later(time.GetUtcNow() + LookAgain, "its post is not there yet") : new Prepared.Drop("there is no post to put it below");
        }
        var zone = languages.Value.GetZone();
        return new Prepared.Upload(ts, OutputFile.Name(run, zone), $"{run.Task} {RunMessage.Stamp(run.Due, zone)}", OutputFile.Unpack(output.Packed));
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => OverAsync(row, OutputFileState.There, "", db, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => OverAsync(row, OutputFileState.Refused, error, db, ct);

    /// <inheritdoc/>
    public Task DroppedAsync(OutboxRow row, string reason, OpsDbContext db, CancellationToken ct) => OverAsync(row, OutputFileState.Refused, reason, db, ct);

    private async Task OverAsync(OutboxRow row, OutputFileState state, string error, OpsDbContext db, CancellationToken ct)
    {
        var shown = ForeignText.OneLine(error, 200);
        await db.Set<TaskOutput>().Where(o => o.RunId == row.Subject).ExecuteDeleteAsync(ct);
        await db.Set<TaskRunRecord>().Where(r => r.Id == row.Subject).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.OutputFile, state).SetProperty(r => r.OutputFileError, shown).SetProperty(r => r.Version, r => r.Version + 1), ct);
        if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == row.Subject, ct) is { } run)
            await Outbox.AddAsync(db, [RunRedrawPost.Row(run, outbox, "output")], ct);
    }
}

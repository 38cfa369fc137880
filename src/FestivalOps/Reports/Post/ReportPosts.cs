using FestivalOps.Channels;
using FestivalOps.Commands.People;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Keeping;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Post;

/// <summary><c>report.card</c>: the card. Once it is there its thread follows: a reply for each chapter, then the files.</summary>
internal sealed class ReportCardPost(IOptions<LanguageOptions> languages, Outbox outbox) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "report.card";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The row for the card of a report.</summary>
    public static OutboxRow Row(string id, string channel, Outbox outbox) =>
        outbox.Row(ReportDesk.Key(id, "card"), Name, id, channel.StartsWith('U') ? Carrier.Person : Carrier.Channel, channel, OutboxPriority.Report);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct) =>
        await ReportDesk.FindAsync(db, row.Subject, ct) is { Post.Ts: null } found
            ? new Prepared.Post(ReportMessage.Card(found.Report, found.Post.Id, languages.Value.GetZone(), found.Post.Language))
            : new Prepared.Drop("the report is posted already, or not kept any more");

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        await db.Set<ReportPostRecord>().Where(p => p.Id == row.Subject).ExecuteUpdateAsync(set => set.SetProperty(p => p.Ts, arrival.Ts).SetProperty(p => p.Channel, arrival.ChannelId), ct);
        var files = await db.Set<ReportFileRecord>().Where(f => f.PostId == row.Subject).OrderBy(f => f.Number).Select(f => f.Name).ToListAsync(ct);
        await Outbox.AddAsync(db,
        [
            .. Enum.GetValues<Chapter>().Select(c => outbox.Row(ReportDesk.Key(row.Subject, $"chapter:{c}"), ReportChapterPost.Name, row.Subject, Carrier.Channel, arrival.ChannelId, OutboxPriority.Report, c.ToString())),
            .. files.Select(f => outbox.Row(ReportDesk.Key(row.Subject, $"file:{f}"), ReportFilePost.Name, row.Subject, Carrier.Channel, arrival.ChannelId, OutboxPriority.File, f)),
        ], ct);
    }

    /// <inheritdoc/>
    public async Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        var askedBy = await db.Set<ReportPostRecord>().Where(p => p.Id == row.Subject).Select(p => p.AskedBy).SingleOrDefaultAsync(ct);
        if (askedBy is { Length: > 0 }) await Outbox.AddAsync(db, [outbox.Row(ReportDesk.Key(row.Subject, "lost"), ReportLostPost.Name, row.Subject, Carrier.Person, askedBy, OutboxPriority.Card, ForeignText.OneLine(error, 100))], ct);
        await ReportDesk.TidyAsync(db, row, ct);
    }

    /// <inheritdoc/>
    public Task DroppedAsync(OutboxRow row, string reason, OpsDbContext db, CancellationToken ct) => ReportDesk.TidyAsync(db, row, ct);
}

/// <summary><c>report.chapter</c>: one chapter with all of its figures, in the thread of the card.</summary>
internal sealed class ReportChapterPost : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "report.chapter";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await ReportDesk.FindAsync(db, row.Subject, ct) is not { Post.Ts: { } ts } found) return new Prepared.Drop("the report is not kept any more");
        if (!Enum.TryParse<Chapter>(row.Argument, out var chapter) || ReportMessage.Details(found.Report, chapter, found.Post.Language) is not { } message) return new Prepared.Drop("the chapter has no figures");
        message.ThreadTs = ts;
        return new Prepared.Post(message);
    }
}

/// <summary><c>report.file</c>: a picture or table, in the thread of the card. When Slack refuses it, the thread says so, once.</summary>
internal sealed class ReportFilePost(Outbox outbox, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "report.file";

    /// <summary>A file that can't be uploaded for so long is given up: 6 hours.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var post = await db.Set<ReportPostRecord>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == row.Subject, ct);
        var file = await db.Set<ReportFileRecord>().AsNoTracking().SingleOrDefaultAsync(f => f.PostId == row.Subject && f.Name == row.Argument, ct);
        if (post?.Ts is not { } ts || file is null) return new Prepared.Drop("the file is not kept any more");
        return time.GetUtcNow() - row.CreatedAt > Patience
            ? new Prepared.Drop("it could not be uploaded for hours")
            : new Prepared.Upload(ts, file.Name, file.Title, "") { Content = file.Content, AltText = file.AltText };
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => ReportDesk.TidyAsync(db, row, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => OverAsync(row, error, db, ct);

    /// <inheritdoc/>
    public Task DroppedAsync(OutboxRow row, string reason, OpsDbContext db, CancellationToken ct) => OverAsync(row, reason, db, ct);

    private async Task OverAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        await Outbox.AddAsync(
            db, [outbox.Row(ReportDesk.Key(row.Subject, "refused"), ReportRefusedPost.Name, row.Subject, Carrier.Channel, row.Target, OutboxPriority.Note, ForeignText.OneLine(error, 100))], ct);
        await ReportDesk.TidyAsync(db, row, ct);
    }
}

/// <summary><c>report.refused</c>: says in the thread that the files could not be attached.</summary>
internal sealed class ReportRefusedPost : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "report.refused";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var post = await db.Set<ReportPostRecord>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == row.Subject, ct);
        if (post?.Ts is not { } ts) return new Prepared.Drop("the report is not kept any more");
        var text = Mrkdwn.Of($":paperclip: {ReportTexts.FilesRefused(row.Argument).In(post.Language)}");
        return new Prepared.Post(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }], ThreadTs = ts });
    }
}

/// <summary><c>report.lost</c>: tells who asked, in a direct message, that the report could not be posted.</summary>
internal sealed class ReportLostPost(PeopleBook people) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "report.lost";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await ReportDesk.FindAsync(db, row.Subject, ct) is not { } found) return new Prepared.Drop("the report is not kept any more");
        var language = (await people.FindAsync(row.Target, ct)).Language;
        // The card's row knows the error id, too.
        var why = (await ReportDesk.WhyLostAsync(db, row.Subject, ct))?.In(language) ?? row.Argument;
        var text = Mrkdwn.Of($":no_entry_sign: {ReportTexts.Lost(ReportTexts.Title(found.Report).In(language), why).In(language)}");
        return new Prepared.Post(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }] });
    }
}

/// <summary><c>report.mail</c>: the card's words by mail, with the HTML and the table.</summary>
internal sealed class ReportMailPost : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "report.mail";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The row for one address.</summary>
    public static OutboxRow Row(string id, string to, int number, Outbox outbox) => outbox.Row(ReportDesk.Key(id, $"mail:{number}"), Name, id, Carrier.Mail, to, OutboxPriority.Report);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await ReportDesk.FindAsync(db, row.Subject, ct) is not { } found) return new Prepared.Drop("the report is not kept any more");
        var (report, language) = (found.Report, found.Post.Language);
        var files = await db.Set<ReportFileRecord>().AsNoTracking().Where(f => f.PostId == row.Subject && (f.MediaType == "text/html" || f.MediaType == "text/csv")).OrderBy(f => f.Number).ToListAsync(ct);
        List<string> lines = [ReportTexts.Title(report).In(language), ""];
        lines.AddRange(report.Headline.Select(h => $"- {h.Kind.Label.In(language)}: {ReportLines.Headline(report, h.Kind, h.Figure).In(language)}"));
        lines.AddRange(["", ReportLines.Sentence(report).In(language), .. report.Remarks.Select(r => r.In(language)), ReportTexts.State(report).In(language)]);
        if (files.Count > 0) lines.AddRange(["", ReportTexts.Attached.In(language)]);
        return new Prepared.Mail(ReportTexts.MailSubject(report.Period).In(language), string.Join("\r\n", lines)) { Files = [.. files.Select(f => new MailFile(f.Name, f.MediaType, f.Content))] };
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => ReportDesk.TidyAsync(db, row, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => ReportDesk.TidyAsync(db, row, ct);

    /// <inheritdoc/>
    public Task DroppedAsync(OutboxRow row, string reason, OpsDbContext db, CancellationToken ct) => ReportDesk.TidyAsync(db, row, ct);
}

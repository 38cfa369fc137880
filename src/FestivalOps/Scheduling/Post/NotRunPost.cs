using System.Globalization;
using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Post;

/// <summary><c>task.notrun</c>: due moments that were not run and why, one post for each reason.</summary>
internal sealed class NotRunPost(IOptions<LanguageOptions> languages) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.notrun";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The posts about these runs of one task; none without a channel.</summary>
    public static IEnumerable<OutboxRow> Rows(string task, IEnumerable<TaskRunRecord> notRun, string channel, Outbox outbox)
    {
        if (channel.Length == 0) return [];
        return notRun.GroupBy(r => (r.State, r.SentenceJa, r.SentenceEn)).Select(same =>
        {
            var (first, last) = (same.Min(r => r.Due), same.Max(r => r.Due));
            var said = new Said(task, same.Key.State, same.Count(), first, last, same.Key.SentenceJa, same.Key.SentenceEn);
            return outbox.Row(
                string.Create(CultureInfo.InvariantCulture, $"task:notrun:{task}:{first.UtcDateTime:yyyyMMddHHmm}:{same.First().Id}"), Name, same.First().Id,
                Carrier.Channel, channel, OutboxPriority.Report, JsonSerializer.Serialize(said, Plain));
        });
    }

    /// <inheritdoc/>
    public Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var said = JsonSerializer.Deserialize<Said>(row.Argument)!;
        var zone = languages.Value.GetZone();
        var text = RunTexts.NotRun(said.Task, said.Count, RunMessage.Stamp(said.First, zone), RunMessage.Stamp(said.Last, zone), new(said.Ja, said.En));
        var line = Mrkdwn.Of($"{Mrkdwn.Trusted(said.State.Emoji())} {text.In(languages.Value.Channels)}");
        return Task.FromResult<Prepared>(new Prepared.Post(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }));
    }

    private sealed record Said(string Task, RunState State, int Count, DateTimeOffset First, DateTimeOffset Last, string Ja, string En);
}
